#!/usr/bin/env bash
# The whole set-up, in order; each step returns at once when nothing changed. `setup.sh toolchain` stops after the
# part that needs root.
set -euo pipefail
here=$(readlink -f "$(dirname "$0")")
repository=$(readlink -f "$here/../..")
cache=$repository/.cache
mkdir -p "$cache"

# Two commands at once (serve in one terminal, test in another) must not both build the root. Opened for reading, which
# is enough for a lock: whoever comes first, root or the user, the other can open it too.
[ -e "$cache/setup.lock" ] || (umask 022 && : >> "$cache/setup.lock")
# What root makes here belongs to whom the checkout belongs, or their own ./dev could not go on from it.
[ "$(id -u)" != 0 ] || chown --reference="$repository" "$cache" "$cache/setup.lock"
exec 9< "$cache/setup.lock"
if ! flock -n 9; then
    echo 'set-up: waiting for another set-up of this folder to end'
    flock 9
fi

"$here/toolchain.sh"
[ "${1:-}" != toolchain ] || exit 0
"$here/enter.sh" python3 "$here/fetch.py"
"$here/enter.sh" "$here/npm.sh"

# What Debian's mirror gave is newer or older from one day to the next: a run says with which it was made.
stamp=$cache/toolchain/.stamp
[ ! -f "$cache/host_toolchain" ] || stamp=$cache/host_toolchain
if [ ! -f "$cache/versions.txt" ] || [ "$stamp" -nt "$cache/versions.txt" ]; then
    "$here/enter.sh" dpkg-query -W -f '${Package} ${Version}\n' emscripten chromium libonnxruntime-dev nodejs g++ \
        > "$cache/versions.part" || rm -f "$cache/versions.part"
    [ ! -f "$cache/versions.part" ] || mv "$cache/versions.part" "$cache/versions.txt"
    echo "set-up: ready, with $(paste -sd, "$cache/versions.txt" | sed 's/,/, /g')"
fi
