#!/usr/bin/env bash
# Runs a command in the toolchain: enter.sh [--files] COMMAND...
# The command sees the root, the repository and ../shared (read-only), an empty /tmp, and no variable of the host's but
# those that say where packages come from. With --files it also sees the caller's own folders, for verbs that read
# and write files anywhere.
set -euo pipefail
repository=$(readlink -f "$(dirname "$0")/../..")
cache=$repository/.cache
home=$cache/home
shared=$(dirname "$repository")/shared
mkdir -p "$home/.cargo" "$home/.config/pip" "$cache/ccache"
path=$repository/tools/setup/bin:/usr/bin:/bin:/usr/sbin:/sbin

variables=(HOME="$home" CCACHE_DIR="$cache/ccache" CCACHE_MAXSIZE=2G CCACHE_BASEDIR="$repository" CCACHE_NOHASHDIR=1 EM_COMPILER_WRAPPER=/usr/bin/ccache LANG=C.UTF-8
    TERM="${TERM:-dumb}" CHARTSIDE_TOOLCHAIN=1)
while IFS= read -r -d '' variable; do
    case ${variable%%=*} in
        npm_config_* | NPM_CONFIG_* | PIP_INDEX_URL | PIP_CERT | PIP_DEFAULT_TIMEOUT | CARGO_HTTP_* | CARGO_REGISTRIES_* | \
            *_proxy | *_PROXY | *_CERT_FILE | *_CERT_DIR | *_CA_BUNDLE | NODE_EXTRA_CA_CERTS | CI | CHARTSIDE_*)
            variables+=("$variable") ;;
    esac
done < <(env -0)

files=()
if [ "${1:-}" = --files ]; then
    shift
    for folder in /*; do
        case $folder in
            /bin | /boot | /dev | /etc | /lib* | /proc | /run | /sbin | /sys | /usr | /var) ;;
            *) [ ! -d "$folder" ] || [ -L "$folder" ] || files+=(--bind "$folder" "$folder") ;;
        esac
    done
fi

if [ -f "$cache/host_toolchain" ]; then
    exec env -i "${variables[@]}" PATH="$repository/tools/setup/bin:$PATH" "$@"
fi

settings=()
for pair in ".npmrc .npmrc" ".config/pip/pip.conf .config/pip/pip.conf" ".cargo/config.toml .cargo/config.toml"; do
    settings+=(--ro-bind-try "${HOME:-/root}/${pair% *}" "$home/${pair#* }")
done
exec env -i "${variables[@]}" PATH="$path" "$(command -v bwrap)" \
    --bind "$cache/toolchain" / --dev /dev --proc /proc --perms 1777 --tmpfs /tmp \
    --ro-bind-try /etc/ssl/certs /etc/ssl/certs --ro-bind-try /etc/resolv.conf /etc/resolv.conf \
    --ro-bind-try /etc/pip.conf /etc/pip.conf \
    "${files[@]}" --bind "$repository" "$repository" --ro-bind-try "$shared" "$shared" "${settings[@]}" \
    --chdir "$PWD" --die-with-parent -- "$@"
