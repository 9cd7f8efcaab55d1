#!/bin/bash
# Does tools/check-source.sh find what it is there for? A small tree with one offence per rule is checked; every rule
# has to say no, for the line that is wrong and for no other.
# Usage: tests/source/run.sh
set -u
cd "$(dirname "$0")/../.." || exit 2
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
spdx='/* SPDX-License-Identifier: Apache-2.0 */'
fail=0

# What a leftover and a machine's path look like, put together so that this file holds none.
left="TO""DO" path="/ro""ot/secret"

put() { mkdir -p "$tree/$(dirname "$1")"; printf '%s\n' "${@:2}" >"$tree/$1"; }
check() { CHECK_ROOT=$tree BUILD=none DEBUG=none tools/check-source.sh; }

put src/core/good.h "$spdx" '#ifndef CORE_GOOD_H' 'struct good { int n; };' 'int good_count(const struct good *g);' '#endif'
put src/core/good.c "$spdx" '#include "core/good.h"' '/* sprintf(system, time(0)) in a comment */' \
	'static const char *const words[] = { "gets(", "atoi(\"" };' \
	'int good_count(const struct good *g)' '{' '	return words[0] ? g->n : '"'\"'"';' '}'
if ! check >"$tree/out"; then
	echo "not ok - a clean tree passes"; grep '^[#n]' "$tree/out"; fail=1
else
	echo "ok - a clean tree passes"
fi

# rule (a part of its name), file:line or words that must be among the offences
put src/core/up.c "$spdx" '	#include "store/db.h"'
put src/web/page.c "$spdx" '#include "store/schema_of.h"' 'void page_show(void)' '{' '	if (q_thing_remove(db))' '		return;' '}'
put src/store/queries/thing.sql '-- name: thing_get :one' 'SELECT 1;' '-- name: thing_remove :exec' 'DELETE FROM thing;'
put src/core/name.c "$spdx" 'int other_name(void)' '{' '	return 0;' '}'
{ echo "$spdx"; echo 'int long_one(void)'; echo '{'; yes '	;' | head -n 99; echo '	return 0;'; echo '}'; } >"$tree/src/core/long.c"
{ echo "$spdx"; yes '' | head -n 600; } >"$tree/src/core/lines.h"
put src/core/wide.h "$spdx" "$(printf '/* %0130d */' 1)"
put src/app/banned.c "$spdx" 'void banned_call(char *s)' '{' '	int n = 1; sprintf(s, "%d", n);' '	(void)time(0);' '}'
put src/app/hour.c "$spdx" 'int hour_read(void)' '{' '	return hour_of(instant_now());' '}'
put src/core/noise.c "$spdx" 'void noise_make(void)' '{' '	fopen("x", "r");' '}'
put src/core/cpu.c "$spdx" '#include <unistd.h>'
put src/app/foreign.c "$spdx" '#include <sqlite3.h>'
put src/app/global.c "$spdx" 'static int counter;' 'int global_next(void)' '{' '	return ++counter;' '}'
put src/core/type.h "$spdx" 'typedef struct thing thing_t;'
put src/app/rc.h "$spdx" 'enum rc rc_do(void);'
put src/app/left.c "$spdx" "/* $left: later */"
put src/app/licence.c '#include <string.h>'
put docs/where.md "see $path"
put tests/scenario/far.scn '# SOP magetan#5 and'" magetan"'#9'
put src/app/Bad-Name.c "$spdx"
check >"$tree/out" && { echo "not ok - a tree full of offences is refused"; fail=1; }

expect() {
	local rule=$1 offence=$2
	if awk -v rule="$rule" -v offence="$offence" '
		/^# / { block = block "\n" $0; next }
		index($0, "not ok - ") == 1 && index($0, rule) { hit = index(block, offence) > 0 }
		{ block = "" } END { exit !hit }' "$tree/out"; then
		echo "ok - found: $rule ($offence)"
	else
		echo "not ok - found: $rule ($offence)"
		fail=1
	fi
}
expect "each layer includes" "src/core/up.c:2: core must not include store/db.h"
expect "each layer includes" "src/web/page.c:2: web must not include"
expect "pages call no query that writes" "src/web/page.c:5: q_thing_remove writes"
expect "exported names" "src/core/name.c: other_name"
expect "more than 100 lines" "src/core/long.c: long_one has 103 lines"
expect "median" "lines, at most 50"
expect "more than 600 lines" "src/core/lines.h has 601 lines"
expect "132 columns" "src/core/wide.h:2"
expect "nothing that is banned" "src/app/banned.c:4: sprintf()"
expect "nothing that is banned" "src/app/banned.c:5: time()"
expect "clock is read" "src/app/hour.c:4"
expect "core has no input" "src/core/noise.c:4"
expect "core has no input" "src/core/cpu.c:2"
expect "foreign headers" "src/app/foreign.c:2: <sqlite3.h>"
expect "writable globals" "src/app/global.c:2: counter"
expect "no typedef" "src/core/type.h:2"
expect "enum rc are checked" "src/app/rc.h:2"
expect "left to be done" "src/app/left.c:2"
expect "names its licence" "src/app/licence.c"
expect "path of a machine" "docs/where.md:1"
expect "file names" "src/app/Bad-Name.c"
expect "cited steps" "tests/scenario/far.scn:1: there is no step magetan#9"
if grep -q 'good\.' "$tree/out"; then
	echo "not ok - what is clean is not blamed"; grep 'good\.' "$tree/out"; fail=1
else
	echo "ok - what is clean is not blamed"
fi

# docs/workflow.md is what tools/gen_diagram makes of transition.def.
if ! cc -std=c17 -Isrc tools/gen_diagram/main.c -o "$tree/gen_diagram"; then
	echo "not ok - gen_diagram compiles"; fail=1
elif ! "$tree/gen_diagram" | diff docs/workflow.md - >"$tree/out"; then
	head -n 20 "$tree/out"
	echo "not ok - docs/workflow.md is up to date: cc -Isrc tools/gen_diagram/main.c -o gen && ./gen >docs/workflow.md"; fail=1
else
	echo "ok - docs/workflow.md is up to date"
fi
exit $fail
