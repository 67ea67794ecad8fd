#!/usr/bin/env bash
# Gives the project its compilers: a Debian trixie root in .cache/toolchain, of exactly the packages in packages.txt.
# Where the host is itself trixie with a recent emcc on PATH, the host is used as it is (.cache/host_toolchain says so):
# only there is everything else of the list to be had beside it, libonnxruntime above all.
set -euo pipefail
repository=$(readlink -f "$(dirname "$0")/../..")
cache=$repository/.cache
suite=trixie
mapfile -t packages < <(grep -v '^#' "$repository/tools/setup/packages.txt" | sort -u)
stamp=$(printf '%s\n' "$suite" "${packages[@]}" | sha256sum | cut -d' ' -f1)
# Debian's packages that an attempt brought before it was cut: the next one begins with them.
debs=$cache/debs

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
    echo "set-up: emcc $version is on PATH, so the other packages go on this host"
    "$repository/tools/setup/apt_install.sh" "${missing[@]}"
}

# Whole packages, and the begun ones in partial/, which apt goes on with. Those are copied, not linked: a transfer that
# outlived its apt-get may still be writing to them.
keep_debs() {
    local archives=$cache/toolchain.new/var/cache/apt/archives
    if [ -d "$archives" ]; then
        rm -rf "$debs/partial"
        mkdir -p "$debs"
        find "$archives" -maxdepth 1 -name '*.deb' -exec cp -lf -t "$debs" {} +
        [ ! -d "$archives/partial" ] || cp -a "$archives/partial" "$debs/"
    fi
    rm -rf --one-file-system "$cache/toolchain.new"
}

make_root() {
    local joined attempt
    joined=$(IFS=,; echo "${packages[*]}")
    for attempt in 1 2 3; do
        keep_debs
        mkdir -p "$debs"
        # The mirror is mmdebstrap's own default, or the one in CHARTSIDE_DEBIAN_MIRROR. What nobody reads in a build
        # root is left out, and no file is flushed one by one: a root that was cut short is unpacked again from nothing.
        if CHARTSIDE_DEBS=$debs mmdebstrap --variant=minbase --include="$joined" --aptopt='Acquire::Retries "5"' \
            --aptopt='Acquire::http::Timeout "60"' --dpkgopt=force-unsafe-io \
            --setup-hook='mkdir -p "$1/var/cache/apt/archives" && cp -alf "$CHARTSIDE_DEBS/." "$1/var/cache/apt/archives/"' \
            --skip=essential/unlink \
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
    echo "        then run the same command again: it goes on with the packages that are there." >&2
    return 1
}

mkdir -p "$cache"
[ ! -f "$cache/host_toolchain" ] || [ "$(cat "$cache/host_toolchain")" != "$stamp" ] || exit 0
[ ! -f "$cache/toolchain/.stamp" ] || [ "$(cat "$cache/toolchain/.stamp")" != "$stamp" ] || exit 0
if host_is_enough; then
    echo "$stamp" > "$cache/host_toolchain"
    chmod a+r "$cache/host_toolchain"
    exit 0
fi
rm -f "$cache/host_toolchain"

"$repository/tools/setup/host.sh"
if [ "$(id -u)" != 0 ]; then
    echo "set-up: the toolchain root in .cache/toolchain must be made by root, because its files belong to root." >&2
    echo "        Run:  sudo $repository/dev setup toolchain" >&2
    exit 1
fi
echo "set-up: making the toolchain root (${#packages[@]} Debian packages and what they need; about 4 minutes)"
umask 022
make_root
# Mount points, so that an ordinary user can enter too: the root is mounted read-only (enter.sh).
touch "$cache/toolchain.new/etc/pip.conf" "$cache/toolchain.new/etc/resolv.conf"
mkdir -p "$cache/toolchain.new$repository" "$cache/toolchain.new$(dirname "$repository")/shared"
echo "$stamp" > "$cache/toolchain.new/.stamp"
[ ! -d "$cache/toolchain" ] || mv "$cache/toolchain" "$cache/toolchain.old"
mv "$cache/toolchain.new" "$cache/toolchain"
rm -rf --one-file-system "$cache/toolchain.old" "$debs"
