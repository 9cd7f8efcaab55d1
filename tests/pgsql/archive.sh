# SPDX-License-Identifier: Apache-2.0
# Sourced by run.sh: a year leaves a PostgreSQL for an archive on SQLite, killed once, and the next year for one on PostgreSQL.

archiving() {
	local main later='2026-12-22 14:00 WIB' mover over
	main=$(pg_url years)
	make_db years && make_db year2022
	ok "a demo of some years ago" "$lapor" demo --db "$main" --reports 400 --seed 8 --sop tjt-20,tjt-24 --now '2024-03-22 14:00 WIB'
	ok "its deadlines pass" "$lapor" work --once --db "$main" --now '2024-12-22 14:00 WIB'
	ok "what would leave" "$lapor" archive --db "$main" --year 2023 --dry-run --now "$later"
	over=$(sed -n 's/^over	//p' "$work/out")
	"$lapor" archive --db "$main" --year 2023 --to "sqlite:$work/2023.db" --now "$later" >"$work/out" 2>"$work/err" &
	mover=$!
	for _ in $(seq 1000); do
		[ "$(pg_sql years "SELECT count(*) FROM archived")" -gt 0 ] && break
	done
	kill -9 "$mover"
	wait "$mover" 2>/dev/null
	echo "$(pg_sql years "SELECT count(*) FROM archived") of $over left" >"$work/err"
	verdict "killed on the way" "$([ "$(pg_sql years "SELECT count(*) FROM archived")" -lt "$over" ]; echo $?)"
	ok "it is clean where it was killed" "$lapor" check --db "$main"
	ok "a year leaves PostgreSQL for SQLite" "$lapor" archive --db "$main" --year 2023 --to "sqlite:$work/2023.db" --now "$later"
	verdict "all of it" "$([ "$(pg_sql years "SELECT count(*) FROM archived")" = "$over" ] && [ "$(sqlite3 "$work/2023.db" 'SELECT count(*) FROM report')" = "$over" ]; echo $?)"
	ok "another for PostgreSQL" "$lapor" archive --db "$main" --year 2022 --to "$(pg_url year2022)" --now "$later"
	ok "the rest is clean" "$lapor" check --db "$main"
	ok "so is the archive on SQLite" "$lapor" check --db "sqlite:$work/2023.db"
	ok "and the one on PostgreSQL" "$lapor" check --db "$(pg_url year2022)"
	pg_sql years "DELETE FROM event WHERE report_id = (SELECT min(id) FROM report)" >/dev/null 2>"$work/err"
	verdict "events of other reports stay append-only" "$([ $? -ne 0 ] && grep -q append-only "$work/err"; echo $?)"
}
