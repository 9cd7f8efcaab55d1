#!/bin/bash
# Kills the server with SIGKILL in the middle of a load, many times: everything that was
# acknowledged must be in the database, and the database must check clean.
# On SQLite, and on a PostgreSQL of its own.
# Usage: tests/crash/run.sh BUILD_DIR ROUNDS_SQLITE ROUNDS_PGSQL
set -u
cd "$(dirname "$0")/../.."
lapor=$PWD/$1/lapor client=$PWD/$1/crash_client
work=$(mktemp -d /tmp/lapor-crash-XXXXXX)
. tests/postgres.sh
server='' engine='' url='' failed=0
cleanup() {
	[ -z "$server" ] || kill -9 "$server" 2>/dev/null
	stop_postgres
	rm -rf "$work"
}
trap cleanup EXIT
ninja -C "$1" lapor crash_client >/dev/null || { echo "not ok - the load client builds"; exit 1; }

# A server on a port of its own choosing; sets server and port.
start_server() {
	port=$((20000 + RANDOM % 20000))
	"$lapor" serve --db "$url" --listen 127.0.0.1:$port 2>>"$work/log" &
	server=$!
	for _ in $(seq 200); do
		curl -fsS -o /dev/null "http://127.0.0.1:$port/healthz" 2>/dev/null && return 0
		kill -0 "$server" 2>/dev/null || return 1
		sleep 0.05
	done
	return 1
}

# A fresh database now and then, so that most rounds recover one that has died before.
fresh_database() {
	: >"$work/acked"
	if [ "$engine" = SQLite ]; then
		rm -f "$work"/db*
		url=sqlite:$work/db
	else
		pg_sql postgres "DROP DATABASE IF EXISTS crash WITH (FORCE)" 2>/dev/null
		as_postgres "$pg/createdb" -h "$work/pg" -U lapor -T template0 -E UTF8 --locale=C crash
		url=$(pg_url crash)
	fi
	"$lapor" init --db "$url" >/dev/null 2>>"$work/log" || { echo "not ok - init"; exit 1; }
}

# How many acknowledged numbers are not there.
missing() {
	if [ "$engine" = SQLite ]; then
		printf '%s\n' "CREATE TEMP TABLE a(n TEXT);" ".mode tabs" ".import $work/acked a" \
			"SELECT count(*) FROM a WHERE n NOT IN (SELECT number FROM report);" | sqlite3 "$work/db" 2>&1
	else
		pg_sql crash "SELECT number FROM report" | sort >"$work/there"
		sort "$work/acked" | comm -23 - "$work/there" | wc -l
	fi
}

crash() {
	local round=$1 after=$((50 + RANDOM % 800)) said ok lost check
	start_server || start_server || { echo "not ok - $engine, round $round: server starts"; tail -n 5 "$work/log"; exit 1; }
	said=$("$client" "$port" 16 "$server" "$after" "$work/acked" 2>&1)
	ok=$?
	wait "$server" 2>/dev/null
	server=
	lost=$(missing)
	check=$("$lapor" check --db "$url" 2>&1) || ok=1
	if [ "$ok" -eq 0 ] && [ "$lost" = 0 ]; then
		echo "ok - $engine, round $round: killed after $after, $(wc -l <"$work/acked") acknowledged in all, none missing, check clean"
	else
		echo "not ok - $engine, round $round: $said; missing: $lost; check: $(printf '%s' "$check" | tail -n 3)"
		failed=1
	fi
}

# rounds ENGINE N
rounds() {
	local round
	engine=$1
	for round in $(seq "$2"); do
		[ $((round % 10)) -ne 1 ] || fresh_database
		crash "$round"
	done
}

rounds SQLite "$2"
start_postgres || exit 1
rounds PostgreSQL "$3"
exit $failed
