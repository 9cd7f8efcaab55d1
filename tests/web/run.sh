#!/bin/bash
# Raw HTTP against a running server, directly and through nginx with the packaged configuration; then a citizen's
# way through the pages.
# Usage: tests/web/run.sh BUILD_FOLDER
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
lapor="$root/${1:?usage: tests/web/run.sh BUILD_FOLDER}/lapor"
bad=0
node "$root/tests/web/web.mjs" "$lapor" "$root" || bad=1
node "$root/tests/web/citizen.mjs" "$lapor" || bad=1
node "$root/tests/web/sop.mjs" "$lapor" "$root/sop" || bad=1
node "$root/tests/web/desk_sop.mjs" "$lapor" || bad=1
node "$root/tests/web/archive.mjs" "$lapor" || bad=1
work=$(mktemp -d) server=
trap '[ -z "$server" ] || kill -9 "$server" 2>/dev/null; rm -rf "$work"' EXIT
. "$root/tests/mixed.sh"
if "$lapor" demo --db "sqlite:$work/db" --reports 300 --seed 3 >"$work/accounts" 2>"$work/err"; then
	mixed_load "${lapor%/lapor}" "sqlite:$work/db" "$work/accounts" "$work" 40 16 SQLite || bad=1
else
	echo "not ok - a demo for mixed load: $(head -c 300 "$work/err")"
	bad=1
fi
exit $bad
