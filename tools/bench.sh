#!/usr/bin/env bash
# dev bench [NAME] [--json]: tests/bench/NAME.mjs; without a name, all but crash, fuzz and soak, which take minutes to
# hours. Runs inside the toolchain, and builds what it measures first.
set -euo pipefail
repository=$(readlink -f "$(dirname "$0")/..")
name=
[ $# -eq 0 ] || [ "${1#-}" != "$1" ] || { name=$1; shift; }
names="start note speech store ui"
case " $names crash fuzz soak " in
    *" ${name:-start} "*) ;;
    *)
        echo "bench: there is no '$name' to measure. Names: $names crash fuzz soak." >&2
        exit 2
        ;;
esac
[ "$name" != fuzz ] || exec "$repository/tools/fuzz.py" "$@"

"$repository/tools/build.sh" native >&2
"$repository/tools/build.sh" web-release >&2

run_one() {
    local program=$repository/tests/bench/$1.mjs
    [ -f "$program" ] || program=${program%.mjs}.ts
    node --import "$repository/web/typescript_loader.mjs" "$program" "${@:2}"
}

if [ -n "$name" ]; then
    run_one "$name" "$@"
else
    status=0
    for name in $names; do run_one "$name" "$@" || status=1; done
    exit $status
fi
