#!/bin/bash
# Is it HTML? Runs tidy over the given files; prints "ok - FILE" or "not ok - FILE: why" for each.
# Usage: tests/golden/validate.sh FILE.html...
#
# Besides tidy's errors (unknown elements, lost quotes, unclosed things) some of its warnings count: those that
# show a nesting that the template compiler cannot see, duplicate ids, and attributes given twice.
# tidy does not know that <dl> may hold <div> groups and <legend> a heading: they are taken out before.
set -u
counts='missing </|discarding unexpected|unexpected <|inserting missing|already defined|multiple |lacks "|isn.t allowed|nested|trimming empty <(ul|ol|table|select)'
bad=0
for f in "$@"; do
	said=$(tidy -quiet -errors -utf8 --drop-empty-elements no --mute-id yes \
		<(sed -zE 's/<div[^>]*>(\s*<dt)/\1/g; s/(<\/dd>\s*)<\/div>/\1/g; s/(<legend>)<h1>/\1/g; s/<\/h1>(<\/legend>)/\1/g' "$f") 2>&1)
	wrong=$(grep -E "Error:|$counts" <<<"$said" | head -n 5)
	if [ ! -s "$f" ]; then
		echo "not ok - $f: empty"
		bad=1
	elif [ -n "$wrong" ]; then
		echo "not ok - $f: $wrong"
		bad=1
	else
		echo "ok - $f is valid"
	fi
done
exit $bad
