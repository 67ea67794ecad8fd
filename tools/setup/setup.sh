#!/usr/bin/env bash
# The whole set-up, in order; each step returns at once when nothing changed. `setup.sh toolchain` stops after the
# part that needs root.
set -euo pipefail
here=$(readlink -f "$(dirname "$0")")
repository=$(readlink -f "$here/../..")
mkdir -p "$repository/.cache"

# Two commands at once (serve in one terminal, test in another) must not both build the root.
exec 9> "$repository/.cache/setup.lock"
if ! flock -n 9; then
    echo 'set-up: waiting for another set-up of this folder to end'
    flock 9
fi

"$here/toolchain.sh"
[ "${1:-}" != toolchain ] || exit 0
"$here/enter.sh" python3 "$here/fetch.py"
"$here/enter.sh" "$here/npm.sh"
