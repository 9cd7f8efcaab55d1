#!/bin/bash
# Journeys in a real browser against a real server with demo data.
# Usage: tests/e2e/run.sh BUILD_DIR
set -eu
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --silent
exec node journeys.mjs "$root/$1/lapor"
