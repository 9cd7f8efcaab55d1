# SPDX-License-Identifier: Apache-2.0
# Sourced by run.sh. A primary, a replica that streams from it, two nodes that know both addresses: under load one node is
# killed, then the primary crashes and the replica takes its place. Nothing acknowledged is lost, and service comes back.
# And public pages from a replica.

ACKS=600

# Two servers of their own, the second a copy of the first that follows it.
make_pair() {
	start_postgres "$1" && as_postgres "$pg/createdb" -h "$1" -U lapor -T template0 -E UTF8 --locale=C nation &&
		make_postgres_folder "$2" &&
		as_postgres "$pg/pg_basebackup" -h "$1" -U lapor -D "$2/data" -R --no-sync -c fast >>"$work/pg.log" 2>&1 &&
		run_postgres "$2"
}
stop_pair() {
	stop_postgres "$1"
	stop_postgres "$2"
	rm -rf "$1" "$2"
}
# From now on the primary waits for its replica at each commit.
wait_for_each_other() {
	pg_sql postgres "ALTER SYSTEM SET synchronous_standby_names = '*'" "$1" && pg_sql postgres "SELECT pg_reload_conf()" "$1" >/dev/null
	for _ in $(seq 200); do
		[ "$(pg_sql postgres "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'" "$1")" = 1 ] && return 0
		sleep 0.05
	done
	return 1
}
# node NAME ARGUMENTS...: started in the background; sets node_pid and node_port.
start_node() {
	local name=$1
	shift
	node_port=$((20000 + RANDOM % 20000))
	"$lapor" serve "$@" --listen 127.0.0.1:$node_port >>"$work/$name.log" 2>&1 &
	node_pid=$!
	port=$node_port
	wait_for 200 /readyz
}
acks() { wc -l <"$work/acks" 2>/dev/null || echo 0; }
# Until so many are acknowledged, or the load has ended.
wait_acks() {
	while [ "$(acks)" -lt "$1" ] && kill -0 "$load" 2>/dev/null; do sleep 0.05; done
}

failover() {
	local a=$work/ha-a b=$work/ha-b url one one_port two two_port load lost
	make_pair "$a" "$b" && wait_for_each_other "$a"
	verdict "failover: a replica follows the primary" $?
	url="postgresql://lapor@/nation?host=$a,$b&target_session_attrs=read-write"
	ok "failover: lapor init on the primary" "$lapor" init --db "$url"
	start_node one --db "$url" && one=$node_pid one_port=$node_port
	start_node two --db "$url" && two=$node_pid two_port=$node_port
	verdict "failover: two nodes serve" "$([ -n "${two_port:-}" ]; echo $?)"
	: >"$work/acks"
	node tests/pgsql/load.mjs "$work/acks" $ACKS 4 "$one_port" "$two_port" >"$work/load" 2>&1 &
	load=$!
	wait_acks $((ACKS / 4))
	kill -9 "$one"
	wait "$one" 2>/dev/null
	wait_acks $((ACKS / 2))
	stop_postgres "$a" QUIT
	port=$two_port
	wait_for 503 /readyz
	verdict "failover: without a primary the node is not ready" $?
	pg_sql postgres "SELECT pg_promote()" "$b" >/dev/null
	wait_for 200 /readyz
	verdict "failover: with the replica in its place it is, without a restart" $?
	wait "$load"
	verdict "failover: $(cat "$work/load")" $?
	kill -TERM "$two"
	wait "$two"
	verdict "failover: the node that is left ends in good order" $?
	pg_sql nation "SELECT number FROM report" "$b" | sort >"$work/there"
	cut -f1 "$work/acks" | sort | comm -23 - "$work/there" >"$work/err"
	lost=$(wc -l <"$work/err")
	verdict "failover: of $(acks) acknowledged $lost are lost" "$([ "$lost" -eq 0 ] && [ "$(acks)" -ge $ACKS ]; echo $?)"
	echo "$(wc -l <"$work/there") reports" >"$work/err"
	verdict "failover: none was made twice" "$([ "$(wc -l <"$work/there")" -eq "$(acks)" ]; echo $?)"
	ok "failover: and the database checks clean" "$lapor" check --db "$url"
	stop_pair "$a" "$b"
}

# page COOKIE: does the public list show the new title?
shows() {
	curl -s -m 20 -H "Cookie: $1" "http://127.0.0.1:$port/laporan" | grep -q 'Judul yang baru saja ditulis'
}
# Until the public list shows it or does not (STATUS 0 or 1).
wait_shows() {
	for _ in $(seq 100); do
		shows "$2"
		[ $? -eq "$1" ] && return 0
		sleep 0.1
	done
	return 1
}

# Public pages from a replica: seconds late for those of whom nothing is known, never for who has just written.
late_pages() {
	local a=$work/ha-a b=$work/ha-b
	make_pair "$a" "$b"
	verdict "replica: it follows the primary" $?
	"$lapor" demo --db "postgresql://lapor@/nation?host=$a" --reports 50 --seed 3 >"$work/out" 2>"$work/err"
	start_node late --db "postgresql://lapor@/nation?host=$a" --db-read "postgresql://lapor@/nation?host=$b" && server=$node_pid
	wait_for 200 /laporan
	verdict "replica: a node serves with it" $?
	echo "no session" >"$work/err"
	verdict "replica: it is read from" "$([ "$(pg_sql postgres "SELECT count(*) > 0 FROM pg_stat_activity WHERE application_name = 'lapor'" "$b")" = t ]; echo $?)"
	pg_sql postgres "SELECT pg_wal_replay_pause()" "$b" >/dev/null
	pg_sql nation "UPDATE report SET public_title = 'Judul yang baru saja ditulis' WHERE is_public = 1" "$a"
	sleep 1.1
	shows ''
	verdict "replica: while it is behind, strangers see what was" "$([ $? -eq 1 ]; echo $?)"
	shows 'baru=1'
	verdict "replica: who has just written sees what is" $?
	curl -s -m 20 -D "$work/err" -o /dev/null -d 'jenis=pengaduan&judul=Lampu+jalan+mati&isi=Lampu+jalan+mati+sejak+sepekan.&sifat=anonim' \
		"http://127.0.0.1:$port/lapor/kirim"
	verdict "replica: who writes is told apart for a minute" "$(grep -qi '^set-cookie: baru=1; .*max-age=60' "$work/err"; echo $?)"
	pg_sql postgres "SELECT pg_wal_replay_resume()" "$b" >/dev/null
	wait_shows 0 ''
	verdict "replica: when it has caught up, everybody sees it" $?
	stop_postgres "$b"
	[ "$(status_of /laporan)" = 200 ]
	verdict "replica: when it is gone, the primary answers" $?
	stop_server
	verdict "replica: the node ends in good order" $?
	stop_pair "$a" "$b"
}
