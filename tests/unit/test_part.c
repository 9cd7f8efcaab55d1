/* SPDX-License-Identifier: Apache-2.0
 * Every table of the schema has its part in archiving, in an order in which rows can come and go; and what moves arrives
 * whole, without secrets beside it.
 */
#include "unit/store_support.h"

#include "store/migrate.h"
#include "store/part.h"

static const struct part_table *line_of(const char *name)
{
	for (size_t i = 0; i < part_table_n; i++)
		if (strcmp(part_tables[i].name, name) == 0)
			return &part_tables[i];
	return NULL;
}

static void every_table_has_one_line(void **state)
{
	struct arena *a = arena_new(16 << 20);
	struct err err = { 0 };
	struct shape shape;

	(void)state;
	assert_int_equal(shape_load(a, &shape, &err), RC_OK);
	for (size_t i = 0; i < shape.n; i++)
		if (!line_of(shape.tables[i].name))
			fail_msg("store/part.c does not say what becomes of table %s when reports are archived", shape.tables[i].name);
	assert_int_equal(shape.n, part_table_n);
	for (size_t i = 0; i < part_table_n; i++)
		assert_int_equal(part_tables[i].where != NULL, part_tables[i].kind == PART_MOVES);
	arena_free(a);
}

/* A column that refers to a report must move with it, or be one that no report that is over has. */
static void what_refers_to_a_report_moves_with_it(void **state)
{
	static const char *const never[] = { "draft", "index_todo", "archived" };
	struct arena *a = arena_new(16 << 20);
	struct err err = { 0 };
	struct shape shape;

	(void)state;
	assert_int_equal(shape_load(a, &shape, &err), RC_OK);
	for (size_t i = 0; i < shape.n; i++) {
		const struct shape_table *t = &shape.tables[i];
		bool is_known = line_of(t->name)->kind == PART_MOVES;

		for (size_t k = 0; k < ARRAY_LEN(never); k++)
			is_known |= strcmp(t->name, never[k]) == 0;
		for (size_t k = 0; k < t->n_columns; k++)
			if (strcmp(t->columns[k], "report_id") == 0 && !is_known)
				fail_msg("%s.report_id refers to reports, but stays behind", t->name);
	}
	arena_free(a);
}

static const char fill[] =
	"INSERT INTO agency (id, level, name, short_name, slug, group_channel) VALUES (7, 1, 'Ibu', 'Ibu', 'ibu', 'https://secret');"
	"INSERT INTO agency (id, parent_id, level, name, short_name, slug) VALUES (2, 7, 2, 'Anak', 'Anak', 'anak');"
	"INSERT INTO account (id, login, name, email, role, password_hash, created_at) VALUES"
	" (1, 'siti', 'Siti', 'siti@example.org', 4, 'x', 5), (2, 'warga@example.org', 'Warga', NULL, 1, 'y', 5);"
	"INSERT INTO reporter (id, account_id, name) VALUES (21, 2, 'Warga'), (22, NULL, 'Lain');"
	"INSERT INTO report (id, number, code, kind, channel, reporter_id, asked_visibility, received_at, ruleset, state, version,"
	" queue, is_open, needs_action, holder_id, visibility, is_public, is_blocked, is_escalated, transfers, held_since_at,"
	" changed_at, title, body) VALUES"
	" (11, '2023-000001', 'AAAA', 1, 1, 21, 1, 1, '62/2018', 10, 1, 0, 0, 0, 7, 1, 1, 0, 0, 0, 1, 1, 'a', 'b'),"
	" (12, '2023-000002', 'BBBB', 1, 1, 22, 1, 1, '62/2018', 10, 1, 0, 0, 0, 7, 1, 1, 0, 0, 0, 1, 1, 'c', 'd');"
	"INSERT INTO event (report_id, seq, at, action, role, to_state, audience, hash) VALUES"
	" (11, 1, 1, 1, 1, 1, 1, x'00'), (12, 1, 1, 1, 1, 1, 1, x'01');"
	"INSERT INTO attachment (id, report_id, seq, audience, name, mime, size_bytes, digest, storage_key, created_at) VALUES"
	" (31, 11, 1, 1, 'a', 'image/png', 3, x'00', 'db', 1);"
	"INSERT INTO attachment_data VALUES (31, x'010203');"
	"INSERT INTO report_words (rowid, words) VALUES (11, 'lampu'), (12, 'air');";

