#!/bin/bash
# Runs the rings of tests one after the other and closes with "N passed, N failed".
# Usage: tests/run.sh [--all] [RING...]    rings: see the list at the end; default: every one
#
# A ring is a command that prints a line "ok - what" or "not ok - what: why" per test (TAP's
# numbers are fine too). A ring that ends badly without saying why, or that runs nothing, counts
# as one failure: silence is never a pass.
set -u
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build}
DEBUG=${DEBUG:-build-debug}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1}
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
passed=0 failed=0 all=0
[ "${1:-}" = --all ] && { all=1; shift; }
wanted=" $* "

ring() {
	local name=$1 limit=$2 log begin rc ok bad
	shift 2
	if [ "$wanted" != "  " ] && [[ "$wanted" != *" $name "* ]]; then
		return
	fi
	log=$logs/$name
	begin=$SECONDS
	timeout -k 10 "$limit" "$@" >"$log" 2>&1
	rc=$?
	ok=$(grep -cE '^[[:space:]]*ok ' "$log")
	bad=$(grep -cE '^[[:space:]]*not ok ' "$log")
	if [ "$bad" -eq 0 ] && { [ "$rc" -ne 0 ] || [ "$ok" -eq 0 ]; }; then
		bad=1
		echo "not ok - ring $name ended with status $rc after $ok tests" >>"$log"
	fi
	passed=$((passed + ok)) failed=$((failed + bad))
	printf '%-10s %5d passed %3d failed %4d s\n' "$name" "$ok" "$bad" $((SECONDS - begin))
	[ "$bad" -eq 0 ] || { grep -nE -B12 '^[[:space:]]*not ok ' "$log" | tail -n 120; tail -n 15 "$log"; }
}

unit_tests() {
	local t rc=0
	for t in "$DEBUG"/test_*; do
		[ -x "$t" ] && [ ! -d "$t" ] || continue
		echo "# ${t##*/}"
		CMOCKA_MESSAGE_OUTPUT=TAP "$t" 2>&1 || rc=1
	done
	return $rc
}
export DEBUG BUILD
export -f unit_tests
# The long forms: many kills on both engines, ten failovers, a copy of a large installation there and back.
pgsql_limit=600 crash_limit=300 crash_rounds='8 4'
if [ $all -eq 1 ]; then
	pgsql_limit=5400 crash_limit=5400 crash_rounds='200 100'
	export FAILOVERS=10 COPY_REPORTS=100000
fi

ring source 120 tools/check-source.sh
ring checker 60 bash tests/source/run.sh
ring unit 600 bash -c unit_tests
ring reject 120 bash tests/reject/run.sh "$DEBUG"
ring workflow 120 bash tests/workflow/run.sh "$DEBUG"
ring scenario 300 bash tests/scenario/run.sh "$DEBUG"
ring sql 300 bash tests/sql/run.sh "$DEBUG"
ring pgsql "$pgsql_limit" bash tests/pgsql/run.sh "$DEBUG"
ring race 120 bash tests/race/run.sh "$DEBUG"
ring fuzz 300 bash tests/fuzz/run.sh "$DEBUG"
ring cli 300 bash tests/cli/run.sh "$DEBUG"
ring import 600 bash tests/import/run.sh "$BUILD"
ring web 600 bash tests/web/run.sh "$DEBUG"
ring s3 300 bash tests/s3/run.sh "$DEBUG"
ring golden 300 bash tests/golden/run.sh "$BUILD"
# shellcheck disable=SC2086
ring crash "$crash_limit" bash tests/crash/run.sh "$BUILD" $crash_rounds
ring browser 900 bash tests/e2e/run.sh "$DEBUG"

echo
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
