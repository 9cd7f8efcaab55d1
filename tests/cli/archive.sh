# SPDX-License-Identifier: Apache-2.0
# Sourced by run.sh: reports of a year that are over move into an archive, while it is served, killed in between, and
# nothing that was counted changes.

archive() { "$lapor" archive --db sqlite:m.db --year 2023 --now '2026-12-22 14:00 WIB' "$@"; }
count() { sqlite3 -cmd '.timeout 5000' "$1" "SELECT count(*) FROM $2" 2>/dev/null || echo 0; }
figures() { curl -fsS "http://127.0.0.1:$port/statistik" "http://127.0.0.1:$port/statistik?rentang=tahun" "http://127.0.0.1:$port/standar-waktu"; }

"$lapor" demo --db sqlite:m.db --reports 500 --seed 8 --sop tjt-20,tjt-24 --now '2024-03-22 14:00 WIB' >/dev/null 2>err
"$lapor" work --db sqlite:m.db --once --now '2024-12-22 14:00 WIB' >/dev/null 2>>err
sqlite3 m.db "UPDATE report SET source_ref = 'lapor:77' WHERE id = (SELECT min(id) FROM report WHERE is_open = 0 AND number LIKE '2023%')"
head -c 30000 /dev/urandom >picture
sqlite3 m.db "INSERT INTO attachment (report_id, seq, audience, name, mime, size_bytes, digest, storage_key, created_at)
	SELECT id, 1, 1, 'a.png', 'image/png', 30000, x'$(b2sum -l 256 picture | cut -d' ' -f1)', 'db', 1 FROM report WHERE id <= 400;
	INSERT INTO attachment_data SELECT id, readfile('picture') FROM attachment"
prints "a demo of some years ago checks clean" 'clean' "$lapor" check --db sqlite:m.db
says "an archive without a year" 2 '--year YEAR is missing' "$lapor" archive --db sqlite:m.db
says "an archive of nowhere" 1 '--to URL is missing' archive
says "an archive of itself" 1 'the same database' archive --to sqlite:m.db
says "an installation is no archive" 1 'give --to an empty database' archive --to sqlite:a.db
cksum m.db >before
archive --dry-run >dry 2>err
verdict "a dry run counts, and what keeps the others" "$([ $? -eq 0 ] && grep -qE '^over	[1-9][0-9]+$' dry && cksum m.db | cmp -s - before; echo $?)" "$(cat dry err)"
cp m.db runs.db
sqlite3 runs.db "UPDATE clock SET ended_at = NULL WHERE report_id = (SELECT min(id) FROM report WHERE number LIKE '2023-%')"
prints "a clock that runs keeps its report" 'open	1' "$lapor" archive --db sqlite:runs.db --year 2023 --dry-run --now '2026-12-22 14:00 WIB'

over=$(sed -n 's/^over	//p' dry)
port=$((20000 + RANDOM % 20000))
"$lapor" serve --db sqlite:m.db --listen 127.0.0.1:$port --now '2024-01-31 10:00 WIB' >served 2>serve.log &
server=$!
for _ in $(seq 100); do curl -fsS -o /dev/null "http://127.0.0.1:$port/healthz" 2>/dev/null && break; sleep 0.05; done
figures >figures.before
kills=0
for rows in 'a23.db report' 'm.db archived'; do
	"$lapor" archive --db sqlite:m.db --year 2023 --now '2026-12-22 14:00 WIB' --to sqlite:a23.db >out 2>err &
	mover=$!
	for _ in $(seq 500); do
		# shellcheck disable=SC2086
		[ "$(count $rows)" -gt 0 ] && break
		sleep 0.01
	done
	kill -9 $mover 2>/dev/null && kills=$((kills + 1))
	wait $mover 2>/dev/null
	left=$(($(count m.db archived) + $(count m.db report)))
	verdict "killed: every report is here or known to be there" "$([ "$left" = 500 ]; echo $?)" "$left"
	prints "killed: and here all is clean" 'clean' "$lapor" check --db sqlite:m.db
