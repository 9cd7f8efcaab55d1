#!/bin/bash
# The command line as a newcomer types it: what is wrong is said in one sentence, on standard error, with the right
# exit status, and nothing is changed; what is right keeps standard output for the result.
# Usage: tests/cli/run.sh BUILD_DIR
set -u
cd "$(dirname "$0")/../.."
build=${1:?usage: tests/cli/run.sh BUILD_DIR}
lapor=$PWD/$build/lapor config=$PWD/packaging/lapor.yaml sops=$PWD/sop top=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
bad=0
verdict() { if [ "$2" = 0 ]; then echo "ok - $1"; else echo "not ok - $1: $3"; bad=1; fi; }
# says NAME STATUS WORDS COMMAND...: one line on standard error with these words, nothing on standard output.
says() {
	local name=$1 status=$2 words=$3 got
	shift 3
	"$@" >out 2>err </dev/null
	got=$?
	if [ "$got" -ne "$status" ]; then verdict "$name" 1 "status $got, not $status: $(head -c 300 err)"
	elif [ -s out ]; then verdict "$name" 1 "standard output has $(head -c 200 out)"
	elif [ "$(wc -l <err)" -ne 1 ]; then verdict "$name" 1 "not one line: $(head -c 400 err)"
	elif ! grep -qF -- "$words" err; then verdict "$name" 1 "no '$words' in: $(cat err)"
	else verdict "$name" 0; fi
}
# prints NAME WORDS COMMAND...: succeeds with these words on standard output.
prints() {
	local name=$1 words=$2
	shift 2
	if "$@" >out 2>err && grep -qF -- "$words" out; then verdict "$name" 0; else verdict "$name" 1 "$(head -c 300 out err)"; fi
}

# Words.
says "an unknown command" 2 'lapor help' "$lapor" servr
says "half a command" 2 'lapor user add' "$lapor" user
says "an unknown second word" 2 'lapor user list' "$lapor" user lists
says "an unknown option" 2 'no option --databse' "$lapor" check --databse x
says "an option without its value" 2 '--db URL' "$lapor" check --db
says "an option swallowed by the next" 2 '--db needs a value' "$lapor" serve --db --listen 127.0.0.1:1
says "an option twice" 2 'twice' "$lapor" check --db a --db b
says "a missing option" 2 '--db URL is missing' "$lapor" check
says "a word too many" 2 'one word too many' "$lapor" check --db sqlite:x extra
says "one hyphen" 2 'two hyphens' "$lapor" check -db x
says "a number that is none" 2 'whole number' "$lapor" demo --db sqlite:x --reports viele
says "a number out of range" 2 'whole number' "$lapor" demo --db sqlite:x --reports -5
says "a time that is none" 2 '--now needs a time' "$lapor" work --db sqlite:x --once --now besok
says "a flag with a value" 2 'takes no value' "$lapor" work --db sqlite:x --once=yes
says "a missing operand" 2 'FILE is missing' "$lapor" import --format lapor --db sqlite:x
"$lapor" >out 2>err
verdict "no command at all gives the overview and status 2" "$([ $? -eq 2 ] && grep -q 'lapor demo' err && [ ! -s out ]; echo $?)" "$(head -c 200 err)"
prints "help" 'lapor serve' "$lapor" help
prints "help of a command" '--listen ADDR:PORT' "$lapor" help serve
prints "help of a command of two words" 'LOGIN' "$lapor" help user add
prints "--help after a command" '--db URL' "$lapor" check --help
prints "version" 'lapor ' "$lapor" version
says "help of an unknown command" 2 'no command' "$lapor" help serv

# Dossiers.
says "a dossier that is not there" 1 'cannot read' "$lapor" dossier nothing.json
echo '{"dossier":{"format":"other"}}' >none.json
says "a file that is no dossier" 1 'is no dossier' "$lapor" dossier none.json

