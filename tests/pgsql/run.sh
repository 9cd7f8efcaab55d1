#!/bin/bash
# The program on a PostgreSQL of its own: the store's unit tests, the driver's, every command, serving while the server
# goes away and comes back, and a kill under load. The scenarios are played by tests/scenario/run.sh.
# Usage: tests/pgsql/run.sh BUILD_DIR [PART...]    parts: unit_tests, commands, copying, ... as at the end of this file
set -u
build=$(cd "${1:?usage: tests/pgsql/run.sh BUILD_DIR}" && pwd) || exit 1
cd "$(dirname "$0")/../.." || exit 1
shift
lapor=$build/lapor
work=$(mktemp -d /tmp/lapor-pg-XXXXXX)
. tests/postgres.sh
. tests/mixed.sh
. tests/pgsql/copy.sh
. tests/pgsql/archive.sh
. tests/pgsql/workers.sh
. tests/pgsql/failover.sh
server='' bad=0
# Every unit test that has a database, but those of what only SQLite has.
units=$(grep -lE 'unit/(app|store|place|sop|install)_support' tests/unit/test_*.c | sed 's/.*\///; s/\.c$//' | grep -vxE 'test_backup|test_copy|test_part')
finish() {
	[ -z "$server" ] || kill -9 "$server" 2>/dev/null
	for place in "$work/pg" "$work/ha-a" "$work/ha-b"; do stop_postgres "$place"; done
	rm -rf "$work"
}
trap finish EXIT
# The browser journeys run here as well, by hand: LAPOR_DB=postgresql://... tests/e2e/run.sh BUILD_DIR
verdict() { if [ "$2" = 0 ]; then echo "ok - $1"; else echo "not ok - $1: $(head -c 600 "$work/err" | tr '\n' ' ')"; bad=1; fi; }
# ok NAME COMMAND...: succeeds; its output is in $work/out, what it says in $work/err.
ok() {
	local name=$1
	shift
	"$@" >"$work/out" 2>"$work/err"
	verdict "$name" $?
}
same() {
	diff "$2" "$3" >"$work/err" 2>&1
	verdict "$1" $?
}

unit_tests() {
	local t
	export LAPOR_PGSQL LAPOR_SOCKET=$work/pg LAPOR=$lapor
	LAPOR_PGSQL=$(pg_url postgres)
	as_postgres "$pg/createdb" -h "$work/pg" -U lapor -T template0 -E LATIN1 latin
	as_postgres "$pg/createdb" -h "$work/pg" -U lapor -T template0 --locale=C.UTF-8 cutf8
	pg_sql postgres "CREATE ROLE keeper LOGIN PASSWORD 'right'"
	# The first line that fits counts: keeper needs the password, all others none.
	as_postgres sed -i '1i local all keeper scram-sha-256' "$work/pg/data/pg_hba.conf"
	pg_sql postgres "SELECT pg_reload_conf()" >/dev/null
	for t in $units pgsql_driver; do
		echo "# $t"
		CMOCKA_MESSAGE_OUTPUT=TAP PGPASSFILE=$work/none "$build/$t" 2>&1 | sed -E 's/^((not )?ok [0-9]+ - )/\1PostgreSQL: /'
		[ "${PIPESTATUS[0]}" -eq 0 ] || bad=1
	done
	unset LAPOR_PGSQL LAPOR_SOCKET LAPOR
}

make_db() {
	as_postgres "$pg/createdb" -h "$work/pg" -U lapor -T template0 -E UTF8 --locale=C "$1"
}

# The owner of the tables migrates; the program runs as a role that may only read and write rows (docs/operate.md).
roles() {
	sed -n '/^-- roles$/,/^```$/p' docs/operate.md | grep -v '^```' >"$work/roles.sql"
	make_db small
	ok "the role script of docs/operate.md runs" "$pg/psql" -X -q -v ON_ERROR_STOP=1 -h "$work/pg" -U lapor -d small \
		-f - <"$work/roles.sql"
	ok "the owner makes the tables" "$lapor" init --db "postgresql://lapor_owner@/small?host=$work/pg"
	ok "the revocation of docs/operate.md runs" "$pg/psql" -X -q -v ON_ERROR_STOP=1 -h "$work/pg" -U lapor_owner -d small \
		-c "$(grep -o 'REVOKE UPDATE, DELETE ON event[^`]*' docs/operate.md)"
	ok "the program's role works with them" "$lapor" work --once --db "postgresql://lapor_app@/small?host=$work/pg"
	ok "and checks them" "$lapor" check --db "postgresql://lapor_app@/small?host=$work/pg"
	pg_sql small "SET ROLE lapor_app; DELETE FROM event" >/dev/null 2>"$work/err"
	verdict "it may not delete events" "$([ $? -ne 0 ] && grep -q 'permission denied' "$work/err"; echo $?)"
	pg_sql small "SET ROLE lapor_app; DROP TABLE report" >/dev/null 2>"$work/err"
	verdict "nor drop a table" "$([ $? -ne 0 ] && grep -q 'must be owner' "$work/err"; echo $?)"
}

