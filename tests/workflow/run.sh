#!/bin/bash
# The workflow ring: golden.txt against the table of transitions, and against what the door does on both engines.
# Usage: tests/workflow/run.sh BUILD_DIR
set -u
build=$(cd "${1:?usage: tests/workflow/run.sh BUILD_DIR}" && pwd) || exit 1
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d /tmp/lapor-flow-XXXXXX)
. tests/postgres.sh
trap 'stop_postgres; rm -rf "$work"' EXIT
export CMOCKA_MESSAGE_OUTPUT=TAP
bad=0
ninja -C "$build" test_transition workflow_acts >"$work/build.log" 2>&1 || { tail -n 30 "$work/build.log"; echo "not ok - the tests build"; exit 1; }
"$build/test_transition" || bad=1
"$build/workflow_acts" || bad=1
start_postgres || exit 1
LAPOR_PGSQL=$(pg_url postgres) "$build/workflow_acts" 2>&1 | sed -E 's/^((not )?ok [0-9]+ - )/\1PostgreSQL: /'
[ "${PIPESTATUS[0]}" -eq 0 ] || bad=1
exit $bad
