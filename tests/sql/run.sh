#!/bin/bash
# Every migration and query on both engines: prepared on a PostgreSQL of its own, and planned on each.
# Usage: tests/sql/run.sh BUILD_DIR [--accept]    --accept rewrites the golden files
set -u
cd "$(dirname "$0")/../.."
build=${1:?usage: tests/sql/run.sh BUILD_DIR [--accept]}
accept=${2:-}
work=$(mktemp -d /tmp/lapor-sql-XXXXXX)
. tests/postgres.sh
bad=0
finish() {
	stop_postgres
	rm -rf "$work"
}
trap finish EXIT

# A golden file of plans: golden FILE PLANS
golden() {
	if [ "$accept" = --accept ]; then
		cp "$2" "$1"
	fi
	if diff -u "$1" "$2" >"$work/diff"; then
		echo "ok - the plans of all queries are those of $1"
	else
		cat "$work/diff"
		echo "not ok - the plans of all queries are those of $1: look at the difference, then" \
			"tests/sql/run.sh $build --accept"
		bad=1
	fi
}

on_sqlite() {
	"$build/sql_plans" "$work/a.db" scans || bad=1
	"$build/sql_plans" "$work/a.db" plans >"$work/plans" || { cat "$work/plans"; bad=1; }
	golden tests/sql/plans.golden "$work/plans"
}

# Its plans depend on what is there: a demo, with the statistics of a nation.
on_postgres() {
	local url
	# Nothing gathers statistics meanwhile.
	make_postgres && run_postgres "$work/pg" -c autovacuum=off || { echo "not ok - PostgreSQL starts"; bad=1; return; }
	"$build/sql_prepare" "host=$work/pg user=lapor dbname=postgres" || bad=1
	as_postgres "$pg/createdb" -h "$work/pg" -U lapor -T template0 -E UTF8 --locale=C nation
	url=$(pg_url nation)
	if "$build/lapor" demo --db "$url" --reports 2000 --seed 7 --sop all --now '2026-11-22 14:00 WIB' >"$work/out" 2>&1 &&
		"$pg/psql" -X -q -v ON_ERROR_STOP=1 -h "$work/pg" -U lapor -d nation -f tests/sql/nation.sql >>"$work/out" 2>&1; then
		"$build/sql_plans_pgsql" "$url" scans || bad=1
		"$build/sql_plans_pgsql" "$url" plans >"$work/plans_pgsql" || { cat "$work/plans_pgsql"; bad=1; }
		golden tests/sql/plans_pgsql.golden "$work/plans_pgsql"
	else
		echo "not ok - PostgreSQL has the statistics of a nation: $(tail -n 3 "$work/out" | tr '\n' ' ')"
		bad=1
	fi
}

ninja -C "$build" lapor sql_prepare sql_plans sql_plans_pgsql >"$work/build.log" 2>&1 || { cat "$work/build.log"; echo "not ok - the tests build"; exit 1; }
on_sqlite
on_postgres
exit $bad
