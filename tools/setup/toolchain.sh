#!/usr/bin/env bash
# Gives the project its compilers: a Debian trixie root in .cache/toolchain, of exactly the packages in packages.txt.
# Where the host is itself trixie with a recent emcc on PATH, the host is used as it is (.cache/host_toolchain says so).
set -euo pipefail
repository=$(readlink -f "$(dirname "$0")/../..")
cache=$repository/.cache
suite=trixie
mapfile -t packages < <(grep -v '^#' "$repository/tools/setup/packages.txt" | sort -u)
stamp=$(printf '%s\n' "$suite" "${packages[@]}" | sha256sum | cut -d' ' -f1)
apt_options=(-o Acquire::Retries=5 -o Acquire::http::Timeout=60)

host_is_enough() {
    [ ! -d "$cache/toolchain" ] || return 1
    [ "$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" = "$suite" ] || return 1
    local version
    version=$(emcc --version 2>/dev/null | sed -n '1s/.* \([0-9]\+\.[0-9]\+\.[0-9]\+\).*/\1/p') || return 1
    [ -n "$version" ] && printf '3.1.69\n%s\n' "$version" | sort -VC || return 1
    local missing=()
    for package in "${packages[@]}"; do
        [ "$package" = emscripten ] || dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    [ "$(id -u)" = 0 ] || return 1
    echo "set-up: emcc $version is on PATH; installing the other packages on this host"
    apt-get -qq "${apt_options[@]}" update
    DEBIAN_FRONTEND=noninteractive apt-get -qq "${apt_options[@]}" -y --no-install-recommends install "${missing[@]}" >/dev/null
}

make_root() {
    local joined attempt
    joined=$(IFS=,; echo "${packages[*]}")
    for attempt in 1 2 3; do
        rm -rf --one-file-system "$cache/toolchain.new"
        # The mirror is mmdebstrap's own default, or the one in CHARTSIDE_DEBIAN_MIRROR. What nobody reads in a build
        # root is left out, and no file is flushed one by one: a root that was cut short is made again from nothing.
        if mmdebstrap --variant=minbase --include="$joined" --aptopt='Acquire::Retries "5"' \
            --aptopt='Acquire::http::Timeout "60"' --dpkgopt=force-unsafe-io \
            --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
            --dpkgopt='path-exclude=/usr/share/locale/*' \
            --dpkgopt='path-exclude=/usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/pic/*' \
            --dpkgopt='path-exclude=/usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/lto-pic/*' \
            "$suite" "$cache/toolchain.new" ${CHARTSIDE_DEBIAN_MIRROR:-}; then
            return 0
        fi
        echo "set-up: making the toolchain root failed (attempt $attempt of 3)" >&2
    done
    echo "set-up: the Debian mirror could not be read to the end. Check the network and the free disk space (6 GB)," >&2
    echo "        then run the same command again." >&2
    return 1
}

mkdir -p "$cache"
[ ! -f "$cache/host_toolchain" ] || [ "$(cat "$cache/host_toolchain")" != "$stamp" ] || exit 0
[ ! -f "$cache/toolchain/.stamp" ] || [ "$(cat "$cache/toolchain/.stamp")" != "$stamp" ] || exit 0
if host_is_enough; then
    echo "$stamp" > "$cache/host_toolchain"
    exit 0
fi
rm -f "$cache/host_toolchain"

"$repository/tools/setup/host.sh"
if [ "$(id -u)" != 0 ]; then
    echo "set-up: the toolchain root in .cache/toolchain must be made by root, because its files belong to root." >&2
    echo "        Run:  sudo ./dev setup toolchain" >&2
    exit 1
fi
echo "set-up: making the toolchain root (${#packages[@]} Debian packages and what they need; about 4 minutes)"
make_root
# Mount points, so that an ordinary user can enter too.
mkdir -p "$cache/toolchain.new$repository" "$cache/toolchain.new$(dirname "$repository")/shared"
echo "$stamp" > "$cache/toolchain.new/.stamp"
[ ! -d "$cache/toolchain" ] || mv "$cache/toolchain" "$cache/toolchain.old"
mv "$cache/toolchain.new" "$cache/toolchain"
rm -rf --one-file-system "$cache/toolchain.old"
[ -z "${SUDO_UID:-}" ] || chown "$SUDO_UID:$SUDO_GID" "$cache"