static void run(struct db *db, const char *sql)
{
	if (db_script(db, sql) != RC_OK)
		fail_msg("%s", db_message(db));
}

static int64_t number(struct db *db, const char *sql)
{
	const struct db_query q = { .name = "number", .index = -1, .n_columns = 1, .sql = { sql, sql } };
	struct db_cursor cur;
	bool row = false;
	int64_t n;

	assert_int_equal(db_start(db, NULL, &q, NULL, &cur), RC_OK);
	assert_int_equal(db_step(&cur, &row), RC_OK);
	n = row ? db_column_int(&cur, 0) : -1;
	db_finish(&cur);
	return n;
}

static void check_there(struct db *to)
{
	assert_int_equal(number(to, "SELECT count(*) FROM report"), 1);
	assert_int_equal(number(to, "SELECT count(*) FROM report_words WHERE report_words MATCH 'lampu'"), 1);
	assert_int_equal(number(to, "SELECT count(*) FROM attachment_data WHERE bytes = x'010203'"), 1);
	assert_int_equal(number(to, "SELECT count(*) FROM account WHERE name IN ('Siti', '') AND login LIKE 'arsip-%'"
				    " AND password_hash = '' AND email IS NULL AND is_active = 0"), 2);
	assert_int_equal(number(to, "SELECT count(*) FROM agency WHERE group_channel IS NOT NULL"), 0);
}

static void a_report_moves_whole_and_alone(void **state)
{
	const struct report_id one = { 11 };
	struct place from, to;
	struct shape shape;
	struct err err = { 0 };
	struct hash here, there;
	int64_t n_here, n_there;

	(void)state;
	place_make(&from);
	place_make(&to);
	struct part p = { .shape = &shape, .from = place_open(&from, DB_WRITE), .to = place_open(&to, DB_WRITE),
			  .a = arena_new(64 << 20) };
	struct arena *a = arena_new(16 << 20);
	assert_int_equal(shape_load(a, &shape, &err), RC_OK);
	assert_int_equal(migrate_up(p.from, &err), RC_OK);
	assert_int_equal(migrate_up(p.to, &err), RC_OK);
	run(p.to, "PRAGMA foreign_keys = OFF");
	run(p.from, fill);
	if (part_refer(&p, &err) != RC_OK || part_refer(&p, &err) != RC_OK || part_copy(&p, &one, 1, &err) != RC_OK)
		fail_msg("%s", err.detail);
	check_there(p.to);
	assert_int_equal(part_digest(&p, p.from, &one, 1, &here, &n_here, &err), RC_OK);
	assert_int_equal(part_digest(&p, p.to, &one, 1, &there, &n_there, &err), RC_OK);
	assert_true(hash_equal(&here, &there));
	assert_int_equal(n_here, 6);
	run(p.from, "UPDATE attachment_data SET bytes = x'010204'");
	assert_int_equal(part_digest(&p, p.from, &one, 1, &here, &n_here, &err), RC_OK);
	assert_false(hash_equal(&here, &there));

	/* Events go with a report that is written down as archived only. */
	assert_int_not_equal(part_remove(&p, p.from, &one, 1, &err), RC_OK);
	run(p.from, "INSERT INTO archived (report_id, year, number, code, is_public) VALUES (11, 2023, 'a', 'b', 1)");
	assert_int_equal(part_remove(&p, p.from, &one, 1, &err), RC_OK);
	assert_int_equal(number(p.from, "SELECT (SELECT count(*) FROM report) * 1000 + (SELECT count(*) FROM event) * 100"
					" + (SELECT count(*) FROM reporter) * 10 + (SELECT count(*) FROM report_words)"), 1111);
	assert_int_equal(number(p.from, "SELECT count(*) FROM attachment_data"), 0);
	db_close(p.from);
	db_close(p.to);
	arena_free(p.a);
	arena_free(a);
	place_remove(&from);
	place_remove(&to);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_table_has_one_line),
		cmocka_unit_test(what_refers_to_a_report_moves_with_it),
		cmocka_unit_test(a_report_moves_whole_and_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
