#!/bin/bash
# Measures lapor against the limits of this machine in one run and prints ratios with their targets. It is
# no test: a figure never fails a build. What bounds each figure: docs/performance.md.
# Usage: bench/run.sh LAPOR
# BENCH_SIZES: reports of the databases, the smallest first (default "10000 1000000"); BENCH_SECONDS: of each load;
# BENCH_DIR: where the databases are kept for the next run; BENCH_PAGES: which pages, a regular expression.
set -u
cd "$(dirname "$0")/.."
lapor=$PWD/${1#"$PWD"/} build=$(dirname "$1") sizes=${BENCH_SIZES:-10000 1000000}
seconds=${BENCH_SECONDS:-5} pages=${BENCH_PAGES:-.} work=${BENCH_DIR:-$PWD/build/bench-data}
pids=()
cleanup() { [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null; }
trap cleanup EXIT
mkdir -p "$work"
ninja -C "$build" group_commit >/dev/null || exit 1
port=$((21000 + RANDOM % 9000)) nport=$((31000 + RANDOM % 9000))
say() { echo "$*" >&2; }

start() { # DB: sets server; waits for the first answer and notes how long it took
	local begin=$(date +%s%N)
	"$lapor" serve --db "sqlite:$1" --listen 127.0.0.1:$port 2>"$work/serve.log" &
	server=$! pids+=("$server")
	until curl -fsS -o /dev/null "http://127.0.0.1:$port/healthz" 2>/dev/null; do
		kill -0 "$server" 2>/dev/null || { say "the server ended:"; cat "$work/serve.log" >&2; exit 1; }
		sleep 0.01
	done
	started_ms=$((($(date +%s%N) - begin) / 1000000))
}
stop() { kill "$server"; wait "$server" 2>/dev/null; }
cpu() { awk '{ print $14 + $15 }' "/proc/$1/stat"; } # in ticks of 10 ms
pss() { awk '/^Pss:/ { printf "%.1f", $2 / 1024 }' "/proc/$1/smaps_rollup"; }

# load PID... -- WRK-ARGS: prints "requests/s  cpu-microseconds/request  p50  p99"
load() {
	local watch=() before=0 after=0 p out n
	while [ "$1" != -- ]; do watch+=("$1"); shift; done; shift
	for p in "${watch[@]}"; do before=$((before + $(cpu "$p"))); done
	out=$(wrk -t2 -c64 -d"${seconds}s" --latency "$@" 2>&1)
	for p in "${watch[@]}"; do after=$((after + $(cpu "$p"))); done
	n=$(awk '/requests in/ { print $1 }' <<<"$out")
	grep -qE 'Non-2xx|Socket errors' <<<"$out" && say "  note: $(grep -E 'Non-2xx|Socket errors' <<<"$out" | tr -s ' ')"
	awk -v n="${n:-1}" -v c=$((after - before)) '/Requests\/sec/ { r = $2 } $1 == "50%" { a = $2 } $1 == "99%" { b = $2 }
		END { printf "%.0f %.1f %s %s\n", r, c * 10000 / n, a, b }' <<<"$out"
}

static() { # FILE: nginx serving it; sets nginx pids
	mkdir -p "$work/www" "$work/nginx"
	cp "$1" "$work/www/page.html"
	cat >"$work/nginx/conf" <<EOF
worker_processes 2; pid $work/nginx/pid; daemon on; error_log $work/nginx/error.log;
events { worker_connections 512; }
http { access_log off; sendfile on; keepalive_requests 10000000; types { text/html html; }
client_body_temp_path $work/nginx/b; proxy_temp_path $work/nginx/p; fastcgi_temp_path $work/nginx/f; uwsgi_temp_path $work/nginx/u; scgi_temp_path $work/nginx/s;
server { listen 127.0.0.1:$nport; root $work/www; } }
EOF
	[ "$(id -u)" -ne 0 ] || sed -i '1i user root;' "$work/nginx/conf"
	nginx -c "$work/nginx/conf" 2>/dev/null || { say "nginx does not start"; exit 1; }
	nginx_pids=$(pgrep -P "$(cat "$work/nginx/pid")")
}
static_stop() { kill "$(cat "$work/nginx/pid")"; while [ -e "$work/nginx/pid" ]; do sleep 0.02; done; }
declare -A first # the p99 of each page at the first size, in us
in_us() { awk -v t="$1" 'BEGIN { f = t ~ /ms$/ ? 1000 : t ~ /us$/ ? 1 : 1000000; printf "%.0f", t * f }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b ? a / b : 0 }'; }
row() { printf '| %s | %s | %s | %s |\n' "$@"; }

database() { # SIZE: makes it once; accounts beside it
	[ -s "$work/$1.accounts" ] && return
	rm -f "$work/$1.db"*
	say "making $1 demo reports ..."
	row "demo, $1 reports" "$(rate "$1" "$lapor" demo --db "sqlite:$work/$1.db" --reports "$1" --seed 7 2>"$work/demo.log")" \
		"" "target 20000/s"
	[ -s "$work/rate.out" ] || { tail -n 3 "$work/demo.log" >&2; exit 1; }
	mv "$work/rate.out" "$work/$1.accounts"
	row "check, $1 reports" "$(rate "$1" "$lapor" check --db "sqlite:$work/$1.db" 2>"$work/demo.log")" "" "1M: 120 s"
}
# rate N COMMAND...: how many of N a second, and the CPU of each; the command's output goes to rate.out.
rate() {
	local n=$1 TIMEFORMAT='%R %U %S'
	shift
	{ time "$@" >"$work/rate.out" 2>"$work/rate.err"; } 2>&1 |
		awk -v n="$n" '{ printf "%.0f/s (%.1f s), %.1f us cpu each", n / $1, $1, ($2 + $3) * 1e6 / n }'
}
sign_in() { # SIZE ROLE: a cookie header of that role's first account
	local login password token jar=$work/jar
	rm -f "$jar"
	IFS=$'\t' read -r _ login password < <(grep -m1 "^$2	" "$work/$1.accounts")
	token=$(curl -s -c "$jar" "http://127.0.0.1:$port/masuk" | grep -oE 'name="csrf" value="[^"]*"' | head -n 1 | cut -d'"' -f4)
	curl -s -o /dev/null -b "$jar" -c "$jar" --data-urlencode "login=$login" --data-urlencode "sandi=$password" \
		--data-urlencode "csrf=$token" "http://127.0.0.1:$port/masuk"
	awk '!/^# / && NF >= 7 { sub(/^#HttpOnly_/, ""); printf "%s%s=%s", s, $6, $7; s = "; " }' "$jar"
}

echo "| figure | lapor | against | ratio, target |"
echo "|---|---|---|---|"
for size in $sizes; do
	database "$size"
	db=$work/run.db
	rm -f "$db"*; cp "$work/$size.db" "$db"
	start "$db"
	row "start to first answer, $size reports" "$started_ms ms" "" "target 500 ms"
	row "memory idle, $size reports" "$(pss "$server") MB" "" "target 24 MB (1M: 96)"
	code=$(sqlite3 "$db" "SELECT code FROM report WHERE is_open = 1 AND is_public = 1 ORDER BY id DESC LIMIT 1")
	number=$(sqlite3 "$db" "SELECT number FROM report WHERE is_public = 1 AND is_open = 0 ORDER BY id DESC LIMIT 1")
	cookie=$(sign_in "$size" agency_admin)
	# The kept pages are answered from memory; any cookie but language and look makes lapor render them anew.
	for page in "tracking:/lacak/$code" "home, kept:/" "public list, kept:/laporan" "public report, kept:/laporan/$number" \
		"search, kept:/laporan?q=lampu+jalan" "home:/" "public list:/laporan" "public report:/laporan/$number" \
		"search:/laporan?q=lampu+jalan" "inbox:/meja" "inbox search:/meja?q=lampu"; do
		url="http://127.0.0.1:$port${page#*:}" what=${page%%:*} header=()
		[[ $what =~ $pages ]] || continue
		case $what in inbox*) header=(-H "Cookie: $cookie");; *kept | tracking) ;; *) header=(-H "Cookie: x=1");; esac
		got=$(curl -s -o "$work/page.html" -w '%{http_code}' "${header[@]}" "$url")
		[ "$got" = 200 ] || { say "  $what answers $got"; continue; }
		read -r lr lc l50 l99 < <(load "$server" -- "${header[@]}" "$url")
		static "$work/page.html"
		# shellcheck disable=SC2086
		read -r nr nc n50 n99 < <(load $nginx_pids -- "http://127.0.0.1:$nport/page.html")
		static_stop
		: "${first[$what]:=$(in_us "$l99")}"
		case $what in tracking) t="cpu <= 4, then 2";; *kept) t="cpu <= 2, then 1.2";; inbox) t="cpu <= 10";; *) t="no target";; esac
		row "$what, $size reports, $(stat -c %s "$work/page.html") bytes" "$lr/s, $lc us cpu, p50 $l50 p99 $l99" \
			"nginx static $nr/s, $nc us, p99 $n99" "cpu $(ratio "$lc" "$nc") ($t), req/s $(ratio "$lr" "$nr"), \
p99 $(ratio "$(in_us "$l99")" "${first[$what]}") of the first size's (<= 1.5)"
	done
	before=$(sqlite3 "$db" "SELECT count(*) FROM report")
	read -r pr pc p50 p99 < <(load "$server" -- -s bench/submit.lua "http://127.0.0.1:$port/lapor/kirim")
	row "memory under 64 connections, $size reports" "$(pss "$server") MB" "" "target 96 MB"
	stop
	after=$(sqlite3 "$db" "SELECT count(*) FROM report")
	rm -f "$work/plain.db"*; cp "$work/$size.db" "$work/plain.db"
	sqlite3 "$db" "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
	limit=$("$build/group_commit" "$db" "$work/plain.db" 64 | awk '{ printf "%.0f", $(NF-1) }')
	row "durable POST of a report, 64 clients, $size reports" "$pr/s ($((after - before)) rows), $pc us cpu, p50 $p50 p99 $p99" \
		"plain SQLite group commit of the same rows $limit/s" "$(ratio "$pr" "$limit") (>= 0.5, then 1.0)"
	rm -f "$db"* "$work/plain.db"*
done
