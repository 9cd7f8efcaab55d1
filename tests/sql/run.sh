#!/bin/bash
# Every migration and query on both engines: prepared on a PostgreSQL of its own, planned on SQLite.
# Usage: tests/sql/run.sh BUILD_DIR [--accept]    --accept rewrites plans.golden
set -u
cd "$(dirname "$0")/../.."
build=${1:?usage: tests/sql/run.sh BUILD_DIR [--accept]}
accept=${2:-}
golden=tests/sql/plans.golden
work=$(mktemp -d /tmp/lapor-sql-XXXXXX)
. tests/postgres.sh
bad=0
finish() {
	stop_postgres
	rm -rf "$work"
}
trap finish EXIT

on_postgres() {
	if start_postgres; then
		"$build/sql_prepare" "host=$work/pg user=lapor dbname=postgres" || bad=1
	else
		bad=1
	fi
}

on_sqlite() {
	"$build/sql_plans" "$work/a.db" scans || bad=1
	"$build/sql_plans" "$work/a.db" plans >"$work/plans" || { cat "$work/plans"; bad=1; }
	if [ "$accept" = --accept ]; then
		cp "$work/plans" "$golden"
	fi
	if diff -u "$golden" "$work/plans" >"$work/diff"; then
		echo "ok - the plans of all queries are those of $golden"
	else
		cat "$work/diff"
		echo "not ok - the plans of all queries are those of $golden: look at the difference, then" \
			"tests/sql/run.sh $build --accept"
		bad=1
	fi
}

ninja -C "$build" sql_prepare sql_plans >"$work/build.log" 2>&1 || { cat "$work/build.log"; echo "not ok - the tests build"; exit 1; }
on_sqlite
on_postgres
exit $bad
