#!/bin/bash
# Every page, filled with samples: is it the page that was accepted, is it HTML, does it escape strangers?
# Usage: tests/golden/run.sh BUILD [--accept]
# --accept writes today's pages to tests/golden/pages; read the diff before you commit it.
set -u
cd "$(dirname "$0")/../.."
build=${1:?usage: tests/golden/run.sh BUILD [--accept]}
golden=tests/golden/pages
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
bad=0

ninja -C "$build" golden_pages >"$out.log" 2>&1 || { cat "$out.log"; rm -f "$out.log"; exit 1; }
rm -f "$out.log"
ASAN_OPTIONS=detect_leaks=0 "$build/golden_pages" "$out" || bad=1
tests/golden/validate.sh "$out"/*.html | sed "s|$out/||" | tee "$out/valid"
grep -q '^not ok' "$out/valid" && bad=1

# What is kept: the Indonesian pages (the words of both languages are in src/i18n). The digests in the names of assets change with every edit of a style.
rm -f "$out"/*.hostile.html "$out"/*.en.html
sed -i -E 's#(/aset/[a-z]+)\.[0-9a-f]{8}\.#\1.DIGEST.#g' "$out"/*.html
if [ "${2:-}" = --accept ]; then
	mkdir -p "$golden" && rm -f "$golden"/*.html && cp "$out"/*.html "$golden"
	exit $bad
fi
for f in "$out"/*.html "$golden"/*.html; do
	name=$(basename "$f")
	[ "$f" = "$golden/$name" ] && [ -e "$out/$name" ] && continue
	if diff -u "$golden/$name" "$out/$name" >"$out/diff" 2>&1; then
		echo "ok - $name is as accepted"
	else
		echo "not ok - $name differs from what was accepted: $(head -n 20 "$out/diff")"
		bad=1
	fi
done
exit $bad
