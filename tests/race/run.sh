#!/bin/bash
# The race ring: two who act at the same moment, and many lives at the same time, on SQLite and on a PostgreSQL of its own.
# Usage: tests/race/run.sh BUILD_DIR
set -u
build=$(cd "${1:?usage: tests/race/run.sh BUILD_DIR}" && pwd) || exit 1
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d /tmp/lapor-race-XXXXXX)
. tests/postgres.sh
trap 'stop_postgres; rm -rf "$work"' EXIT
export CMOCKA_MESSAGE_OUTPUT=TAP LAPOR=$build/lapor
bad=0
ninja -C "$build" lapor race_acts race_lives >"$work/build.log" 2>&1 || { tail -n 30 "$work/build.log"; echo "not ok - the tests build"; exit 1; }
# races NAME: NAME is said before each test.
races() {
	local t
	for t in race_acts race_lives; do
		"$build/$t" 2>&1 | sed -E "s/^((not )?ok [0-9]+ - )/\1$1: /"
		[ "${PIPESTATUS[0]}" -eq 0 ] || bad=1
	done
}
races SQLite
start_postgres || exit 1
LAPOR_PGSQL=$(pg_url postgres)
export LAPOR_PGSQL
races PostgreSQL
exit $bad
