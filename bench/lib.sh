# SPDX-License-Identifier: Apache-2.0
# Sourced by run.sh: databases, servers, loads. A measurement is one line of the file $notes, "kind" and key=value pairs
# between tabs; report.mjs makes tables of them.
# The caller has set lapor, build, work (what is kept for the next run), notes, seconds, sizes.

say() { echo "$*" >&2; }
note() { local IFS=$'\t'; echo "$*" >>"$notes"; }
in_us() { awk -v t="$1" 'BEGIN { f = t ~ /ms$/ ? 1000 : t ~ /us$/ ? 1 : t ~ /m$/ ? 60000000 : 1000000; printf "%.0f", t * f }'; }
per() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b ? a / b : 0 }'; }

# Processors' time of processes, in ticks of 10 ms; one that has ended counts nothing.
ticks() { local p; for p in "$@"; do awk '{ print $14 + $15 }' "/proc/$p/stat" 2>/dev/null; done | awk '{ n += $1 } END { print n + 0 }'; }
pss_kb() { awk '/^Pss:/ { print $2 }' "/proc/$1/smaps_rollup"; }

# timed COMMAND...: its output goes to $work/out, what it says to $work/err; sets wall and cpu, in seconds.
timed() {
	local TIMEFORMAT='%R %U %S' rc times
	times=$({ time "$@" >"$work/out" 2>"$work/err"; } 2>&1)
	rc=$?
	read -r wall cpu < <(awk '{ print $1, $2 + $3 }' <<<"$times")
	[ $rc -eq 0 ] || { say "$* failed:"; tail -n 3 "$work/err" >&2; exit 1; }
}

