#!/bin/bash
# Raw HTTP against a running server, directly and through nginx with the packaged configuration.
# Usage: tests/web/run.sh BUILD_FOLDER
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
exec node "$root/tests/web/web.mjs" "$root/${1:?usage: tests/web/run.sh BUILD_FOLDER}/lapor" "$root"
