#!/bin/bash
# The scenario ring: every tests/scenario/*.scn. Usage: tests/scenario/run.sh BUILD_DIR [FILE...]
set -u
build=$1
shift
cd "$(dirname "$0")/../.." || exit 1
[ $# -gt 0 ] || set -- tests/scenario/*.scn
ninja -C "$build" scenario lapor >"$build/.scenario.log" 2>&1 || { tail -n 30 "$build/.scenario.log"; echo "not ok - the scenario runner does not build"; exit 1; }
LAPOR=$build/lapor exec "$build/scenario" "$@"
