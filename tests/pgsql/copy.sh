# SPDX-License-Identifier: Apache-2.0
# Sourced by run.sh: lapor copy from SQLite to PostgreSQL and back, killed half-way, refused, and proved equal.

# What copy printed: a line a table.
copy_ok() {
	local name=$1
	shift
	ok "$name" "$lapor" copy "$@"
	sort "$work/out" >"$work/digests"
}
# refuses NAME WORDS COMMAND...
refuses() {
	local name=$1 words=$2
	shift 2
	"$@" >"$work/out" 2>"$work/err"
	verdict "$name" "$([ $? -eq 1 ] && grep -qF -- "$words" "$work/err"; echo $?)"
}
# A picture with its digest, so that attachments travel too.
add_picture() {
	head -c 3000000 /dev/urandom >"$work/picture"
	sqlite3 "$1" "INSERT INTO attachment (id, report_id, audience, name, mime, size_bytes, digest, storage_key, created_at)
		VALUES (70, 5, 1, 'a.png', 'image/png', 3000000, x'$(b2sum -l 256 "$work/picture" | cut -d' ' -f1)', 'db', 1);
		INSERT INTO attachment_data VALUES (70, readfile('$work/picture'))"
}
shapes() {
	pg_sql "$1" "SELECT 'c', conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
		UNION ALL SELECT 'i', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2, 3"
}

half_way() {
	local copier n=0
	make_db half
	"$lapor" copy --from "sqlite:$work/move.db" --to "$(pg_url half)" >"$work/out" 2>"$work/err" &
	copier=$!
	for _ in $(seq 2000); do
		n=$(pg_sql half "SELECT count(*) FROM clock" 2>/dev/null)
		[ "${n:-0}" -gt 0 ] && break
	done
	kill -9 "$copier"
	wait "$copier" 2>/dev/null
	n=$(pg_sql half "SELECT count(*) FROM region")
	echo "regions there already: $n" >"$work/err"
	verdict "a copy is killed half-way" "$([ "$n" -lt 91000 ]; echo $?)"
	refuses "what is half copied is not served" 'lapor copy again' "$lapor" serve --db "$(pg_url half)" --listen 127.0.0.1:0
	refuses "nor filled by init" 'lapor copy again' "$lapor" init --db "$(pg_url half)"
	refuses "nor copied further" 'lapor copy again' "$lapor" copy --from "$(pg_url half)" --to "sqlite:$work/none.db"
	refuses "nor gone on with from another installation" 'another installation' "$lapor" copy --from "sqlite:$work/lite.db" \
		--to "$(pg_url half)"
	copy_ok "begun again it goes on" --from "sqlite:$work/move.db" --to "$(pg_url half)"
	verdict "and says from where" "$(grep -q 'going on after' "$work/err"; echo $?)"
	same "with the same digests" "$work/there" "$work/digests"
	ok "check of it" "$lapor" check --db "$(pg_url half)"
}

copying() {
	local lite=sqlite:$work/move.db there
	local complaint='jenis=pengaduan&judul=Lampu+jalan+mati&isi=Lampu+jalan+di+depan+sekolah+mati+sejak+sepekan.&sifat=anonim'
	there=$(pg_url there)
	make_db there && make_db fresh
	"$lapor" demo --db "$lite" --reports 3000 --seed 9 --now '2026-11-22 14:00 WIB' >"$work/out" 2>"$work/err"
	add_picture "$work/move.db"
	"$lapor" init --db "$(pg_url fresh)" >"$work/out" 2>"$work/err"
	refuses "copy onto itself" 'the same' "$lapor" copy --from "$lite" --to "$lite"
	refuses "copy from nowhere" 'no database' "$lapor" copy --from "sqlite:$work/none.db" --to "$there"
	verdict "which is not made" "$([ ! -e "$work/none.db" ]; echo $?)"
	refuses "copy into an installation" 'holds an installation already' "$lapor" copy --from "$lite" --to "$(pg_url fresh)"
	start_server "$lite"
	refuses "copy of a database that is served" 'stop that first' "$lapor" copy --from "$lite" --to "$there"
	stop_server
	copy_ok "SQLite to PostgreSQL" --from "$lite" --to "$there"
	cp "$work/digests" "$work/there"
	verdict "every table has its digest" "$([ "$(wc -l <"$work/there")" -eq "$(pg_sql there "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")" ]; echo $?)"
	ok "check there" "$lapor" check --db "$there"
	shapes fresh >"$work/shape_fresh"
	shapes there >"$work/shape_there"
	same "keys and indexes are those of lapor init" "$work/shape_fresh" "$work/shape_there"
	refuses "a second copy into it" 'holds an installation already' "$lapor" copy --from "$lite" --to "$there"
	copy_ok "and back" --from "$there" --to "sqlite:$work/moved.db"
	same "with the same digests" "$work/there" "$work/digests"
	ok "check of what came back" "$lapor" check --db "sqlite:$work/moved.db"
	half_way
	start_server "$there"
	ok "a report is sent there, with a number of its own" curl -sf -m 20 -H 'Accept: application/json' -d "$complaint" \
		"http://127.0.0.1:$port/lapor/kirim"
	refuses "copy of a database that is served on PostgreSQL" 'another lapor' "$lapor" copy --from "$there" \
		--to "sqlite:$work/none.db"
	stop_server
	ok "check after that" "$lapor" check --db "$there"
}

# killed NAME COMMAND... : a copy in the background that is killed as soon as the function grown says so.
killed() {
	local name=$1 copier
	shift
	"$@" >"$work/out" 2>"$work/err" &
	copier=$!
	until grown || ! kill -0 "$copier" 2>/dev/null; do sleep 0.02; done
	kill -9 "$copier" 2>/dev/null
	wait "$copier" 2>/dev/null
	verdict "$name" "$([ $? -eq 137 ]; echo $?)"
}

# The long form: a large installation there and back, killed half-way in both directions. copy_large REPORTS
copy_large() {
	local reports=$1 source=sqlite:$work/large.db there begin=$SECONDS debug=$lapor
	there=$(pg_url large)
	# What takes minutes is done by the release build, when there is one.
	[ ! -x "${BUILD:-}/lapor" ] || lapor=$BUILD/lapor
	make_db large
	ok "a demo of $1 reports" "$lapor" demo --db "$source" --reports "$1" --seed 7
	grown() { [ "$(pg_sql large "SELECT pg_relation_size('event') > $reports * 500" 2>/dev/null)" = t ]; }
	killed "a copy of it to PostgreSQL is killed half-way" "$lapor" copy --from "$source" --to "$there"
	copy_ok "begun again it goes on" --from "$source" --to "$there"
	verdict "and says from where" "$(grep -q 'going on after' "$work/err"; echo $?)"
	cp "$work/digests" "$work/large"
	grown() { [ "$(stat -c %s "$work/back.db" 2>/dev/null || echo 0)" -gt $(($(stat -c %s "$work/large.db") / 3)) ]; }
	killed "the way back, too" "$lapor" copy --from "$there" --to "sqlite:$work/back.db"
	copy_ok "begun again it goes on" --from "$there" --to "sqlite:$work/back.db"
	same "$(wc -l <"$work/large") tables have the same digests on all three" "$work/large" "$work/digests"
	ok "check of PostgreSQL" "$lapor" check --db "$there"
	ok "check of what came back" "$lapor" check --db "sqlite:$work/back.db"
	echo "# $1 reports there and back in $((SECONDS - begin)) s, with both kills and checks"
	rm -f "$work/large.db" "$work/back.db"
	lapor=$debug
}