done
verdict "it was killed on the way" "$([ $kills -ge 1 ] && [ "$(count m.db archived)" -lt "$over" ]; echo $?)" "$kills kills, $(count m.db archived) of $over"
sqlite3 a23.db "DELETE FROM setting" && says "an archive that is not this one" 1 'no archive' archive --to sqlite:a23.db
sqlite3 a23.db "INSERT INTO setting VALUES ('archive', '2023 ' || '$(sqlite3 m.db 'SELECT word FROM archive')')"
# Somebody writes a note on one that was copied and has not left: it is copied anew.
sqlite3 m.db "ATTACH 'a23.db' AS there; UPDATE reporter SET name = 'Berubah' WHERE id = (SELECT max(r.reporter_id) FROM main.report r JOIN there.report USING (id))"
archive --to sqlite:a23.db >out 2>err
verdict "run again it goes on to the end" "$([ $? -eq 0 ] && grep -q '^moved	[1-9]' out && [ "$(count m.db archived)" = "$over" ] && [ "$(count a23.db report)" = "$over" ]; echo $?)" "$(cat out err)"
verdict "what was changed meanwhile is in the archive as it was changed" "$([ "$(sqlite3 a23.db "SELECT count(*) FROM reporter WHERE name = 'Berubah'")" = 1 ]; echo $?)" "it is not"
prints "once more there is nothing to do" 'moved	0' archive --to sqlite:a23.db
sleep 1.1
figures >figures.after
verdict "statistics are the same to the byte" "$(cmp -s figures.before figures.after; echo $?)" "$(diff figures.before figures.after | head -n 5)"
verdict "it takes new reports, with new ids" "$(curl -fsS -o /dev/null -H 'Accept: application/json' -d 'jenis=pengaduan&judul=Lampu+jalan+mati&isi=Lampu+jalan+di+depan+sekolah+mati+sejak+sepekan.&sifat=anonim' \
	"http://127.0.0.1:$port/lapor/kirim" && [ "$(sqlite3 m.db 'SELECT max(report.id) > max(archived.report_id) FROM report, archived')" = 1 ]; echo $?)" "$(tail -n 2 serve.log)"
kill -TERM $server
wait $server
prints "the rest is clean" 'clean' "$lapor" check --db sqlite:m.db
prints "the archive is clean" 'clean' "$lapor" check --db sqlite:a23.db
verdict "it has its reports with their files and words" "$([ "$(count a23.db attachment_data)" -gt 0 ] && [ "$(count a23.db report_words)" = "$over" ] && [ "$(count a23.db day_figure)" -gt 0 ]; echo $?)" "$(count a23.db report_words)"
verdict "and nobody's password, address or session" "$([ "$(count a23.db "account WHERE password_hash <> '' OR email IS NOT NULL OR is_active <> 0 OR login NOT LIKE 'arsip-%'")" = 0 ] && [ "$(count a23.db account)" -gt 0 ] &&
	[ "$(($(count a23.db session) + $(count a23.db draft) + $(count a23.db "agency WHERE group_channel IS NOT NULL")))" = 0 ]; echo $?)" "$(sqlite3 a23.db 'SELECT * FROM account LIMIT 3')"
"$lapor" export --format lapor --db sqlite:a23.db --out again.csv 2>err
verdict "an archive is exported like any database" "$(grep -q "$over reports" err; echo $?)" "$(cat err)"
sqlite3 m.db "DELETE FROM event WHERE report_id = (SELECT min(id) FROM report)" 2>err
verdict "events of other reports stay append-only" "$(grep -q 'append-only' err; echo $?)" "$(cat err)"
says "the archive of another year" 1 'another year' "$lapor" archive --db sqlite:m.db --year 2022 --to sqlite:a23.db
rm -f new.db
says "a second archive of the year" 1 'in another archive already' archive --to sqlite:new.db
verdict "an import knows what is in the archive" "$("$lapor" import --format lapor --db sqlite:m.db again.csv --now '2026-12-22 14:00 WIB' 2>&1 | grep -q '^known	1$'; echo $?)" \
	"$("$lapor" import --format lapor --db sqlite:m.db again.csv --now '2026-12-22 14:00 WIB' 2>&1 | head -n 4)"
sqlite3 m.db "UPDATE archive_figure SET n = n + 1 WHERE figure = 'closed' AND dimension = 0; DELETE FROM archived WHERE report_id = (SELECT min(report_id) FROM archived)"
"$lapor" check --db sqlite:m.db >out 2>err
verdict "check finds what was changed of what left" "$([ $? -eq 1 ] && grep -q 'figure closed of' out && grep -q 'left for the archive of 2023' out; echo $?)" "$(head -n 3 out)"