commands() {
	local lite=sqlite:$work/lite.db pgsql
	local now='2026-11-22 14:00 WIB' later='2027-06-01 09:00 WIB'
	pgsql=$(pg_url demo)
	make_db demo && make_db back
	ok "init" "$lapor" init --db "$(pg_url back)"
	ok "init again changes nothing" "$lapor" init --db "$(pg_url back)"
	verdict "and prints no address with its user" "$(grep -q '@' "$work/err"; [ $? -eq 1 ]; echo $?)"
	ok "demo" "$lapor" demo --db "$pgsql" --reports 150 --seed 4 --now "$now"
	"$lapor" demo --db "$lite" --reports 150 --seed 4 --now "$now" >"$work/out" 2>"$work/err"
	ok "check of the demo" "$lapor" check --db "$pgsql"
	ok "work" "$lapor" work --once --db "$pgsql" --now "$later"
	ok "work on SQLite" "$lapor" work --once --db "$lite" --now "$later"
	ok "check after it" "$lapor" check --db "$pgsql"
	ok "export" "$lapor" export --format lapor --db "$pgsql" --with-secrets --out "$work/pgsql.csv"
	"$lapor" export --format lapor --db "$lite" --with-secrets --out "$work/lite.csv" 2>"$work/err"
	same "both engines export the same" "$work/lite.csv" "$work/pgsql.csv"
	ok "import" "$lapor" import --format lapor --db "$(pg_url back)" --now "$later" "$work/pgsql.csv"
	ok "check of what was imported" "$lapor" check --db "$(pg_url back)"
	ok "a holiday moves deadlines" "$lapor" calendar add --db "$(pg_url back)" --day 2027-06-02 --name 'Cuti susulan' \
		--kind cuti_bersama --source SKB
	ok "check of the moved ones" "$lapor" check --db "$(pg_url back)"
	pg_sql back "UPDATE queue_count SET n = n + 1 WHERE n > 0"
	"$lapor" check --db "$(pg_url back)" >"$work/out" 2>"$work/err"
	verdict "check finds a wrong counter" "$([ $? -ne 0 ] && grep -q 'queue counter' "$work/out"; echo $?)"
	"$lapor" backup --db "$pgsql" --out "$work/copy" >"$work/out" 2>"$work/err"
	verdict "backup names pg_dump" "$([ $? -eq 1 ] && grep -q pg_dump "$work/err" && [ ! -e "$work/copy" ]; echo $?)"
	pg_sql back "INSERT INTO schema_version VALUES (9999, 'future')"
	"$lapor" serve --db "$(pg_url back)" --listen 127.0.0.1:0 >"$work/out" 2>"$work/err"
	verdict "a newer database is not served" "$([ $? -eq 1 ] && grep -q newer "$work/err"; echo $?)"
}

status_of() { curl -s -o /dev/null -m 20 -w '%{http_code}' "http://127.0.0.1:$port$1"; }
# Until a page answers with a status: wait_for STATUS PATH
wait_for() {
	local i
	for i in $(seq 300); do
		[ "$(status_of "$2")" = "$1" ] && return 0
		sleep 0.1
	done
	echo "$2 does not answer $1 but $(status_of "$2")" >"$work/err"
	return 1
}
start_server() {
	port=$((20000 + RANDOM % 20000))
	"$lapor" serve --db "$1" --listen 127.0.0.1:$port 2>>"$work/serve.log" &
	server=$!
	wait_for 200 /healthz
}

stop_server() {
	local status
	kill -TERM "$server" && wait "$server"
	status=$?
	server=
	return $status
}

