#!/usr/bin/env bash
# dev bench [NAME] [--json]: tests/bench/NAME.mjs; without a name, all of them (tests/bench also holds what they
# share). Runs inside the toolchain, and builds what it measures first.
set -euo pipefail
repository=$(readlink -f "$(dirname "$0")/..")
name=
[ $# -eq 0 ] || [ "${1#-}" != "$1" ] || { name=$1; shift; }
if [ -n "$name" ] && [ ! -f "$repository/tests/bench/$name.mjs" ]; then
    echo "bench: there is no '$name' in tests/bench." >&2
    exit 2
fi

"$repository/tools/build.sh" native >&2
"$repository/tools/build.sh" web-release >&2

run_one() {
    node "$repository/tests/bench/$1.mjs" "${@:2}"
}

if [ -n "$name" ]; then
    run_one "$name" "$@"
else
    status=0
    for name in start note speech store ui; do run_one "$name" "$@" || status=1; done
    exit $status
fi
