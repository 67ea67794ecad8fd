#!/usr/bin/env bash
# Installs web/package.json's packages exactly as locked. Runs inside the toolchain.
set -euo pipefail
setup=$(readlink -f "$(dirname "$0")")
cd "$setup/../../web"
stamp=node_modules/.chartside_stamp
wanted=$(sha256sum package.json package-lock.json | sha256sum | cut -d' ' -f1)
[ ! -f $stamp ] || [ "$(cat $stamp)" != "$wanted" ] || exit 0
count=$(grep -c '"integrity"' package-lock.json)
for attempt in 1 2 3 4 5; do
    if python3 "$setup/progress.py" "set-up: installing $count npm packages of web/package-lock.json" \
        "$setup/../../.cache/npm.log" node_modules npm ci --no-progress --loglevel=error; then
        echo "$wanted" > $stamp
        exit 0
    fi
    echo "set-up: npm ci failed (attempt $attempt of 5)" >&2
    sleep $((attempt * 3))
done
echo 'set-up: the npm packages could not be installed. Check the network, then run the same command again.' >&2
echo '        What npm said is in .cache/npm.log.' >&2
exit 1
