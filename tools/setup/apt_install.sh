#!/usr/bin/env bash
# Installs Debian packages on the host: apt_install.sh PACKAGE... On a terminal apt shows its own progress; elsewhere its
# words go to .cache/apt.log and are shown only when it fails.
set -euo pipefail
log=$(readlink -f "$(dirname "$0")/../..")/.cache/apt.log
export DEBIAN_FRONTEND=noninteractive
options=(-o Acquire::Retries=5 -o Acquire::http::Timeout=60)
echo "set-up: installing on this host: $*"
if [ -t 1 ]; then
    apt-get "${options[@]}" update
    apt-get "${options[@]}" -o Dpkg::Progress-Fancy=1 -y --no-install-recommends install "$@"
elif ! { apt-get -q "${options[@]}" update && apt-get -q "${options[@]}" -y --no-install-recommends install "$@"; } > "$log" 2>&1; then
    tail -n 30 "$log" >&2
    echo "set-up: apt-get could not install $*. Check the network, then run the same command again (log: $log)." >&2
    exit 1
fi