# Databases.
says "an address without a scheme" 1 'sqlite:' "$lapor" check --db lapor.db
says "an unknown scheme" 1 'sqlite:' "$lapor" init --db mysql:x
says "no database" 1 'lapor init' "$lapor" check --db sqlite:none.db
says "no database for import: none is made" 1 'lapor init' "$lapor" import --format lapor --db sqlite:none.db x.csv
verdict "no database came into being" "$([ ! -e none.db ]; echo $?)" "none.db is there"
says "a folder that is not there" 1 'does not exist' "$lapor" init --db sqlite:nowhere/x.db
says "a folder for a database" 1 'not a file' "$lapor" init --db "sqlite:$work"
head -c 5000 /dev/urandom >noise.db
says "a file that is no database" 1 'not a SQLite database' "$lapor" check --db sqlite:noise.db
sqlite3 other.db 'CREATE TABLE t (a)'
says "another program's database" 1 'another program' "$lapor" init --db sqlite:other.db
prints "init" 'operator	operator	' "$lapor" init --db sqlite:a.db
verdict "a database is not for everybody to read" "$([ "$(stat -c %a a.db | cut -c3)" = 0 ]; echo $?)" "$(stat -c %a a.db)"
"$lapor" init --db sqlite:a.db >out 2>err
verdict "init again changes nothing and prints no password" "$([ $? -eq 0 ] && [ ! -s out ]; echo $?)" "$(cat out)"
says "demo into a used database" 1 'in use' "$lapor" demo --db sqlite:a.db --reports 1
cp a.db newer.db
sqlite3 newer.db "INSERT INTO schema_version VALUES (9999, 'future')"
says "a newer database" 1 'newer' "$lapor" check --db sqlite:newer.db
says "a newer database is not served" 1 'newer' "$lapor" serve --db sqlite:newer.db --listen 127.0.0.1:0
cp a.db used.db
says "a copy without a target" 2 '--to URL is missing' "$lapor" copy --from sqlite:a.db
says "a copy onto itself" 1 'are the same' "$lapor" copy --from sqlite:a.db --to sqlite:a.db
says "a copy into a used database" 1 'holds an installation already' "$lapor" copy --from sqlite:a.db --to sqlite:used.db
says "a copy into another program's database" 1 'another program' "$lapor" copy --from sqlite:a.db --to sqlite:other.db
says "a copy of a newer database" 1 'newer' "$lapor" copy --from sqlite:newer.db --to sqlite:none.db
says "a copy into a folder that is not there" 1 'does not exist' "$lapor" copy --from sqlite:a.db --to sqlite:nowhere/x.db
prints "a copy" 'account	1	' "$lapor" copy --from sqlite:a.db --to sqlite:copied.db
verdict "which is not for everybody to read" "$([ "$(stat -c %a copied.db | cut -c3)" = 0 ]; echo $?)" "$(stat -c %a copied.db)"
prints "check of a copied database" 'clean' "$lapor" check --db sqlite:copied.db
prints "check of a new database" 'clean' "$lapor" check --db sqlite:a.db

# Serving.
says "an address that is none" 1 'listen' "$lapor" serve --db sqlite:a.db --listen nonsense
says "an address without a port" 1 'listen' "$lapor" serve --db sqlite:a.db --listen 127.0.0.1
says "a foreign address" 1 'listen' "$lapor" serve --db sqlite:a.db --listen 192.0.2.1:80
port=$((20000 + RANDOM % 20000))
"$lapor" serve --db sqlite:a.db --listen 127.0.0.1:$port >served 2>serve.log &
server=$!
for _ in $(seq 100); do curl -fsS -o /dev/null "http://127.0.0.1:$port/healthz" 2>/dev/null && break; sleep 0.05; done
prints "it answers" 'html' curl -s "http://127.0.0.1:$port/"
prints "links lead to where it listens" "\"lacak\":\"http://127.0.0.1:$port/lacak/" curl -s -H 'Accept: application/json' \
	-d 'jenis=pengaduan&judul=Lampu+jalan+mati&isi=Lampu+jalan+di+depan+sekolah+mati+sejak+sepekan.&sifat=anonim' "http://127.0.0.1:$port/lapor/kirim"
