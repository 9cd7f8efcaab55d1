#!/bin/bash
# Measures lapor against the limits of this machine in one run: writes bench/results/DAY.md, .svg and .tsv and prints the
# tables. It is no test: a figure never fails a build. What bounds each figure: docs/performance.md.
# Usage: bench/run.sh LAPOR
# BENCH_SIZES: reports of the databases, the smallest first (default "10000 1000000"; 10000000 works, with 60 GB of room);
# BENCH_ENGINES (default "sqlite pgsql"); BENCH_SECONDS: of each load; BENCH_ROUNDS: of each page, the median counts;
# BENCH_PARTS: pages, open, writes, lives, mixed; BENCH_PAGES: which pages, a regular expression; BENCH_MIXED: seconds of the
# mixed load (3600 for the search of leaks); BENCH_DIR: where the databases are kept; BENCH_OUT: where the results go.
set -u
cd "$(dirname "$0")/.."
lapor=$PWD/${1#"$PWD"/} build=$(dirname "$1") sizes=${BENCH_SIZES:-10000 1000000} engines=${BENCH_ENGINES:-sqlite pgsql}
seconds=${BENCH_SECONDS:-3} rounds=${BENCH_ROUNDS:-3} parts=${BENCH_PARTS:-pages open writes lives mixed} pages=${BENCH_PAGES:-.}
mixed_seconds=${BENCH_MIXED:-60} work=${BENCH_DIR:-$PWD/$build/bench-data} out=${BENCH_OUT:-bench/results}
mkdir -p "$work" "$out"
work=$(cd "$work" && pwd) notes=$work/notes.tsv
. tests/postgres.sh
. bench/lib.sh
finish() {
	local p
	for p in "${server[@]}"; do kill "$p" 2>/dev/null; done
	static_end
	pg_end
}
trap finish EXIT
ninja -C "$build" group_commit bench_load >/dev/null || exit 1
wants() { [[ " $parts " == *" $1 "* ]]; }
biggest=${sizes##* }

# The kept pages are answered from memory; any cookie but language and look makes lapor render them anew.
addresses() { # ENGINE SIZE
	local code number
	code=$(ask "$1" "$2" "SELECT code FROM report WHERE is_open = 1 AND is_public = 1 ORDER BY id DESC LIMIT 1")
	number=$(ask "$1" "$2" "SELECT number FROM report WHERE is_public = 1 AND is_open = 0 ORDER BY id DESC LIMIT 1")
	path=([tracking]=/lacak/$code ["home, kept"]=/ ["public list, kept"]=/laporan ["public report, kept"]=/laporan/$number
		["search, kept"]="/laporan?q=lampu+jalan" [home]=/ ["public list"]=/laporan ["public report"]=/laporan/$number
		[search]="/laporan?q=lampu+jalan" [inbox]=/meja ["inbox search"]="/meja?q=lampu")
}
page_names=(tracking "home, kept" "public list, kept" "public report, kept" "search, kept" home "public list" "public report" search
	inbox "inbox search")
# Sets header and url of a page at a size.
page_at() {
	url=http://127.0.0.1:${port[$2]}${path[$1]} header=()
	case $1 in
	inbox*) header=(-H "Cookie: ${cookie[$2]}") ;;
	*kept | tracking) ;;
	*) header=(-H "Cookie: x=1") ;;
	esac
}

# Each page in turn at every size, so that what else the machine does falls on all of them.
measure_page() { # ENGINE WHAT
	local engine=$1 what=$2 size round got
	for round in $(seq "$rounds"); do
		for size in $sizes; do
			addresses "$engine" "$size"
			page_at "$what" "$size"
			got=$(curl -s -o "$work/page-$size.html" -w '%{http_code}' "${header[@]}" "$url")
			[ "$got" = 200 ] || { say "  $what answers $got"; return; }
			load "$(answering "$engine" "$size" | tr '\n' ' ')" "${header[@]}" "$url"
			note page what="$what" engine="$engine" size="$size" bytes="$(stat -c %s "$work/page-$size.html")" \
				rps="$rps" us="$us" p50="$p50" p99="$p99" bad="$bad"
			[ "$round" = 1 ] || continue
			static "$work/page-$size.html"
			load "$nginx" "http://127.0.0.1:$nport/page.html"
			static_end
			note nginx what="$what" engine="$engine" size="$size" rps="$rps" us="$us" p50="$p50" p99="$p99"
		done
	done
}

# The same rate at every size, far below what the server can do: what a person waits.
# Longer, because one in a hundred of few is chance.
measure_open() { # ENGINE WHAT RATE
	local engine=$1 what=$2 rate=$3 size line
	for _ in $(seq "$rounds"); do
		for size in $sizes; do
			addresses "$engine" "$size"
			page_at "$what" "$size"
			line=$("$build/bench_load" get "$url" "${header[@]/#-H/--header}" --clients 64 --seconds $((seconds * 4)) --rate "$rate") ||
				{ say "  $what: $line"; return; }
			# shellcheck disable=SC2086
			note open what="$what" engine="$engine" size="$size" rate="$rate" $(numbers "$line")
		done
	done
}
# The generator's "key value" or "key=value" words, as pairs.
numbers() { grep -oE '[a-z0-9_.]+=[0-9.]+' <<<"$1" | tr '\n' ' '; }

