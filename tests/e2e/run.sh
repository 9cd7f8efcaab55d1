#!/bin/bash
# Journeys in a real browser against a real server with demo data.
# Usage: tests/e2e/run.sh BUILD_DIR
set -eu
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
if ! [ node_modules/.package-lock.json -nt package-lock.json ]; then
	npm ci --ignore-scripts 2>&1 || { echo "not ok - npm installs the browser's driver: see above"; exit 1; }
fi
status=0
node journeys.mjs "$root/$1/lapor" || status=1
node periodic.mjs "$root/$1/lapor" || status=1
exit $status