says "a replica of SQLite" 1 'leave it out' "$lapor" serve --db sqlite:a.db --db-read sqlite:b.db --listen 127.0.0.1:0
says "a port in use" 1 'in use' "$lapor" serve --db sqlite:a.db --listen 127.0.0.1:$port
"$lapor" backup --db sqlite:a.db --out copy.db >out 2>err
verdict "a backup while it serves" "$([ $? -eq 0 ] && "$lapor" check --db sqlite:copy.db >/dev/null 2>&1; echo $?)" "$(cat err)"
says "a backup onto a file that is there" 1 'copy.db' "$lapor" backup --db sqlite:a.db --out copy.db
kill -TERM $server
wait $server
verdict "SIGTERM ends it well" $? "$(tail -n 3 serve.log)"
verdict "the server wrote nothing to standard output" "$([ ! -s served ]; echo $?)" "$(head -c 200 served)"

# Configuration.
says "a configuration that is not there" 1 'none.yaml' "$lapor" serve --db sqlite:a.db --listen 127.0.0.1:0 --config none.yaml
printf 'site_name: LAPOR\nwarna: merah\n' >c.yaml
says "an unknown key, with its place" 1 'line: 2' "$lapor" check --db sqlite:a.db --config c.yaml
printf 'session_minutes: banyak\n' >c.yaml
says "a wrong type, with its place" 1 'line: 1' "$lapor" check --db sqlite:a.db --config c.yaml
printf 'is_official: barangkali\n' >c.yaml
says "a doubtful yes" 1 'yes or no' "$lapor" check --db sqlite:a.db --config c.yaml
printf 'base_url: lapor.example.go.id\n' >c.yaml
says "an address without https" 1 'base_url' "$lapor" check --db sqlite:a.db --config c.yaml
prints "the packaged configuration is valid" 'clean' "$lapor" check --db sqlite:a.db --config "$config"

printf 'files_dir: %s/nowhere\n' "$work" >c.yaml
says "a folder for files that is not there" 1 'files_dir' "$lapor" serve --db sqlite:a.db --listen 127.0.0.1:0 --config c.yaml

printf 'files_s3: https://s3.contoh.test/b\n' >c.yaml
says "an object store without its key" 1 'files_s3_key_file' "$lapor" check --db sqlite:a.db --config c.yaml
printf 'files_s3: https://s3.contoh.test/b\nfiles_s3_key_file: none\n' >c.yaml
says "a key file that is not there" 1 'cannot read none' "$lapor" check --db sqlite:a.db --config c.yaml
printf 'AKIA\n' >keys
printf 'files_s3: https://s3.contoh.test/b\nfiles_s3_key_file: keys\n' >c.yaml
says "a key file without the secret" 1 'two lines' "$lapor" check --db sqlite:a.db --config c.yaml
printf 'AKIA\nrahasia\n' >keys
printf 'files_s3: http://s3.contoh.test/b\nfiles_s3_key_file: keys\n' >c.yaml
says "an object store without TLS elsewhere" 1 'only on this machine' "$lapor" check --db sqlite:a.db --config c.yaml
printf 'files_s3: https://s3.contoh.test/b\nfiles_s3_key_file: keys\n' >c.yaml
prints "without files there nobody asks the object store" 'clean' "$lapor" check --db sqlite:a.db --config c.yaml

says "no place for files" 2 '--to PLACE is missing' "$lapor" files --db sqlite:a.db
says "a place that is none" 1 'database, folder or s3' "$lapor" files --to awan --db sqlite:a.db
says "a place that is not configured" 1 'files_dir' "$lapor" files --to folder --db sqlite:a.db

# People.
says "an unknown role" 1 'no role' "$lapor" user add --db sqlite:a.db --role raja --name X budi
says "a role that needs an agency" 1 '--agency' "$lapor" user add --db sqlite:a.db --role liaison --name X budi
says "an unknown agency" 1 'no agency' "$lapor" user add --db sqlite:a.db --role liaison --agency dinas-x --name X budi
prints "a national admin" 'national_admin	budi	' "$lapor" user add --db sqlite:a.db --role national_admin --name Budi budi
says "a login that is taken" 1 'taken' "$lapor" user add --db sqlite:a.db --role national_admin --name Budi budi
printf 'short\n' >password
"$lapor" user password --db sqlite:a.db --password-stdin budi <password >out 2>err
verdict "a short password is refused" "$([ $? -eq 1 ] && grep -q 'at least' err; echo $?)" "$(cat err)"
prints "a new password is made and shown" 'budi	' "$lapor" user password --db sqlite:a.db budi
prints "the list has no passwords" 'budi	Budi	' "$lapor" user list --db sqlite:a.db
says "nobody of that name" 1 'no account' "$lapor" user disable --db sqlite:a.db siti
"$lapor" user disable --db sqlite:a.db budi 2>/dev/null
prints "an account is shut" 'disabled' "$lapor" user list --db sqlite:a.db

