#!/usr/bin/env bash
# Configures and builds one preset, and for the web presets puts the site together. build.sh PRESET [TARGET...]
set -euo pipefail
repository=$(readlink -f "$(dirname "$0")/..")
preset=$1
shift
folder=$repository/build/$preset
if [ -z "${CHARTSIDE_TOOLCHAIN:-}" ]; then
    exec "$repository/tools/setup/enter.sh" "$repository/tools/build.sh" "$preset" "$@"
fi
cd "$repository"

# Ninja reruns CMake for everything but a changed preset or toolchain file.
wanted=$(cat CMakePresets.json cmake/emscripten.cmake tools/setup/packages.txt | sha256sum)
if [ ! -f "$folder/build.ninja" ] || [ "$(cat "$folder/.preset_stamp" 2>/dev/null)" != "$wanted" ]; then
    [ ! -f "$folder/CMakeCache.txt" ] || rm -rf "$folder/CMakeCache.txt" "$folder/CMakeFiles"
    cmake --preset "$preset" --log-level=WARNING >/dev/null
    echo "$wanted" > "$folder/.preset_stamp"
fi
if ! [ "$*" = --configure-only ]; then
    NINJA_STATUS="[$preset %f/%t] " cmake --build "$folder" ${*:+--target "$@"}
fi
case $preset in
    web-*) [ $# -gt 0 ] || node web/build_site.mjs "$folder" ;;
esac