# The databases of an earlier run are used again while neither the tables nor the demo have changed.
forget_old_databases() {
	local now
	now=$(cat src/store/schema/*.sql src/cmd/demo*.c src/app/life.c src/core/words.c src/core/stem.def src/core/slang.def | cksum)
	[ "$(cat "$work/made-of" 2>/dev/null)" = "$now" ] && return
	rm -rf "${work:?}"/*.db* "$work"/*.accounts "$work"/*.made "$work/pg"
	echo "$now" >"$work/made-of"
}

# Demo data of one size: the database, the accounts, and how long it took, which stays beside it.
make_sqlite() {
	local size=$1 base=$work/$1
	[ -s "$base.accounts" ] && return
	say "making $size demo reports ..."
	rm -f "$base.db"*
	timed "$lapor" demo --db "sqlite:$base.db" --reports "$size" --seed 7
	cp "$work/out" "$work/new.accounts"
	local notes=$base.made
	: >"$notes"
	note demo engine=sqlite size="$size" wall="$wall" cpu="$cpu"
	timed "$lapor" check --db "sqlite:$base.db"
	note check engine=sqlite size="$size" wall="$wall" cpu="$cpu"
	mv "$work/new.accounts" "$base.accounts"
}

# The server's own settings for a machine of this size; everything that makes a commit durable is on.
pg_begin() {
	[ -d "$work/pg" ] || make_postgres || { say "PostgreSQL cannot be set up: $(tail -n 1 "$work/pg.log")"; exit 1; }
	run_postgres "$work/pg" -c fsync=on -c full_page_writes=on -c shared_buffers=1GB -c max_wal_size=4GB -c checkpoint_timeout=15min \
		-c random_page_cost=1.1 -c effective_cache_size=4GB -c maintenance_work_mem=256MB || { say "PostgreSQL does not start: $(tail -n 1 "$work/pg.log")"; exit 1; }
	postmaster=$(head -n 1 "$work/pg/data/postmaster.pid")
}
pg_end() { stop_postgres "$work/pg"; }
pg_database() { as_postgres "$pg/createdb" -h "$work/pg" -U lapor -T "${2:-template0}" ${2:+--strategy=file_copy} "$1"; }
pg_drop() { as_postgres "$pg/dropdb" -h "$work/pg" -U lapor --if-exists --force "$1"; }

make_pgsql() {
	local size=$1 name=d$1 notes=$work/$1.pgsql.made
	[ -s "$notes" ] && return
	say "copying $size reports to PostgreSQL ..."
	pg_drop "$name"
	as_postgres "$pg/createdb" -h "$work/pg" -U lapor -T template0 --locale=C -E UTF8 "$name"
	timed "$lapor" copy --from "sqlite:$work/$size.db" --to "$(pg_url "$name")"
	local copied=$wall copied_cpu=$cpu
	pg_sql "$name" "VACUUM ANALYZE" >/dev/null
	timed "$lapor" check --db "$(pg_url "$name")"
	note copy engine=pgsql size="$size" wall="$copied" cpu="$copied_cpu"
	note check engine=pgsql size="$size" wall="$wall" cpu="$cpu"
}

# fresh ENGINE SIZE: a copy that may be written to; sets db, its address.
fresh() {
	case $1 in
	sqlite) rm -f "$work/run-$2.db"*; cp "$work/$2.db" "$work/run-$2.db"; db=sqlite:$work/run-$2.db ;;
	pgsql) pg_drop "run$2"; pg_database "run$2" "d$2"; db=$(pg_url "run$2") ;;
	esac
}
away() {
	case $1 in
	sqlite) rm -f "$work/run-$2.db"* ;;
	pgsql) pg_drop "run$2" ;;
	esac
}
# ask ENGINE SIZE STATEMENT
ask() {
	case $1 in
	sqlite) sqlite3 "$work/run-$2.db" "$3" ;;
	pgsql) pg_sql "run$2" "$3" ;;
	esac
}

# serve ENGINE SIZE: on a fresh copy; sets server[SIZE], port[SIZE], started_ms.
declare -A server port
serve() {
	local begin
	fresh "$1" "$2"
	port[$2]=$((12000 + RANDOM % 10000))
	begin=$(date +%s%N)
	"$lapor" serve --db "$db" --listen "127.0.0.1:${port[$2]}" 2>"$work/serve-$2.log" &
	server[$2]=$!
	until curl -fsS -o /dev/null "http://127.0.0.1:${port[$2]}/healthz" 2>/dev/null; do
		kill -0 "${server[$2]}" 2>/dev/null || { say "the server ended:"; cat "$work/serve-$2.log" >&2; exit 1; }
		sleep 0.01
	done
	started_ms=$((($(date +%s%N) - begin) / 1000000))
	settle "$2"
}
# The jobs that were due when the server started are done before anything is measured.
settle() {
	local before
	for _ in $(seq 120); do
		before=$(ticks "${server[$1]}")
		sleep 0.5
		[ $(($(ticks "${server[$1]}") - before)) -ge 3 ] || return
	done
}
end_server() { kill "${server[$2]}"; wait "${server[$2]}" 2>/dev/null; unset "server[$2]"; away "$1" "$2"; }
# The processes whose time is the answer's: lapor's, and those of the database server.
answering() { echo "${server[$2]}"; [ "$1" = sqlite ] || pgrep -P "$postmaster"; }

# load "PID..." WRK-ARGUMENT...: sets rps, us (of the processors, a request), p50, p99 (us), bad
load() {
	local pids=$1 before out n
	shift
	# shellcheck disable=SC2086
	before=$(ticks $pids)
	out=$(wrk -t2 -c64 -d"${seconds}s" --latency "$@" 2>&1)
	# shellcheck disable=SC2086
	n=$(awk '/requests in/ { print $1 }' <<<"$out") us=$(($(ticks $pids) - before))
	us=$(awk -v t="$us" -v n="${n:-1}" 'BEGIN { printf "%.1f", t * 10000 / n }')
	rps=$(awk '/Requests\/sec/ { printf "%.0f", $2 }' <<<"$out")
	p50=$(in_us "$(awk '$1 == "50%" { print $2 }' <<<"$out")") p99=$(in_us "$(awk '$1 == "99%" { print $2 }' <<<"$out")")
	bad=$(awk '/Non-2xx/ { n += $NF } /Socket errors/ { gsub(/[^0-9 ]/, ""); for (i = 1; i <= NF; i++) n += $i } END { print n + 0 }' <<<"$out")
	[ "$bad" = 0 ] || say "  $bad requests failed"
}

# static FILE: nginx that serves it; sets nginx (its workers) and nport.
static() {
	nport=$((22000 + RANDOM % 10000))
	mkdir -p "$work/www" "$work/nginx"
	cp "$1" "$work/www/page.html"
	cat >"$work/nginx/conf" <<-CONF
		worker_processes 2; pid $work/nginx/pid; daemon on; error_log $work/nginx/error.log;
		events { worker_connections 512; }
		http { access_log off; sendfile on; keepalive_requests 10000000; types { text/html html; }
		client_body_temp_path $work/nginx/b; proxy_temp_path $work/nginx/p; fastcgi_temp_path $work/nginx/f; uwsgi_temp_path $work/nginx/u; scgi_temp_path $work/nginx/s;
		server { listen 127.0.0.1:$nport; root $work/www; } }
	CONF
	[ "$(id -u)" -ne 0 ] || sed -i '1i user root;' "$work/nginx/conf"
	nginx -c "$work/nginx/conf" 2>/dev/null || { say "nginx does not start"; exit 1; }
	nginx=$(pgrep -P "$(cat "$work/nginx/pid")" | tr '\n' ' ')
}
static_end() {
	[ -e "$work/nginx/pid" ] || return 0
	kill "$(cat "$work/nginx/pid")"
	while [ -e "$work/nginx/pid" ]; do sleep 0.02; done
}

# sign_in SIZE ROLE: prints the cookies of that role's first account.
sign_in() {
	local login password token jar=$work/jar url=http://127.0.0.1:${port[$1]}/masuk
	rm -f "$jar"
	IFS=$'\t' read -r _ login password < <(grep -m1 "^$2	" "$work/$1.accounts")
	token=$(curl -s -c "$jar" "$url" | grep -oE 'name="csrf" value="[^"]*"' | head -n 1 | cut -d'"' -f4)
	curl -s -o /dev/null -b "$jar" -c "$jar" --data-urlencode "login=$login" --data-urlencode "sandi=$password" \
		--data-urlencode "csrf=$token" "$url"
	awk '!/^# / && NF >= 7 { sub(/^#HttpOnly_/, ""); printf "%s%s=%s", s, $6, $7; s = "; " }' "$jar"
}

# What the figures were measured on; nothing that names the machine.
machine() {
	note machine processor="$(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)" cores="$(nproc)" \
		memory_gb="$(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)" kernel="$(uname -r | cut -d- -f1)" \
		system="$(. /etc/os-release; echo "$PRETTY_NAME")" sqlite="$(sqlite3 --version | cut -d' ' -f1)" \
		postgresql="$("$pg/postgres" --version | awk '{ print $3 }')" nginx="$(nginx -v 2>&1 | sed 's,.*/,,')" \
		compiler="$(${CC:-gcc} -dumpfullversion 2>/dev/null)" lapor="$(git describe --always --dirty 2>/dev/null)" syncs="$(syncs)"
}
# 4 KB written and forced to the disk, how many a second.
syncs() {
	local n=1000 begin
	begin=$(date +%s%N)
	dd if=/dev/zero of="$work/sync" bs=4k count=$n oflag=dsync 2>/dev/null
	rm -f "$work/sync"
	awk -v n=$n -v t=$(($(date +%s%N) - begin)) 'BEGIN { printf "%.0f", n * 1e9 / t }'
}