# Demo.
"$lapor" demo --db sqlite:d1.db --reports 60 --seed 4 --now '2026-11-22 14:00 WIB' >d1 2>err
verdict "demo prints role, login and password only" "$(awk -F'\t' 'NF != 3 || $3 == "" { bad = 1 } END { exit bad || NR < 20 }' d1; echo $?)" "$(head -n 3 d1)"
"$lapor" demo --db sqlite:d2.db --reports 60 --seed 4 --now '2026-11-22 14:00 WIB' >d2 2>err
dump() { sqlite3 "$1" 'SELECT number, code, title, body, state, due_at FROM report; SELECT report_id, seq, at, action, hex(hash) FROM event' | cksum; }
verdict "the same seed gives the same regency" "$([ "$(cat d1)" = "$(cat d2)" ] && [ "$(dump d1.db)" = "$(dump d2.db)" ]; echo $?)" "they differ"
prints "a demo checks clean" 'clean' "$lapor" check --db sqlite:d1.db
sqlite3 d1.db "UPDATE report SET state = 7 WHERE id = 5; UPDATE queue_count SET n = n + 1 WHERE n > 0"
"$lapor" check --db sqlite:d1.db >out 2>err
verdict "check finds what was changed behind its back" "$([ $? -eq 1 ] && grep -q 'state is 7' out && grep -q 'queue counter' out; echo $?)" "$(head -n 3 out)"
"$lapor" work --db sqlite:d2.db --once --now '2027-06-01 09:00 WIB' >out 2>err
verdict "work closes what time has closed" "$([ $? -eq 0 ] && [ "$(sqlite3 d2.db 'SELECT count(*) FROM report WHERE state IN (8, 9)')" = 0 ] && [ ! -s out ]; echo $?)" "$(cat err)"
prints "and the database still checks clean" 'clean' "$lapor" check --db sqlite:d2.db

# SOPs.
says "sop alone" 2 'lapor sop lint' "$lapor" sop
says "lint without a file" 2 'FILE... is missing' "$lapor" sop lint
says "a file that is not there" 1 'none.yaml' "$lapor" sop lint none.yaml
says "a folder for an SOP" 1 'is it a file' "$lapor" sop lint "$work"
says "an SOP that is not there" 1 'lapor sop list' "$lapor" sop show atlantis
says "two SOPs to show" 2 'one word too many' "$lapor" sop show magetan kapuas
prints "an SOP as a table" 'UU 25/2008, Keterbukaan Informasi Publik; read: UU 14/2008' "$lapor" sop show magetan
prints "an SOP from a file" 'E3   ' "$lapor" sop show "$sops/tjt-24.yaml"
says "an SOP to print that is not there" 1 'lapor sop list' "$lapor" sop print atlantis
says "a language that is not there" 1 'id or en' "$lapor" sop print magetan --lang fr
for id in "$sops"/*.yaml; do
	id=$(basename "$id" .yaml)
	"$lapor" sop print "$id" >"$id.html" 2>err && "$lapor" sop print "$id" --lang en >"$id.en.html" 2>>err
	verdict "$id is printed, and needs no other file" "$(! grep -Eq '<(script|link|img)|url\(|https?://' "$id.html" && grep -q '<style>' "$id.html" && grep -q 'Standard operating procedure' "$id.en.html"; echo $?)" "$(head -n 3 err)"
done
(cd "$top" && tests/golden/validate.sh "$work"/*.html) >valid
verdict "the printed SOPs are valid HTML" "$(grep -q '^not ok' valid; echo $((1 - $?)))" "$(grep '^not ok' valid | head -n 3)"
prints "an SOP printed from a file" 'dibaca UU 14/2008' "$lapor" sop print "$sops/magetan.yaml"
says "simulating without arrivals" 2 'arrivals' "$lapor" sop simulate magetan --days 30 --officers 2
says "simulating no arrivals" 2 'from 1 to 20000' "$lapor" sop simulate magetan --arrivals 0 --days 30 --officers 2
says "simulating minus days" 2 'from 1 to 3660' "$lapor" sop simulate magetan --arrivals 5 --days=-1 --officers 2
says "simulating without officers" 2 'from 1 to 10000' "$lapor" sop simulate magetan --arrivals 5 --days 30 --officers 0
says "simulating from no day" 1 'like 2026-01-01' "$lapor" sop simulate magetan --arrivals 5 --days 30 --officers 1 --from 2026-02-30
says "simulating an SOP that is not there" 1 'lapor sop list' "$lapor" sop simulate atlantis --arrivals 5 --days 30 --officers 1
for id in "$sops"/*.yaml; do
	simulate=("$lapor" sop simulate "$id" --arrivals 600 --days 365 --officers 2 --from 2026-01-01 --seed 3)
	# Of the processor: how busy the machine is else does not matter.
	took=$(TIMEFORMAT='%U %S'; { time "${simulate[@]}" >first 2>err; } 2>&1 | awk '{ print int(($1 + $2) * 1000) }')
	"${simulate[@]}" >second 2>>err
	verdict "a year of $(basename "$id" .yaml) simulated in under 2 s, twice the same" \
		"$(grep -q '^enough: ' first && cmp -s first second && [ $took -lt 2000 ]; echo $?)" "$took ms $(head -n 3 err)"
done
prints "fewer officers, more missed" 'more' sh -c "for n in 9 1; do '$lapor' sop simulate tjt-20 --arrivals 900 --days 200 \
	--officers \$n --from 2026-01-01 | sed -n 's/^missed \([0-9]*\) .*/\1/p'; done | { read many; read one; [ \$one -gt \$many ] && echo more; }"
