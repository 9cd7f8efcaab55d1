#!/bin/bash
# The scenario ring: every tests/scenario/*.scn on both engines, and that both say the same.
# Usage: tests/scenario/run.sh BUILD_DIR [sqlite|pgsql] [FILE...]
set -u
build=$(cd "$1" && pwd) || exit 1
shift
engine=both
case ${1:-} in sqlite | pgsql) engine=$1; shift ;; esac
cd "$(dirname "$0")/../.." || exit 1
[ $# -gt 0 ] || set -- tests/scenario/*.scn
ninja -C "$build" scenario lapor >"$build/.scenario.log" 2>&1 || { tail -n 30 "$build/.scenario.log"; echo "not ok - the scenario runner does not build"; exit 1; }
export LAPOR=$build/lapor
work=$(mktemp -d /tmp/lapor-scn-XXXXXX)
. tests/postgres.sh
trap 'stop_postgres; rm -rf "$work"' EXIT
bad=0

if [ "$engine" != pgsql ]; then
	"$build/scenario" "$@" >"$work/sqlite" 2>&1 || bad=1
	cat "$work/sqlite"
fi
if [ "$engine" != sqlite ]; then
	start_postgres || exit 1
	LAPOR_PGSQL=$(pg_url postgres) "$build/scenario" "$@" >"$work/pgsql" 2>&1 || bad=1
	sed -E 's/^((not )?ok - )/\1PostgreSQL: /' "$work/pgsql"
fi
if [ "$engine" = both ]; then
	if diff "$work/sqlite" "$work/pgsql" >"$work/diff"; then
		echo "ok - the scenarios say the same on both engines"
	else
		cat "$work/diff"
		echo "not ok - the scenarios say the same on both engines"
		bad=1
	fi
fi
exit $bad
