#!/usr/bin/env bash
# What the host itself must have: the two tools that make and enter the toolchain root, and certificates.
set -euo pipefail
repository=$(readlink -f "$(dirname "$0")/../..")
packages=(mmdebstrap bubblewrap ca-certificates)

missing=()
for package in "${packages[@]}"; do
    dpkg -s "$package" 2>/dev/null | grep -q '^Status: install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "set-up: this is not a Debian system. Install ${missing[*]} your own way, then run this again." >&2
    exit 1
fi
if [ "$(id -u)" != 0 ]; then
    echo "set-up: the compilers live in a private Debian root, which needs ${missing[*]} to be made and entered." >&2
    echo "        Only root may install them. Run:  sudo $repository/dev setup toolchain" >&2
    exit 1
fi
"$repository/tools/setup/apt_install.sh" "${missing[@]}"