prints "ten SOPs come with it" '10' sh -c "'$lapor' sop list | wc -l"
prints "what lint finds, with its number" 'warning: E1: the printed total is 10 hari' "$lapor" sop lint "$sops/tjt-20.yaml"
prints "lint of all" '10 files, no errors' "$lapor" sop lint "$sops"/*.yaml
head -c 10000000 /dev/zero | tr '\0' a >big.yaml
says "a file of 10 MB" 1 'longer than' "$lapor" sop lint big.yaml
head -c 100000 /dev/urandom >noise.yaml
says "noise" 1 'line: 1' "$lapor" sop lint noise.yaml
: >empty.yaml
says "an empty file" 1 'empty' "$lapor" sop lint empty.yaml
head -c 100000 /dev/zero | tr '\0' '[' >deep.yaml
says "a hundred thousand brackets" 1 'line: 1' "$lapor" sop lint deep.yaml
sed 's/^    actions: \[verify, dispose\]/    actions: [verify, dispos]/' "$sops/tjt-20.yaml" >bad.yaml
says "an unknown action, with its place" 1 'column: 5: there is no action dispos' "$lapor" sop lint bad.yaml
prints "a slip of the pen, computed" '64:5: warning: E3: step 3: 10 hari kerja alone' "$lapor" sop lint "$sops/tjt-24.yaml"
prints "a total that is a day short" 'warning: E2: the printed total is 5 hari, the steps add up to 6 days' "$lapor" sop lint "$sops/tjt-21.yaml"
prints "longer than the nation allows" 'warning: E13: tindak-lanjut takes up to 25 days here' "$lapor" sop lint "$sops/lumajang.yaml"
prints "a law that does not exist" 'warning: E16: UU 61/2010, about "Pelaksanaan Undang-Undang Keterbukaan Informasi", should read PP 61/2010' "$lapor" sop lint "$sops/magetan.yaml"
sed 's/on: \[reply\]/on: [menari]/' "$sops/tjt-20.yaml" >bad.yaml
says "an unknown act on a branch" 1 'there is no action menari' "$lapor" sop lint bad.yaml
sed 's/on: \[reply\]/on: [forward_unit]/' "$sops/tjt-20.yaml" >bad.yaml
prints "a branch that nobody takes" '5: error: step 5: forward_unit takes the branch to 4' sh -c "'$lapor' sop lint bad.yaml || true"
sed 's/at_opd, at_unit, in_progress/at_opd, at_unit/' "$sops/tjt-20.yaml" >bad.yaml
prints "a state that no step has" 'error: step 4 leads to in_progress' sh -c "'$lapor' sop lint bad.yaml || true"
sed 's/^total:/jumlah:/' "$sops/tjt-20.yaml" >bad.yaml
says "an unknown key in an SOP" 1 'column: 1: Unexpected key: jumlah' "$lapor" sop lint bad.yaml
sed 's/to: "selesai"/to: "1"/' "$sops/tjt-21.yaml" | sed '/^total/,$d' | sed '$a\    branches:\n      - { when: lagi, on: [monitor], to: "1" }' >bad.yaml
"$lapor" sop lint bad.yaml >out 2>err
verdict "a cycle without an exit ends with 1" "$([ $? -eq 1 ] && grep -q 'error: step 1: no way leads from it to the end' out; echo $?)" "$(head -n 5 out err)"

# SOPs in use.
"$lapor" demo --db sqlite:d4.db --reports 0 --seed 5 --now '2026-11-22 14:00 WIB' >/dev/null 2>err
at="--db sqlite:d4.db --agency kabupaten-mekar-jaya"
prints "an SOP installed" 'tjt-20@1' "$lapor" sop install tjt-20 $at --from 2026-01-05
says "the same again" 1 'already' "$lapor" sop install tjt-20 $at --from 2026-02-05
{ cat "$sops/tjt-20.yaml"; echo '# a change'; } >mine.yaml
prints "another text is another version" 'tjt-20@2' "$lapor" sop install mine.yaml $at --from 2026-03-02
prints "an SOP beside it" 'tjt-21@1' "$lapor" sop install tjt-21 $at --from 2026-03-02
says "an agency that is not there" 1 'no agency' "$lapor" sop install tjt-20 --db sqlite:d4.db --agency atlantis
says "an OPD is no government" 1 'second level' "$lapor" sop install tjt-20 --db sqlite:d4.db --agency dpupr
says "a day that is none" 1 'like 2026-03-19' "$lapor" sop install tjt-22 $at --from besok
prints "an SOP that is broken is not installed" 'nothing was installed' sh -c "'$lapor' sop install bad.yaml $at 2>&1 || true"
prints "who uses what" 'kabupaten-mekar-jaya	tjt-20@1	report	2026-01-05	2026-03-02' "$lapor" sop list --db sqlite:d4.db
"$lapor" sop retire tjt-20 $at --from 2026-04-01 >out 2>err
verdict "an SOP retired" "$([ $? -eq 0 ] && "$lapor" sop list --db sqlite:d4.db | grep -q '@2	report	2026-03-02	2026-04-01'; echo $?)" "$(cat err)"
says "what is not used" 1 'does not work by magetan' "$lapor" sop retire magetan $at
prints "and the database checks clean" 'clean' "$lapor" check --db sqlite:d4.db

sqlite3 d4.db "UPDATE sop SET source = source || '#' WHERE version = 2"
prints "a text that was changed is found" 'SOP tjt-20, version 2: the text was changed' sh -c "'$lapor' check --db sqlite:d4.db || true"
sqlite3 d4.db "UPDATE sop SET source = substr(source, 1, length(source) - 1) WHERE version = 2; UPDATE sop_use SET valid_until = NULL"
prints "two at a time are found" 'works by two SOPs about reports at a time' sh -c "'$lapor' check --db sqlite:d4.db || true"

# Governments that work by an SOP.
says "a demo of an SOP that is not there" 1 'no SOP "atlantis"' "$lapor" demo --db sqlite:x.db --reports 5 --sop tjt-20,atlantis
"$lapor" demo --db sqlite:d5.db --reports 120 --seed 5 --sop tjt-20,tjt-24 --now '2026-11-22 14:00 WIB' >out 2>err
verdict "its roles have accounts" "$(for r in agency_admin liaison section_head division_head office_head regent; do grep -q "^$r	" out || exit 1; done; echo $?)" "$(cat out)"
prints "it works by them" 'kabupaten-tanjung-jabung-timur	tjt-24@1	periodic' "$lapor" sop list --db sqlite:d5.db
prints "its reports went along the steps, soundly" 'clean' "$lapor" check --db sqlite:d5.db
"$lapor" demo --db sqlite:d6.db --reports 50 --seed 5 --sop all --now '2026-11-22 14:00 WIB' >out 2>err
verdict "all SOPs are five governments" "$([ "$("$lapor" sop list --db sqlite:d6.db | cut -f1 | sort -u | wc -l)" -eq 5 ]; echo $?)" "$("$lapor" sop list --db sqlite:d6.db; cat err)"
"$lapor" work --db sqlite:d6.db --once --now '2027-06-01 09:00 WIB' >out 2>err
verdict "what an accountable SOP misses is recorded" "$([ "$(sqlite3 d6.db 'SELECT count(*) > 0 FROM deviation WHERE state = 1')" = 1 ]; echo $?)" "$(cat err)"
"$lapor" calendar add --db sqlite:d5.db --day 2026-11-24 --name 'Cuti bersama susulan' --kind cuti_bersama --source SKB >out 2>err
verdict "a late holiday stands in the histories that it moved" "$([ "$(sqlite3 d5.db "SELECT count(*) > 0 FROM event WHERE action = 33 AND note = '2026-11-24 Cuti bersama susulan'")" = 1 ]; echo $?)" "$(cat err)"
prints "steps, times and figures are sound after both" 'clean' sh -c "'$lapor' check --db sqlite:d5.db && '$lapor' check --db sqlite:d6.db"
sqlite3 d6.db "INSERT INTO minutes (report_id, opd_id, version, state, held_on, place, people, findings, conclusion, proposed_answer,
	written_at, written_by, digest) SELECT min(id), 1, 1, 4, 20000, 'a', 'b', 'c', 'd', 'e', 1, 1, zeroblob(32) FROM report"
prints "minutes that were changed are found" 'minutes 1 were changed after they were approved' sh -c "'$lapor' check --db sqlite:d6.db || true"
sqlite3 d6.db "UPDATE sop_figure SET late = late + 1; UPDATE report SET sop_step = sop_step + 1 WHERE id = (SELECT max(id) FROM report WHERE sop_step > 0)"
sqlite3 d6.db "UPDATE clock SET limit_n = limit_n + 1 WHERE kind = 8 AND report_id = (SELECT max(report_id) FROM clock WHERE kind = 8)"
"$lapor" check --db sqlite:d6.db >out 2>err
verdict "check finds what was changed in them" "$([ $? -eq 1 ] && grep -q 'sop_step is' out && grep -q 'figure late of SOP' out && grep -q 'the SOP says' out; echo $?)" "$(head -n 3 out)"

# Holidays.
prints "the holidays of a year" '2026-12-25	libur_nasional' "$lapor" calendar list --db sqlite:d2.db --year 2026
"$lapor" demo --db sqlite:d3.db --reports 300 --seed 5 --now '2026-11-22 14:00 WIB' >/dev/null 2>err
"$lapor" calendar add --db sqlite:d3.db --day 2026-11-24 --name 'Cuti bersama susulan' --kind cuti_bersama --source SKB >out 2>err
verdict "a late cuti bersama moves running deadlines" "$(grep -Eq '[1-9][0-9]* running deadlines moved' err; echo $?)" "$(cat err)"
prints "and the database still checks clean" 'clean' "$lapor" check --db sqlite:d3.db
printf 'tanggal,jenis,nama\r\n2028-01-01,libur_nasional,Tahun Baru 2028\r\n' >h.csv
says "days are imported" 0 '1 days' "$lapor" calendar import --db sqlite:d3.db h.csv
prints "imported days are there" 'Tahun Baru 2028' "$lapor" calendar list --db sqlite:d3.db --year 2028
printf 'tanggal,jenis,nama\n2028-01-02,libur,X\n' >h.csv
says "an unknown kind of day" 1 'line 2' "$lapor" calendar import --db sqlite:d3.db h.csv
says "a day that is none" 1 '2028-02-30' "$lapor" calendar add --db sqlite:d3.db --day 2028-02-30 --name X
says "a fixed time without --once" 1 '--once' "$lapor" work --db sqlite:d2.db --now '2027-06-01 09:00 WIB'

# Archives.
. "$top/tests/cli/archive.sh"
exit $bad
