#!/bin/bash
# Replays the corpora of the parsers and repeatable mutations of them, under the sanitizers.
# Usage: tests/fuzz/run.sh BUILD [ROUNDS]   rounds per corpus file; generators run as processes, so fewer
# To explore instead: tests/fuzz/fuzz.sh NAME [SECONDS]
set -u
cd "$(dirname "$0")/../.."
build=${1:?usage: tests/fuzz/run.sh BUILD [ROUNDS]}
rounds=${2:-3000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/id" "$work/en"
bad=0
targets=$(cd tests/fuzz && ls fuzz_*.c | sed 's/\.c$//')
# shellcheck disable=SC2086
ninja -C "$build" $targets fuzz_generators gen_tmpl gen_messages gen_query >"$work/ninja" 2>&1 || { cat "$work/ninja"; exit 1; }

# report WHAT STATUS: said is in $work/out
report() {
	if [ "$2" -eq 0 ]; then
		echo "ok - $1 survives $(tail -n 1 "$work/out")"
	else
		bad=1
		echo "not ok - $1: status $2: $(head -c 1500 "$work/out" | tr '\n' ' ')"
		[ -s "$work/last" ] && cp "$work/last" "/tmp/fuzz-$1" && echo "# the input is in /tmp/fuzz-$1"
	fi
}

for t in $targets; do
	files=("tests/fuzz/corpus/${t#fuzz_}"/*)
	n=$rounds
	# Pictures are decoded whole: a tenth is as long as the others.
	[ "$t" = fuzz_image ] && n=$((rounds / 10))
	"$build/$t" "$n" "${files[@]}" >"$work/out" 2>&1
	rc=$?
	# Once more for the input itself, only when it went wrong.
	[ $rc -eq 0 ] || FUZZ_LAST="$work/last" "$build/$t" "$n" "${files[@]}" >/dev/null 2>&1
	report "$t" $rc
done

generator() {
	local name=$1 file=$2
	shift 2
	"$build/fuzz_generators" 300 "$work" "$file" "$@" >"$work/out" 2>&1
	report "$name" $?
}
generator gen_tmpl damaged.tmpl src/view/*.tmpl tests/reject/tmpl/*.tmpl -- "$build/gen_tmpl" "$work/damaged.tmpl" "$work"
generator gen_messages id/damaged.msg src/i18n/*/*.msg -- "$build/gen_messages" "$work" "$work/id/damaged.msg"
generator gen_query damaged.sql src/store/queries/*.sql tests/reject/query/*.sql -- \
	"$build/gen_query" "$work" src/store/schema/*.sql "$work/damaged.sql"
exit $bad
