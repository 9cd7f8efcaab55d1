/* SPDX-License-Identifier: Apache-2.0
 * A copy is equal, goes on where it stopped, and fills nothing that belongs to somebody. Here from SQLite to SQLite; the
 * way to PostgreSQL and back is walked by tests/pgsql.
 */
#include "unit/store_support.h"

#include "store/copy.h"
#include "store/migrate.h"

struct pair {
	struct place from, to;
	struct arena *a;
	struct shape shape;
	struct copy c;
};

static struct db *open_alone(const struct place *p)
{
	struct err err = { 0 };
	struct db *db = NULL;

	if (db_open(p->url, DB_ALONE, &db, &err) != RC_OK)
		fail_msg("%s", err.detail);
	return db;
}

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

/* More rows than two batches, more bytes than two batches, a parent that comes after its child, keys of all kinds. */
static const char fill[] =
	"INSERT INTO region (code, name) WITH RECURSIVE i (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM i WHERE n < 9001)"
	" SELECT printf('%d', n), 'tempat ' || n FROM i;"
	"INSERT INTO agency (id, level, name, short_name, slug) VALUES (7, 1, 'Ibu', 'Ibu', 'ibu');"
	"INSERT INTO agency (id, parent_id, level, name, short_name, slug) VALUES (2, 7, 2, 'Anak', 'Anak', 'anak');"
	"INSERT INTO account (id, login, name, role, password_hash, created_at) VALUES (1, 'a', '', 1, 'x', -5);"
	"INSERT INTO session VALUES (x'00ff', 1, x'', 1, 1, 1, NULL), (x'00', 1, x'01', 1, 1, 1, 2);"
	"INSERT INTO queue_count VALUES (2, 1, 5), (7, 1, 6), (2, 2, 7);"
	"INSERT INTO attachment (id, audience, name, mime, size_bytes, digest, storage_key, created_at)"
	" WITH RECURSIVE i (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM i WHERE n < 5)"
	" SELECT n * 10, 1, 'a', 'image/png', 9000000, x'00', 'db', 1 FROM i;"
	"INSERT INTO attachment_data SELECT id, CASE id WHEN 20 THEN zeroblob(20000000) ELSE randomblob(9000000) END FROM attachment;"
	"INSERT INTO report_words (rowid, words) VALUES (3, 'lampu jalan'), (-1, 'air');"
	"INSERT INTO setting VALUES ('server_key', 'k');";

static int make_pair(void **state)
{
	struct pair *p = calloc(1, sizeof(*p));
	struct err err = { 0 };
	struct db *db;

	place_make(&p->from);
	place_make(&p->to);
	p->a = arena_new(16 << 20);
	assert_int_equal(shape_load(p->a, &p->shape, &err), RC_OK);
	db = place_open(&p->from, DB_WRITE);
	assert_int_equal(migrate_up(db, &err), RC_OK);
	run(db, fill);
	db_close(db);
	*state = p;
	return 0;
}

static int remove_pair(void **state)
{
	struct pair *p = *state;

	place_remove(&p->from);
	place_remove(&p->to);
	arena_free(p->a);
	free(p);
	return 0;
}

static enum rc begin(struct pair *p, struct err *err)
{
	p->c = (struct copy){ .from = open_alone(&p->from), .to = open_alone(&p->to), .shape = &p->shape };
	return copy_begin(&p->c, err);
}

static void end(struct pair *p)
{
	copy_close(&p->c);
	db_close(p->c.from);
	db_close(p->c.to);
}

static const struct shape_table *table(const struct pair *p, const char *name)
{
	for (size_t i = 0; i < p->shape.n; i++)
		if (strcmp(p->shape.tables[i].name, name) == 0)
			return &p->shape.tables[i];
	fail_msg("no table %s", name);
	return NULL;
}

static void copy_everything(struct pair *p)
{
	struct err err = { 0 };

	for (size_t i = 0; i < p->shape.n; i++)
		if (copy_table(&p->c, &p->shape.tables[i], &err) != RC_OK)
			fail_msg("%s", err.detail);
}

static bool is_equal(struct pair *p, const struct shape_table *t)
{
	struct err err = { 0 };
	int64_t n_from, n_to;
	struct hash from, to;

	assert_int_equal(copy_digest(&p->c, p->c.from, t, &from, &n_from, &err), RC_OK);
	assert_int_equal(copy_digest(&p->c, p->c.to, t, &to, &n_to, &err), RC_OK);
	return hash_equal(&from, &to) && n_from == n_to;
}

static void the_shape_is_that_of_the_schema(void **state)
{
	struct pair *p = *state;
	const struct shape_table *words = table(p, "report_words"), *event = table(p, "event");

	assert_string_equal(words->columns[0], "rowid");
	assert_string_equal(words->types, "it");
	assert_int_equal(words->n_key, 1);
	assert_int_equal(event->n_key, 2);
	assert_string_equal(event->columns[event->key[0]], "report_id");
	assert_string_equal(event->columns[event->key[1]], "seq");
}

static void every_table_is_equal_after_a_copy(void **state)
{
	struct pair *p = *state;
	struct err err = { 0 };
	struct db *db;

	if (begin(p, &err) != RC_OK)
		fail_msg("%s", err.detail);
	assert_true(p->c.rows > 9000);
	copy_everything(p);
	assert_int_equal(p->c.done, p->c.rows);
	for (size_t i = 0; i < p->shape.n; i++)
		if (!is_equal(p, &p->shape.tables[i]))
			fail_msg("%s differs", p->shape.tables[i].name);
	assert_int_equal(copy_finish(&p->c, &err), RC_OK);
	end(p);
	db = place_open(&p->to, DB_WRITE);
	assert_int_equal(migrate_check(db, &err), RC_OK);
	assert_int_equal(db_check(db, &err), RC_OK);
	assert_int_equal(number(db, "SELECT count(*) FROM report_words WHERE report_words MATCH 'lampu'"), 1);
	db_close(db);
}

