#!/bin/bash
# What the generators must refuse. Each case is NAME.<ext> (or a folder NAME of inputs) beside
# NAME.expect, whose lines must all be part of what the generator says; it must exit with 1.
# Usage: tests/reject/run.sh BUILD_DIR [KIND...]
set -u
cd "$(dirname "$0")/../.."
build=${1:?usage: tests/reject/run.sh BUILD_DIR [KIND...]}
shift
here=tests/reject
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
bad=0

# generate KIND INPUT...
generate() {
	local kind=$1
	shift
	case $kind in
	query) "$build/gen_query" "$out" src/store/schema/*.sql "$@" ;;
	schema) "$build/gen_query" "$out" "$@" ;;
	tmpl) "$build/gen_tmpl" "$@" "$out" ;;
	# Accepted by the generator, refused by the compiler, at the line of the template.
	typed) "$build/gen_tmpl" "$@" "$out" && cc -std=c17 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only \
		-fdiagnostics-color=never -Isrc -I"$build" -I"$out" "$out/tmpl_$(basename "$1" .tmpl).c" ;;
	*) "$build/gen_$kind" "$out" "$@" ;;
	esac
}

inputs() {
	if [ -d "$1" ]; then
		find "$1" -type f | LC_ALL=C sort
	else
		find "$(dirname "$1")" -maxdepth 1 -type f -name "$(basename "$1").*" ! -name '*.expect'
	fi
}

# Prints why a case is not refused as it should be; nothing when all is well.
complaint() {
	local kind=$1 case=$2 said rc line files
	mapfile -t files < <(inputs "$case")
	[ ${#files[@]} -gt 0 ] || { echo "no input"; return; }
	said=$(generate "$kind" "${files[@]}" 2>&1 >/dev/null)
	rc=$?
	[ $rc -eq 1 ] || { echo "exit status $rc, not 1: $said"; return; }
	[ -s "$case.expect" ] || { echo "$case.expect is empty"; return; }
	while IFS= read -r line; do
		[[ $said == *"$line"* ]] || { echo "said \"$said\", not \"$line\""; return; }
	done <"$case.expect"
}

for expect in "$here"/*/*.expect; do
	case=${expect%.expect}
	kind=$(basename "$(dirname "$expect")")
	[ $# -eq 0 ] || [[ " $* " == *" $kind "* ]] || continue
	why=$(complaint "$kind" "$case")
	if [ -z "$why" ]; then
		echo "ok - $kind refuses ${case##*/}"
	else
		echo "not ok - $kind refuses ${case##*/}: $why"
		bad=1
	fi
done
exit $bad
