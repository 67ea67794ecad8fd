#!/usr/bin/env bash
# Runs a command in the toolchain: enter.sh [--files] COMMAND...
# The command sees the root and ../shared (both read-only), the repository, an empty /tmp, and no variable of the host's
# but those that say where packages come from and those that the project's own tools read (CHARTSIDE_*, CHROMIUM, CI).
# With --files it also sees the caller's own folders, for verbs that read and write files anywhere.
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
            *_proxy | *_PROXY | *_CERT_FILE | *_CERT_DIR | *_CA_BUNDLE | NODE_EXTRA_CA_CERTS | CI | CHROMIUM | CHARTSIDE_*)
            variables+=("$variable") ;;
    esac
done < <(env -0)

# Where the command starts: in the repository, unless it is to see the caller's own files.
folder=$(pwd -P)
files=()
if [ "${1:-}" = --files ]; then
    shift
    case $folder/ in
        /bin/* | /boot/* | /dev/* | /etc/* | /lib/* | /lib32/* | /lib64/* | /proc/* | /sbin/* | /sys/* | /usr/* | /var/lib/* | /var/cache/*)
            echo "enter: in $folder the toolchain has files of its own. Run this from another folder." >&2
            exit 1
            ;;
    esac
    for top in /* /run/media "$folder"; do
        case $top in
            /bin | /boot | /dev | /etc | /lib | /lib32 | /lib64 | /libx32 | /proc | /run | /sbin | /sys | /usr | /var) ;;
            # What the caller may not read (another's /root, /lost+found) is not needed either, nor can it be mounted.
            *) [ ! -d "$top" ] || [ -L "$top" ] || [ ! -r "$top" ] || [ ! -x "$top" ] || files+=(--bind "$top" "$top") ;;
        esac
    done
else
    case $folder/ in "$repository"/*) ;; *) folder=$repository ;; esac
fi

if [ -f "$cache/host_toolchain" ]; then
    cd "$folder"
    exec env -i "${variables[@]}" PATH="$repository/tools/setup/bin:$PATH" "$@"
fi

# Bubblewrap starts from an empty file system of its own, in which anybody may make mount points, and the root's folders
# come into it read-only: what works for root works for an ordinary user.
root=(--perms 0755 --dir /var)
for part in "$cache"/toolchain/{bin,sbin,lib,lib32,lib64,libx32,etc,usr,var/*}; do
    name=${part#"$cache/toolchain"}
    if [ -L "$part" ]; then
        root+=(--symlink "$(readlink "$part")" "$name")
    elif [ -d "$part" ]; then
        root+=(--ro-bind "$part" "$name")
    fi
done
# A link among the caller's own folders is there already, and cannot be mounted over.
beside=(--ro-bind-try "$shared" "$shared")
[ ${#files[@]} -eq 0 ] || [ ! -L "$shared" ] || beside=()
settings=()
for pair in ".npmrc .npmrc" ".config/pip/pip.conf .config/pip/pip.conf" ".cargo/config.toml .cargo/config.toml"; do
    settings+=(--ro-bind-try "${HOME:-/root}/${pair% *}" "$home/${pair#* }")
done
exec env -i "${variables[@]}" PATH="$path" "$(command -v bwrap)" \
    "${root[@]}" --dir /run --dev /dev --proc /proc --perms 1777 --tmpfs /tmp --perms 1777 --tmpfs /var/tmp \
    --ro-bind-try /etc/ssl/certs /etc/ssl/certs --ro-bind-try /etc/resolv.conf /etc/resolv.conf \
    --ro-bind-try /etc/pip.conf /etc/pip.conf \
    "${files[@]}" --bind "$repository" "$repository" "${beside[@]}" "${settings[@]}" \
    --chdir "$folder" --die-with-parent -- "$@"
