# SPDX-License-Identifier: Apache-2.0
# Sourced by tests that need a PostgreSQL: one of their own, run by an unprivileged user, reached by a socket in the
# folder $work/pg and by no port, gone with stop_postgres. The caller has made $work. Where a folder may be given it is
# that of another server beside it.
pg=${PG_BIN:-/usr/lib/postgresql/15/bin}

# PostgreSQL does not run as root; its own account does there.
as_postgres() {
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --reuid postgres --regid postgres --clear-groups -- "$@"
	else
		"$@"
	fi
}

make_postgres_folder() {
	mkdir "$1" && chmod 711 "$work"
	[ "$(id -u)" -ne 0 ] || chown postgres:postgres "$1"
}

make_postgres() {
	local place=${1:-$work/pg}
	make_postgres_folder "$place"
	as_postgres env LC_ALL=C "$pg/initdb" -D "$place/data" -U lapor -A trust --locale=C -E UTF8 --no-sync \
		>"$work/pg.log" 2>&1
}

# run_postgres [FOLDER [OPTION...]]
run_postgres() {
	local place=${1:-$work/pg}
	[ $# -eq 0 ] || shift
	(cd / && as_postgres env LC_ALL=C "$pg/postgres" -D "$place/data" -k "$place" -c listen_addresses= \
		-c fsync=off -c full_page_writes=off -c deadlock_timeout=50ms "$@" >>"$work/pg.log" 2>&1) &
	for _ in $(seq 300); do
		"$pg/pg_isready" -q -h "$place" -U lapor -d postgres && return 0
		sleep 0.1
	done
	return 1
}

start_postgres() {
	make_postgres "$@" && run_postgres "$@" && return 0
	echo "not ok - PostgreSQL starts: $(tail -n 1 "$work/pg.log" 2>/dev/null)"
	return 1
}

# stop_postgres [FOLDER [SIGNAL]]: INT ends sessions in good order, QUIT as a crash would.
stop_postgres() {
	local pid
	pid=$(head -n 1 "${1:-$work/pg}/data/postmaster.pid" 2>/dev/null) || return 0
	[ -n "$pid" ] || return 0
	kill "-${2:-INT}" "$pid" 2>/dev/null
	for _ in $(seq 100); do
		kill -0 "$pid" 2>/dev/null || return 0
		sleep 0.1
	done
}

# The address of a database of that server: pg_url postgres
pg_url() {
	echo "postgresql://lapor@/$1?host=$work/pg"
}

# pg_sql DATABASE STATEMENT [FOLDER]
pg_sql() {
	"$pg/psql" -X -q -A -t -h "${3:-$work/pg}" -U lapor -d "$1" -c "$2"
}
