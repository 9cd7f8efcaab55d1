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
exit $bad