read_pages() { # ENGINE
	local size what
	declare -gA path cookie=()
	for size in $sizes; do
		serve "$1" "$size"
		note start engine="$1" size="$size" ms="$started_ms" idle_kb="$(pss_kb "${server[$size]}")"
		cookie[$size]=$(sign_in "$size" agency_admin)
	done
	for what in "${page_names[@]}"; do
		[[ $what =~ $pages ]] || continue
		say "$1: $what"
		! wants pages || measure_page "$1" "$what"
		! wants open || case $what in
		tracking) measure_open "$1" "$what" 500 ;;
		"public list" | search | inbox | "inbox search") measure_open "$1" "$what" 100 ;;
		esac
	done
	for size in $sizes; do
		note memory engine="$1" size="$size" kb="$(pss_kb "${server[$size]}")"
		end_server "$1" "$size"
	done
}

# What the database alone can do with the same rows, in the same minutes.
limit_of_writes() { # ENGINE SIZE
	case $1 in
	sqlite)
		rm -f "$work/plain.db"*
		cp "$work/$2.db" "$work/plain.db"
		sqlite3 "$work/run-$2.db" "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
		"$build/group_commit" "$work/run-$2.db" "$work/plain.db" 64 | awk '{ printf "%.0f", $(NF-1) }'
		rm -f "$work/plain.db"*
		;;
	pgsql)
		pg_drop plain
		pg_database plain
		"$pg/psql" -X -q -h "$work/pg" -U lapor -d plain -f bench/insert_init.sql >/dev/null
		"$pg/pgbench" -n -h "$work/pg" -U lapor -f bench/insert.sql -M prepared -c 8 -j 2 -T "$seconds" plain 2>/dev/null |
			awk '/^tps/ { printf "%.0f", $3 }'
		pg_drop plain
		;;
	esac
}

write_reports() { # ENGINE SIZE
	local before after limit
	say "$1, $2 reports: durable writes"
	serve "$1" "$2"
	before=$(ask "$1" "$2" "SELECT count(*) FROM report")
	load "$(answering "$1" "$2" | tr '\n' ' ')" -s bench/submit.lua "http://127.0.0.1:${port[$2]}/lapor/kirim"
	after=$(ask "$1" "$2" "SELECT count(*) FROM report")
	note memory engine="$1" size="$2" kb="$(pss_kb "${server[$2]}")"
	kill "${server[$2]}"
	wait "${server[$2]}" 2>/dev/null
	unset "server[$2]"
	limit=$(limit_of_writes "$1" "$2")
	note write engine="$1" size="$2" rps="$rps" us="$us" p50="$p50" p99="$p99" bad="$bad" rows=$((after - before)) limit="$limit"
	away "$1" "$2"
}

live() { # ENGINE SIZE
	local before line
	say "$1, $2 reports: whole lives"
	serve "$1" "$2"
	before=$(ticks $(answering "$1" "$2"))
	line=$("$build/bench_load" life --listen "127.0.0.1:${port[$2]}" --accounts "$work/$2.accounts" --clients 64 --seconds $((seconds * 3)))
	# shellcheck disable=SC2046
	note life engine="$1" size="$2" ticks=$(($(ticks $(answering "$1" "$2")) - before)) $(numbers "$(tail -n 1 <<<"$line")")
	end_server "$1" "$2"
}

mix() { # ENGINE SIZE
	local rate=60
	say "$1, $2 reports: mixed load, $mixed_seconds s"
	serve "$1" "$2"
	"$build/bench_load" mixed --listen "127.0.0.1:${port[$2]}" --accounts "$work/$2.accounts" --rate $rate --seconds "$mixed_seconds" \
		--every $((mixed_seconds < 400 ? mixed_seconds / 8 : 60)) --pid "${server[$2]}" >"$work/mixed-$1.txt" || say "  $(tail -n 1 "$work/mixed-$1.txt")"
	# shellcheck disable=SC2046
	note mixed engine="$1" size="$2" rate=$rate seconds="$mixed_seconds" $(numbers "$(grep -E '^(grown_kb|requests)=' "$work/mixed-$1.txt" | tr '\n' ' ')")
	end_server "$1" "$2"
}

forget_old_databases
: >"$notes"
machine
for size in $sizes; do make_sqlite "$size"; done
[[ " $engines " != *" pgsql "* ]] || pg_begin
for engine in $engines; do
	[ "$engine" = sqlite ] || for size in $sizes; do make_pgsql "$size"; done
	! wants pages && ! wants open || read_pages "$engine"
	for size in $sizes; do
		! wants writes || write_reports "$engine" "$size"
		! wants lives || live "$engine" "$size"
	done
	! wants mixed || mix "$engine" "$biggest"
done
for size in $sizes; do cat "$work/$size.made" "$work/$size.pgsql.made" 2>/dev/null; done >>"$notes"
day=$(date +%F)
cp "$notes" "$out/$day.tsv"
node bench/report.mjs "$out/$day"
cat "$out/$day.md"