static void one_changed_value_changes_the_digest(void **state)
{
	static const char *const changes[] = {
		"UPDATE region SET name = 'lain' WHERE code = '9001'",
		"UPDATE agency SET parent_id = NULL WHERE id = 2",
		"UPDATE session SET csrf = x'00' WHERE token_hash = x'00ff'",
		"DELETE FROM attachment_data WHERE attachment_id = 50",
		"UPDATE report_words SET words = 'lampu' WHERE rowid = 3",
	};
	static const char *const where[] = { "region", "agency", "session", "attachment_data", "report_words" };
	struct pair *p = *state;
	struct err err = { 0 };

	assert_int_equal(begin(p, &err), RC_OK);
	copy_everything(p);
	for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
		assert_true(is_equal(p, table(p, where[i])));
		run(p->c.to, changes[i]);
		assert_false(is_equal(p, table(p, where[i])));
	}
	end(p);
}

static void a_copy_goes_on_where_it_stopped(void **state)
{
	struct pair *p = *state;
	struct err err = { 0 };
	struct db *db;

	assert_int_equal(begin(p, &err), RC_OK);
	assert_int_equal(copy_table(&p->c, table(p, "attachment"), &err), RC_OK);
	assert_int_equal(copy_table(&p->c, table(p, "region"), &err), RC_OK);
	/* As if it had been killed between two batches. */
	run(p->c.to, "DELETE FROM region WHERE code > '5'; DELETE FROM attachment WHERE id > 10");
	end(p);
	db = place_open(&p->to, DB_WRITE);
	assert_int_equal(migrate_check(db, &err), RC_INVALID);
	assert_non_null(strstr(err.detail, "lapor copy again"));
	assert_int_equal(migrate_up(db, &err), RC_INVALID);
	db_close(db);
	assert_int_equal(begin(p, &err), RC_OK);
	assert_true(p->c.done > 1000 && p->c.done < p->c.rows);
	copy_everything(p);
	assert_int_equal(p->c.done, p->c.rows);
	assert_true(is_equal(p, table(p, "region")));
	assert_true(is_equal(p, table(p, "attachment")));
	assert_int_equal(copy_finish(&p->c, &err), RC_OK);
	end(p);
}

static void a_source_that_was_changed_since_is_refused(void **state)
{
	struct pair *p = *state;
	struct err err = { 0 };
	struct db *db;

	assert_int_equal(begin(p, &err), RC_OK);
	end(p);
	db = place_open(&p->from, DB_WRITE);
	run(db, "INSERT INTO region (code, name) VALUES ('x', 'y')");
	db_close(db);
	assert_int_equal(begin(p, &err), RC_INVALID);
	assert_non_null(strstr(err.detail, "changed since"));
	end(p);
}

static void a_target_in_use_is_left_alone(void **state)
{
	struct pair *p = *state;
	struct err err = { 0 };
	struct db *db = place_open(&p->to, DB_WRITE);

	thing_table(db);
	db_close(db);
	assert_int_equal(begin(p, &err), RC_INVALID);
	assert_non_null(strstr(err.detail, "another program"));
	end(p);
	db = place_open(&p->to, DB_WRITE);
	run(db, "DROP TABLE thing");
	assert_int_equal(migrate_up(db, &err), RC_OK);
	db_close(db);
	assert_int_equal(begin(p, &err), RC_INVALID);
	assert_non_null(strstr(err.detail, "holds an installation already"));
	assert_int_equal(number(p->c.to, "SELECT count(*) FROM region"), 0);
	end(p);
}

static void a_source_with_other_tables_or_columns_is_refused(void **state)
{
	static const struct {
		const char *sql, *says;
	} cases[] = {
		{ "CREATE TABLE lain (id INTEGER PRIMARY KEY)", "lain.id is not of lapor" },
		{ "DROP TABLE lain; ALTER TABLE zone_of DROP COLUMN b", "zone_of.a is not of lapor" },
		{ "DROP TABLE zone_of; ALTER TABLE setting ADD COLUMN extra TEXT", "setting.extra is not of lapor" },
		{ "ALTER TABLE setting DROP COLUMN extra; DROP TABLE index_todo", "index_todo.report_id is not there" },
	};
	struct pair *p = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct db *db = place_open(&p->from, DB_WRITE);
		struct err err = { 0 };

		if (i == 0)
			run(db, "CREATE TABLE zone_of (a INTEGER PRIMARY KEY, b TEXT)");
		run(db, cases[i].sql);
		assert_int_equal(shape_check(db, p->a, &p->shape, &err), RC_INVALID);
		if (!strstr(err.detail, cases[i].says))
			fail_msg("\"%s\" lacks \"%s\"", err.detail, cases[i].says);
		db_close(db);
	}
}

#define WITH_PAIR(test) cmocka_unit_test_setup_teardown(test, make_pair, remove_pair)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PAIR(the_shape_is_that_of_the_schema),
		WITH_PAIR(every_table_is_equal_after_a_copy),
		WITH_PAIR(one_changed_value_changes_the_digest),
		WITH_PAIR(a_copy_goes_on_where_it_stopped),
		WITH_PAIR(a_source_that_was_changed_since_is_refused),
		WITH_PAIR(a_target_in_use_is_left_alone),
		WITH_PAIR(a_source_with_other_tables_or_columns_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
