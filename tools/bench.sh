#!/usr/bin/env bash
# dev bench [NAME] [--json]: tests/bench/NAME.mjs, or `chartside bench NAME` where there is no such file; without
# a name, all of them. Runs inside the toolchain, and builds what it measures first.
set -euo pipefail
repository=$(readlink -f "$(dirname "$0")/..")
name=
[ $# -eq 0 ] || [ "${1#-}" != "$1" ] || { name=$1; shift; }

"$repository/tools/build.sh" native >&2
"$repository/tools/build.sh" web-release >&2

run_one() {
    local file=$repository/tests/bench/$1.mjs
    if [ -f "$file" ]; then
        node "$file" "${@:2}"
    else
        "$repository/build/native/chartside" bench "$@"
    fi
}

if [ -n "$name" ]; then
    run_one "$name" "$@"
else
    status=0
    for name in start note speech store ui; do run_one "$name" "$@" || status=1; done
    exit $status
fi
