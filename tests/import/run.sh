#!/bin/bash
# Files of LAPOR!'s export in and out: every form, twice, hostile ones, and back to the same figures.
# Usage: tests/import/run.sh BUILD_DIR      LAPOR_TEXTS=FILE.tsv: other report texts (last column of each line)
set -u
cd "$(dirname "$0")/../.."
build=${1:?usage: tests/import/run.sh BUILD_DIR}
ninja -C "$build" lapor import_maker >/dev/null || { echo "not ok - the programs build"; exit 1; }
lapor=$PWD/$build/lapor maker=$PWD/$build/import_maker texts=${LAPOR_TEXTS:-}
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work" || exit 1
now="2026-11-22 14:00 WIB"
bad=0
ok() { # NAME CONDITION...
	local name=$1
	shift
	if "$@"; then echo "ok - $name"; else echo "not ok - $name"; bad=1; fi
}
sql() { sqlite3 "$1" "$2"; }
is() { [ "$1" = "$2" ] || { echo "# got '$1', expected '$2'"; return 1; }; }
has() { grep -qF -- "$2" "$1" || { echo "# $1 has no '$2':"; head -c 600 "$1"; return 1; }; }
lacks() { ! grep -qF -- "$2" "$1"; }
empty_db() { rm -f "$1" "$1"-*; "$lapor" init --db "sqlite:$1" >/dev/null 2>>log; }
import() { "$lapor" import --format lapor --db "sqlite:$1" --now "$now" "${@:2}"; }
value() { awk -F'\t' -v k="$2" '$1 == k { print $2 }' "$1"; }
# State and closer counted, one line.
figures() { sql "$1" "SELECT state, coalesce(closer, 0), is_blocked, visibility, class, count(*) FROM report GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5"; }

rows=2000
for form in "xlsx 26" "xlsx-inline 26" "csv 21" "csv-semicolon-1252 26" "csv-bom 21"; do
	read -r kind columns <<<"$form"
	case $kind in xlsx*) file=$kind.xlsx ;; *) file=$kind.csv ;; esac
	"$maker" "$kind" "$columns" $rows "$file" ${texts:+"$texts"} >"$kind.says" || { echo "not ok - maker $kind"; exit 1; }
	empty_db "$kind.db"
	begin=$(date +%s%N)
	import "$kind.db" "$file" >"$kind.out" 2>"$kind.err" || cat "$kind.err"
	took=$((($(date +%s%N) - begin) / 1000000))
	expected=$((rows - $(value "$kind.says" bad)))
	ok "$kind, $columns columns: every good row is taken ($expected rows in $took ms)" is "$(value "$kind.out" taken)" "$expected"
	ok "$kind: the bad rows are rejected" is "$(value "$kind.out" rejected)" "$(value "$kind.says" bad)"
	ok "$kind: the reject file has them all" is "$(grep -c "Tracking ID is not\|is not a date\|Status Laporan is unknown" "$file.reject.csv")" "$(value "$kind.says" bad)"
	ok "$kind: secret ones are secret" is "$(sql "$kind.db" "SELECT count(*) FROM report WHERE visibility = 3")" "$(value "$kind.says" secret)"
	ok "$kind: nothing secret, unverified or blocked is public" is "$(sql "$kind.db" "SELECT count(*) FROM report WHERE is_public = 1 AND (visibility = 3 OR is_blocked = 1 OR verified_at IS NULL OR state IN (1, 3, 11))")" 0
	before=$(figures "$kind.db")
	import "$kind.db" "$file" >"$kind.again" 2>/dev/null
	ok "$kind: the same file again takes nothing" is "$(value "$kind.again" taken) $(value "$kind.again" known)" "0 $expected"
	ok "$kind: the same file again changes nothing" is "$(figures "$kind.db")" "$before"
	ok "$kind: the database checks clean" "$lapor" check --db "sqlite:$kind.db"
done 2>>log
for kind in xlsx-inline csv csv-semicolon-1252 csv-bom; do
	ok "$kind gives the figures of xlsx" is "$(figures $kind.db)" "$(figures xlsx.db)"
	ok "$kind gives the texts of xlsx" is "$(sql $kind.db "SELECT source_ref, title, body, coalesce(public_body, '') FROM report ORDER BY 1" | cksum)" \
		"$(sql xlsx.db "SELECT source_ref, title, body, coalesce(public_body, '') FROM report ORDER BY 1" | cksum)"
done
ok "each status ends where it should" is "$(sql xlsx.db "SELECT count(*) FROM report WHERE state = 10 AND closer = 1")" \
	"$(awk -F'\t' '$2 == "Ditutup oleh Sistem" { n += $3 } END { print n }' xlsx.says)"
ok "pending ones have a clock for the reporter" is "$(sql xlsx.db "SELECT count(*) FROM report r WHERE state = 9 AND NOT EXISTS (SELECT 1 FROM clock c WHERE c.report_id = r.id AND c.kind = 6 AND c.ended_at IS NULL)")" 0
ok "agencies are found by id, then by name" is "$(sql xlsx.db "SELECT count(*) FROM agency WHERE name LIKE 'Dinas Kesehatan%'")" 1
ok "an agency that is its own parent is one" is "$(sql xlsx.db "SELECT count(*) FROM agency WHERE name = 'Pemerintah Kabupaten Bandung'")" 1
ok "the region is found inside the regency" is "$(sql xlsx.db "SELECT count(*) > 0 FROM report WHERE region_code = (SELECT code FROM region WHERE name = 'Soreang' AND code LIKE '32.04.%' AND length(code) = 8)")" 1
ok "times are kept as UTC" is "$(sql csv.db "SELECT received_at % 86400000 FROM report WHERE source_ref = 'lapor:7000013'")" $(((1 * 60 + 1) * 60000 + 1000))
[ -n "$texts" ] || ok "Windows-1252 is repaired" is "$(sql csv-semicolon-1252.db "SELECT count(*) > 0 FROM report WHERE body LIKE 'Café%“hingga%'")" 1

