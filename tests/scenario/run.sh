#!/bin/bash
# The scenario ring: every tests/scenario/*.scn on both engines, and that both say the same.
# Usage: tests/scenario/run.sh BUILD_DIR [sqlite|pgsql] [--accept] [FILE...]
set -u
build=$(cd "$1" && pwd) || exit 1
shift
engine=both
case ${1:-} in sqlite | pgsql) engine=$1; shift ;; esac
cd "$(dirname "$0")/../.." || exit 1
whole=0 accept=0
[ "${1:-}" != --accept ] || { accept=1; shift; }
[ $# -gt 0 ] || { whole=1; set -- tests/scenario/*.scn; }
ninja -C "$build" scenario lapor >"$build/.scenario.log" 2>&1 || { tail -n 30 "$build/.scenario.log"; echo "not ok - the scenario runner does not build"; exit 1; }
export LAPOR=$build/lapor
work=$(mktemp -d /tmp/lapor-scn-XXXXXX)
. tests/postgres.sh
trap 'stop_postgres; rm -rf "$work"' EXIT
bad=0

if [ "$engine" != pgsql ]; then
	"$build/scenario" "$@" >"$work/sqlite" 2>&1 || bad=1
	cat "$work/sqlite"
fi
if [ "$engine" != sqlite ]; then
	start_postgres || exit 1
	LAPOR_PGSQL=$(pg_url postgres) "$build/scenario" "$@" >"$work/pgsql" 2>&1 || bad=1
	sed -E 's/^((not )?ok - )/\1PostgreSQL: /' "$work/pgsql"
fi
if [ "$engine" = both ]; then
	if diff "$work/sqlite" "$work/pgsql" >"$work/diff"; then
		echo "ok - the scenarios say the same on both engines"
	else
		cat "$work/diff"
		echo "not ok - the scenarios say the same on both engines"
		bad=1
	fi
fi

# What the stories went through, a line for each step and branch of the ten SOPs: "tjt-20#2e/1 STORY...". Only of a whole
# run; coverage.txt is what it was when it was last accepted, and check-source reads it.
cover() {
	awk 'FNR == 1 { sop = FILENAME; sub(/.*\//, "", sop); sub(/\.yaml$/, "", sop) }
		/^[a-z]/ { in_steps = /^steps:/ }
		in_steps && /^  - id:/ { id = $3; gsub(/"/, "", id); n = 0; print sop "#" id }
		in_steps && /^      - \{ when:/ { print sop "#" id "/" ++n }' sop/*.yaml >"$work/wanted"
	awk 'NR == FNR { if (/^# covers /) for (i = 4; i <= NF; i++) if (index(by[$i] " ", " " $3 " ") == 0) by[$i] = by[$i] " " $3; next }
		{ print $1 by[$1] }' "$1" "$work/wanted" >"$work/coverage"
	[ $accept = 0 ] || cp "$work/coverage" tests/scenario/coverage.txt
	awk 'NF == 1 { print "# not played: " $1 }' "$work/coverage"
	if [ ! -s "$work/wanted" ] || awk 'NF == 1 { n++ } END { exit !n }' "$work/coverage"; then
		echo "not ok - the stories go through every step and branch of the ten SOPs"
		return 1
	fi
	echo "ok - the stories go through every step and branch of the ten SOPs ($(wc -l <"$work/wanted"))"
	diff tests/scenario/coverage.txt "$work/coverage" && echo "ok - tests/scenario/coverage.txt is up to date" && return
	echo "not ok - tests/scenario/coverage.txt is up to date: make accept"
	return 1
}
[ $whole = 0 ] || cover "$work/$([ "$engine" = pgsql ] && echo pgsql || echo sqlite)" || bad=1
exit $bad
