#!/bin/bash
# Attachments in an object store: a real one (OpenStack Swift, which checks the signatures), a server and the commands.
# Then two nodes that share the store and a PostgreSQL.
# Usage: tests/s3/run.sh BUILD_DIR
set -u
build=$(cd "${1:?usage: tests/s3/run.sh BUILD_DIR}" && pwd) || exit 1
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d /tmp/lapor-s3-XXXXXX)
. tests/postgres.sh
finish() {
	stop_postgres
	rm -rf "$work"
}
trap finish EXIT
bad=0
node tests/s3/s3.mjs "$build/lapor" || bad=1
start_postgres || exit 1
as_postgres "$pg/createdb" -h "$work/pg" -U lapor -T template0 -E UTF8 --locale=C nodes
LAPOR_DB=$(pg_url nodes) node tests/s3/nodes.mjs "$build/lapor" || bad=1
exit $bad
