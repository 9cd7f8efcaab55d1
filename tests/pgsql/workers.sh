# SPDX-License-Identifier: Apache-2.0
# Sourced by run.sh: two workers on one database. Every message goes out once, every deadline is acted upon once.

MESSAGES=10000
# The present of the demo: a later one would bring notices of deadlines among the messages that are counted.
MADE_AT='2026-11-22 14:00 WIB'

# worker NAME ARGUMENTS...: in the background; its messages go to $work/NAME.
worker() {
	local name=$1
	shift
	mkdir "$work/$name"
	echo "outbox_dir: $work/$name" >"$work/$name.yaml"
	"$lapor" work --once --config "$work/$name.yaml" --db "$(pg_url jobs)" "$@" >"$work/$name.log" 2>&1 &
}
# Both have ended well: together NAME PID PID
together() {
	local status=0
	wait "$2" || status=1
	wait "$3" || status=1
	cat "$work"/[ab]*.log >"$work/err"
	verdict "$1" $status
}

messages() {
	local a b
	pg_sql jobs "INSERT INTO outbox (report_id, seq, template, recipient, language, idempotency_key, created_at, next_at, tries)
		SELECT (SELECT min(id) FROM report), 1, 'received', 'warga' || n || '@contoh.test', 0, 'race:' || n, 1, n / 7, 0
		FROM generate_series(1, $MESSAGES) n"
	worker a --now "$MADE_AT" && a=$!
	worker b --now "$MADE_AT" && b=$!
	together "two workers, $MESSAGES messages" "$a" "$b"
	ls "$work/a" | sort >"$work/a.list"
	ls "$work/b" | sort >"$work/b.list"
	comm -12 "$work/a.list" "$work/b.list" >"$work/err"
	verdict "duplicates: $(wc -l <"$work/err")" "$([ ! -s "$work/err" ]; echo $?)"
	sort -u "$work/a.list" "$work/b.list" | wc -l >"$work/err"
	verdict "missing: $((MESSAGES - $(cat "$work/err")))" "$([ "$(cat "$work/err")" -eq $MESSAGES ]; echo $?)"
	pg_sql jobs "SELECT count(*) FROM outbox WHERE idempotency_key LIKE 'race:%' AND tries = 1 AND sent_at IS NOT NULL AND
		next_at IS NULL" >"$work/err"
	verdict "each was taken once" "$([ "$(cat "$work/err")" -eq $MESSAGES ]; echo $?)"
	wc -l <"$work/a.list" >"$work/err"
	verdict "both had a share" "$([ "$(cat "$work/err")" -gt 100 ] && [ "$(cat "$work/err")" -lt $((MESSAGES - 100)) ]; echo $?)"
}

# The same deadlines as one worker on SQLite, with the same words in the end.
deadlines() {
	local a b later='2027-06-01 09:00 WIB'
	worker a2 --now "$later" && a=$!
	worker b2 --now "$later" && b=$!
	together "two workers, hundreds of deadlines" "$a" "$b"
	ok "check after that" "$lapor" check --db "$(pg_url jobs)"
	"$lapor" work --once --db "sqlite:$work/jobs.db" --now "$later" >"$work/out" 2>"$work/err"
	"$lapor" export --format lapor --db "sqlite:$work/jobs.db" --with-secrets --out "$work/jobs_lite.csv" 2>"$work/err"
	"$lapor" export --format lapor --db "$(pg_url jobs)" --with-secrets --out "$work/jobs_pgsql.csv" 2>"$work/err"
	same "and the same as with one" "$work/jobs_lite.csv" "$work/jobs_pgsql.csv"
	pg_sql jobs "SELECT count(*) FROM index_todo" >"$work/err"
	verdict "no words are left to be indexed" "$([ "$(cat "$work/err")" = 0 ]; echo $?)"
	ls "$work/a2" "$work/b2" >"$work/err"
	verdict "notices of deadlines went out" "$([ "$(grep -c eml "$work/err")" -gt 50 ]; echo $?)"
	cat "$work"/a2/* "$work"/b2/* | grep -i '^message-id:' | sort | uniq -d >"$work/err"
	verdict "no notice of a deadline is there twice" "$([ ! -s "$work/err" ]; echo $?)"
}

workers() {
	make_db jobs
	"$lapor" demo --db "sqlite:$work/jobs.db" --reports 500 --seed 7 --now "$MADE_AT" >"$work/out" 2>"$work/err"
	ok "a demo for the workers" "$lapor" copy --from "sqlite:$work/jobs.db" --to "$(pg_url jobs)"
	messages
	deadlines
}