serving() {
	local said missing url
	url=postgresql://lapor_app@/small?host=$work/pg
	start_server "$url" || start_server "$url"
	verdict "serve" $?
	wait_for 200 /laporan
	verdict "a page from the database" $?
	stop_postgres
	wait_for 503 /laporan
	verdict "503 while PostgreSQL is away" $?
	wait_for 503 /readyz
	verdict "and it is not ready" $?
	curl -s -D - -o /dev/null -m 20 "http://127.0.0.1:$port/laporan" >"$work/err"
	verdict "and it says when to try again" "$(grep -qi '^retry-after: 5' "$work/err"; echo $?)"
	run_postgres
	wait_for 200 /laporan
	verdict "200 when it is back, without a restart" $?
	wait_for 200 /readyz
	verdict "and it is ready" $?
	: >"$work/acked"
	said=$("$build/crash_client" "$port" 16 "$server" 150 "$work/acked" 2>&1)
	verdict "reports after that, until kill -9: $said" $?
	wait "$server" 2>/dev/null
	server=
	missing=$(while read -r number; do
		[ "$(pg_sql small "SELECT count(*) FROM report WHERE number = '$number'")" = 1 ] || echo "$number"
	done <"$work/acked")
	echo "missing: $missing" >"$work/err"
	verdict "all $(wc -l <"$work/acked") acknowledged are there" "$([ -z "$missing" ] && [ -s "$work/acked" ]; echo $?)"
	ok "and the database checks clean" "$lapor" check --db "$url"
	make_db web
	ok "what a citizen does without scripts" env "LAPOR_DB=$(pg_url web)" node tests/web/citizen.mjs "$lapor"
	start_server "$url"
	moving_as_owner
	stop_server
	verdict "SIGTERM ends it in good order" $?
}

# Of what the owner may do, and the program may not, copying needs all: it makes tables there and locks them here.
moving_as_owner() {
	local owner=postgresql://lapor_owner@/small?host=$work/pg other
	other=postgresql://lapor_owner@/other?host=$work/pg
	make_db other
	grep -v '^CREATE ROLE' "$work/roles.sql" >"$work/rights.sql"
	ok "rights in another database" "$pg/psql" -X -q -v ON_ERROR_STOP=1 -h "$work/pg" -U lapor -d other -f - <"$work/rights.sql"
	refuses "the owner sees that it is served by another role" 'another lapor' "$lapor" copy --from "$owner" --to "$other"
	stop_server
	refuses "the program's role cannot copy" 'the owner of its tables' "$lapor" copy --from "$url" --to "$other"
	ok "the owner copies from PostgreSQL to PostgreSQL" "$lapor" copy --from "$owner" --to "$other"
	ok "and the program's role checks the copy" "$lapor" check --db "postgresql://lapor_app@/other?host=$work/pg"
	start_server "postgresql://lapor_app@/other?host=$work/pg"
	ok "and serves it" curl -sf -m 20 -o /dev/null -H 'Accept: application/json' "http://127.0.0.1:$port/lapor/kirim" \
		-d 'jenis=pengaduan&judul=Lampu+jalan+mati&isi=Lampu+jalan+mati+sejak+sepekan.&sifat=anonim'
}

mixed() {
	make_db mixed
	ok "demo for mixed load" "$lapor" demo --db "$(pg_url mixed)" --reports 300 --seed 3
	cp "$work/out" "$work/accounts"
	mixed_load "$build" "$(pg_url mixed)" "$work/accounts" "$work" 25 12 PostgreSQL || bad=1
}

nodes() {
	make_db nodes
	LAPOR_DB=$(pg_url nodes) PATH=$pg:$PATH node tests/web/nodes.mjs "$lapor" || bad=1
	ok "check of what two nodes did" "$lapor" check --db "$(pg_url nodes)"
}

# shellcheck disable=SC2086
ninja -C "$build" lapor crash_client $units pgsql_driver >"$work/build.log" 2>&1 ||
	{ tail -n 30 "$work/build.log"; echo "not ok - the tests build"; exit 1; }
start_postgres || exit 1
failovers() {
	for _ in $(seq "${FAILOVERS:-1}"); do failover; done
}
large() {
	[ -z "${COPY_REPORTS:-}" ] || copy_large "$COPY_REPORTS"
}
for part in "${@:-all}"; do
	case $part in
	all) for each in unit_tests commands copying archiving workers roles serving mixed nodes late_pages failovers large; do $each; done ;;
	*) $part ;;
	esac
done
exit $bad
