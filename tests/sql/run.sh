#!/bin/bash
# Every migration and query on both engines: prepared on a PostgreSQL of its own, planned on SQLite.
# Usage: tests/sql/run.sh BUILD_DIR [--accept]    --accept rewrites plans.golden
set -u
cd "$(dirname "$0")/../.."
build=${1:?usage: tests/sql/run.sh BUILD_DIR [--accept]}
accept=${2:-}
golden=tests/sql/plans.golden
pg=${PG_BIN:-/usr/lib/postgresql/15/bin}
work=$(mktemp -d /tmp/lapor-sql-XXXXXX)
bad=0
finish() {
	stop_postgres
	rm -rf "$work"
}
trap finish EXIT

# PostgreSQL does not run as root; its own account does there.
as_postgres() {
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --reuid postgres --regid postgres --clear-groups -- "$@"
	else
		"$@"
	fi
}

start_postgres() {
	mkdir "$work/pg" && chmod 711 "$work"
	[ "$(id -u)" -ne 0 ] || chown postgres:postgres "$work/pg"
	as_postgres env LC_ALL=C "$pg/initdb" -D "$work/pg/data" -U lapor -A trust --locale=C -E UTF8 --no-sync \
		>"$work/pg.log" 2>&1 || return 1
	# A socket in our own folder and no port: nobody else meets it.
	(cd / && as_postgres env LC_ALL=C "$pg/postgres" -D "$work/pg/data" -k "$work/pg" -c listen_addresses= \
		-c fsync=off >>"$work/pg.log" 2>&1) &
	for _ in $(seq 100); do
		"$pg/pg_isready" -q -h "$work/pg" -U lapor -d postgres && return 0
		sleep 0.1
	done
	return 1
}

stop_postgres() {
	local pid
	pid=$(head -n 1 "$work/pg/data/postmaster.pid" 2>/dev/null) || return 0
	[ -n "$pid" ] || return 0
	kill -INT "$pid" 2>/dev/null
	for _ in $(seq 100); do
		kill -0 "$pid" 2>/dev/null || return 0
		sleep 0.1
	done
}

on_postgres() {
	if start_postgres; then
		"$build/sql_prepare" "host=$work/pg user=lapor dbname=postgres" || bad=1
	else
		echo "not ok - PostgreSQL starts: $(tail -n 1 "$work/pg.log" 2>/dev/null)"
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