# Out and in again.
for ending in xlsx csv; do
	"$lapor" export --format lapor --db sqlite:xlsx.db --with-secrets --out "out.$ending" 2>>log
	empty_db "back-$ending.db"
	import "back-$ending.db" "out.$ending" >back.out 2>>log
	ok "export to $ending imports to the same figures" is "$(figures "back-$ending.db")" "$(figures xlsx.db)"
	ok "export to $ending loses no text" is "$(sql "back-$ending.db" "SELECT source_ref, title, body FROM report ORDER BY 1" | cksum)" "$(sql xlsx.db "SELECT source_ref, title, body FROM report ORDER BY 1" | cksum)"
	ok "what $ending brought checks clean" "$lapor" check --db "sqlite:back-$ending.db" 2>>log
done
sql xlsx.db "SELECT title FROM report WHERE visibility = 3 LIMIT 1" >secret.title
"$lapor" export --format lapor --db sqlite:xlsx.db --out open.csv 2>>log
ok "secret titles stay here" lacks open.csv "$(cat secret.title),"
ok "secret titles come with --with-secrets" has out.csv "$(cat secret.title)"
empty_db hidden.db
import hidden.db open.csv >hidden.out 2>>log
ok "the open export has the same figures" is "$(figures hidden.db)" "$(figures xlsx.db)"
[ -n "$texts" ] || ok "formulas are made harmless in CSV" has out.csv "'=SUM(A1:A9)"
ok "nothing is left half written" is "$(ls | grep -c '\.part$')" 0

# What is no export: one sentence, exit status 1, nothing changed.
empty_db none.db
refused() { # NAME FILE WORDS
	local n
	import none.db "$2" >refused.out 2>refused.err
	n=$?
	ok "$1 is refused" is "$n $(wc -l <refused.err)" "1 1"
	ok "$1: it says why" has refused.err "$3"
}
head -c 20000 xlsx.xlsx >torn.xlsx
refused "a torn XLSX" torn.xlsx "damaged"
: >empty.csv
refused "an empty file" empty.csv "empty"
refused "a folder" "$work" "not a file"
refused "a file that is not there" nowhere.xlsx "cannot open"
printf 'nama,umur\nbudi,5\n' >other.csv
refused "another table" other.csv "Tracking ID"
printf 'Tracking ID,Judul\n1,x\n' >short.csv
refused "a header without the needed columns" short.csv "no column"
head -c 3000 /dev/urandom >noise.csv
refused "noise" noise.csv "Tracking ID"
"$maker" bomb 0 0 bomb.xlsx && refused "a zip bomb" bomb.xlsx "too much"
"$maker" entity 0 0 entity.xlsx && refused "a document type with entities" entity.xlsx "damaged"
printf '\377\376T\0r\0' >utf16.csv
refused "UTF-16 text" utf16.csv "UTF-16"
ok "nothing came in by them" is "$(sql none.db "SELECT count(*) FROM report")" 0
printf 'Tracking ID,Tanggal Laporan Masuk,Isi Laporan Awal,Status Laporan\n8000001,3 Jan 2024,"tidak ditutup,Ditutup oleh Sistem\n8000002,4 Jan 2024,isi yang baik,Ditutup oleh Admin\n' >quote.csv
import none.db quote.csv >quote.out 2>>log
ok "an open quotation mark loses its own row only" is "$(value quote.out taken) $(value quote.out rejected)" "1 1"
printf 'Tracking ID,Tanggal Laporan Masuk,Waktu Laporan Masuk,Isi Laporan Awal,Status Laporan\n8000011,22 Nov 2026,23:59,datang nanti malam,Terdisposisi Belum Ditindaklanjuti\n8000012,22 Nov 2026,23:59,datang nanti malam,Tunda\n8000013,1 Jan 1970,00:00,sel kosong,Selesai\n8000014,1 Jan 1900,00:00,sel kosong,Selesai\n8000015,1 Jan 2150,00:00,salah ketik,Selesai\n' >dates.csv
import none.db dates.csv >dates.out 2>>log
ok "later today is now, and dates out of this world are rejected" is "$(value dates.out taken) $(value dates.out rejected)" "2 3"
ok "what they brought checks clean" "$lapor" check --db sqlite:none.db 2>>log
printf 'Tracking ID,Tanggal Laporan Masuk,Isi Laporan Awal,Status Laporan,Kategori,Instansi Induk,Instansi Terdisposisi\n8000021,3 Jan 2024,satu,Selesai,-,-,-\n8000022,3 Jan 2024,dua,Selesai,-,,-\n8000023,3 Jan 2024,tiga,Selesai,道路,,\n8000024,3 Jan 2024,empat,Selesai,学校,,\n' >dashes.csv
import none.db dashes.csv >dashes.out 2>>log
ok "a dash is no name, and names of other letters are kept apart" is "$(value dashes.out taken) $(sql none.db "SELECT (SELECT count(*) FROM category WHERE name IN ('-', '道路', '学校')), (SELECT count(*) FROM agency WHERE name = '-')")" "4 2|0"
mkdir locked && cp csv.csv locked/ && chmod a-w locked
if [ -w locked ]; then
	echo "# the tests run as a user who may write everywhere: unwritable folders are not tried"
else
	import none.db locked/csv.csv >refused.out 2>refused.err
	ok "an unwritable reject file is said" has refused.err "--reject"
fi
exit $bad
