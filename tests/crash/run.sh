#!/bin/bash
# Kills the server with SIGKILL in the middle of a load, many times: everything that was
# acknowledged must be in the database, and the database must check clean.
# Usage: tests/crash/run.sh BUILD_DIR ROUNDS
set -u
cd "$(dirname "$0")/../.."
lapor=$PWD/$1/lapor client=$PWD/$1/crash_client rounds=$2
work=$(mktemp -d)
server=
cleanup() {
	[ -z "$server" ] || kill -9 "$server" 2>/dev/null
	rm -rf "$work"
}
trap cleanup EXIT
ninja -C "$1" crash_client >/dev/null || { echo "not ok - the load client builds"; exit 1; }

# A server on a port of its own choosing; sets server and port.
start_server() {
	port=$((20000 + RANDOM % 20000))
	"$lapor" serve --db "sqlite:$work/db" --listen 127.0.0.1:$port 2>>"$work/log" &
	server=$!
	for _ in $(seq 200); do
		curl -fsS -o /dev/null "http://127.0.0.1:$port/healthz" 2>/dev/null && return 0
		kill -0 "$server" 2>/dev/null || return 1
		sleep 0.05
	done
	return 1
}

failed=0
for round in $(seq "$rounds"); do
	# A fresh database now and then, so that most rounds recover one that has died before.
	if [ $((round % 10)) -eq 1 ]; then
		rm -f "$work"/db* "$work/acked"
		"$lapor" init --db "sqlite:$work/db" >/dev/null 2>>"$work/log" || { echo "not ok - init"; exit 1; }
		: >"$work/acked"
	fi
	start_server || start_server || { echo "not ok - round $round: server starts"; tail -n 5 "$work/log"; exit 1; }
	after=$((50 + RANDOM % 800))
	said=$("$client" "$port" 16 "$server" "$after" "$work/acked" 2>&1)
	ok=$?
	wait "$server" 2>/dev/null
	server=
	missing=$(printf '%s\n' "CREATE TEMP TABLE a(n TEXT);" ".mode tabs" ".import $work/acked a" \
		"SELECT count(*) FROM a WHERE n NOT IN (SELECT number FROM report);" | sqlite3 "$work/db" 2>&1)
	check=$("$lapor" check --db "sqlite:$work/db" 2>&1) || ok=1
	if [ "$ok" -eq 0 ] && [ "$missing" = 0 ]; then
		echo "ok - round $round: killed after $after, $(wc -l <"$work/acked") acknowledged in all, none missing, check clean"
	else
		echo "not ok - round $round: $said; missing: $missing; check: $(printf '%s' "$check" | tail -n 3)"
		failed=1
	fi
done
exit $failed
