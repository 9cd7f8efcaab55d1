# SPDX-License-Identifier: Apache-2.0
# Sourced by rings that have a database to serve: the short form of the hour of mixed load (bench/README.md).

# mixed_load BUILD DB-URL ACCOUNTS WORK RATE SECONDS NAME: serves the database under a fixed rate of what people send. No request
# may fail, the server may hold no more memory, files and threads at the end than before, must end well (on a debug
# build: without a leak), and leave a database that checks clean. Prints a line per test; status 1 when one failed. While it
# runs, $server is the server's process: the caller's trap ends it.
mixed_load() {
	local build=$1 url=$2 accounts=$3 work=$4 rate=$5 seconds=$6 name=$7 port rc bad=0
	ninja -C "$build" bench_load >/dev/null || { echo "not ok - $name: the load generator builds"; return 1; }
	port=$((20000 + RANDOM % 20000))
	# Freed memory is kept from use for a while by the sanitizer; that is not what grows here.
	ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}quarantine_size_mb=1 \
		"$build/lapor" serve --db "$url" --listen 127.0.0.1:$port >/dev/null 2>"$work/mixed.log" &
	server=$!
	for _ in $(seq 200); do
		curl -fsS -o /dev/null "http://127.0.0.1:$port/healthz" 2>/dev/null && break
		sleep 0.05
	done
	"$build/bench_load" mixed --listen 127.0.0.1:$port --accounts "$accounts" --clients 16 --rate "$rate" --seconds "$seconds" \
		--every 1 --pid "$server" --grow-kb 4096 >"$work/mixed.out" 2>&1
	rc=$?
	if [ $rc -eq 0 ]; then
		echo "ok - $name: mixed load without errors, and nothing grows"
	else
		echo "not ok - $name: mixed load: $(tail -n 14 "$work/mixed.out" | tr '\n' ';')"
		bad=1
	fi
	kill "$server" && wait "$server"
	rc=$?
	server=
	if [ $rc -eq 0 ]; then
		echo "ok - $name: the server ends well after mixed load"
	else
		echo "not ok - $name: the server ends with $rc: $(grep -v ' info ' "$work/mixed.log" | head -c 1500 | tr '\n' ';')"
		bad=1
	fi
	if "$build/lapor" check --db "$url" >"$work/mixed.out" 2>&1; then
		echo "ok - $name: check is clean after mixed load"
	else
		echo "not ok - $name: check after mixed load: $(head -n 5 "$work/mixed.out" | tr '\n' ';')"
		bad=1
	fi
	return $bad
}
