#!/bin/bash
# make run: demo data once, then serve them, with the address and the accounts on the terminal.
# Usage: tools/run.sh LAPOR DB ADDR:PORT REPORTS
set -eu
cd "$(dirname "$0")/.."
lapor=$1 db=$2 listen=$3 reports=$4
folder=$(dirname "${db#sqlite:}")
accounts=$folder/accounts.tsv
mkdir -p "$folder/files" "$folder/outbox"
if [ ! -s "$accounts" ]; then
	rm -f "${db#sqlite:}" "${db#sqlite:}-wal" "${db#sqlite:}-shm"
	echo "making $reports demo reports in $folder ..." >&2
	"$lapor" demo --db "$db" --reports "$reports" --seed 1 >"$accounts.new"
	mv "$accounts.new" "$accounts"
fi
cat >"$folder/lapor.yaml" <<EOF
# Made by "make run" for the demo; docs/operate.md explains every key.
site_name: SP4N-LAPOR!
government: Pemerintah Kabupaten Mekar Jaya
place_name: Kabupaten Mekar Jaya
base_url: http://$listen
files_dir: $folder/files
outbox_dir: $folder/outbox
EOF
echo
echo "  lapor serves http://$listen   (officers sign in at http://$listen/masuk)"
echo "  messages to citizens are written to $folder/outbox; Ctrl-C stops"
echo
awk -F '\t' 'BEGIN { printf "  %-16s %-28s %s\n", "role", "login", "password" } { printf "  %-16s %-28s %s\n", $1, $2, $3 }' "$accounts" | head -n 12
echo "  (all accounts: $accounts)"
echo
exec "$lapor" serve --db "$db" --listen "$listen" --config "$folder/lapor.yaml"
