#!/bin/bash
# Journeys in a real browser against a real server with demo data.
# Usage: tests/e2e/run.sh BUILD_DIR
set -eu
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
if ! [ node_modules/.package-lock.json -nt package-lock.json ]; then
	npm ci --ignore-scripts 2>&1 || { echo "not ok - npm installs the browser's driver: see above"; exit 1; }
fi
# The journeys, then one SOP after the other, each in a world of its own.
status=0
node journeys.mjs "$root/$1/lapor" || status=1
node periodic.mjs "$root/$1/lapor" || status=1
node sop_kapuas.mjs "$root/$1/lapor" || status=1
for sop in tjt-20 magetan lumajang; do
	node sop_line.mjs "$root/$1/lapor" "$sop" || status=1
done
exit $status
