/* SPDX-License-Identifier: Apache-2.0
 * From an empty file to today's schema; newer and foreign databases are left alone; every
 * query of the program can be prepared.
 */
#include "unit/store_support.h"

#include "query_lookup.h"
#include "store/migrate.h"
#include "store/schema.h"

static void an_empty_database_becomes_todays_and_stays_so(void **state)
{
	struct place p;
	struct db *db;
	struct err err = { 0 };
	int version = -1;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	assert_int_equal(migrate_version(db, &version, &err), RC_OK);
	assert_int_equal(version, 0);
	assert_int_equal(migrate_check(db, &err), RC_INVALID);
	assert_non_null(strstr(err.detail, "empty"));
	assert_int_equal(migrate_up(db, &err), RC_OK);
	assert_int_equal(migrate_version(db, &version, &err), RC_OK);
	assert_int_equal(version, migrate_latest());
	assert_int_equal(migrate_up(db, &err), RC_OK);
	assert_int_equal(migrate_check(db, &err), RC_OK);
	assert_int_equal(db_check(db, &err), RC_OK);
	db_close(db);
	place_remove(&p);
}

static void a_newer_database_is_refused_and_not_touched(void **state)
{
	struct place p;
	struct db *db;
	struct err err = { 0 };
	int version = 0;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	assert_int_equal(migrate_up(db, &err), RC_OK);
	assert_int_equal(db_script(db, "INSERT INTO schema_version VALUES (9999, 'later')"), RC_OK);
	assert_int_equal(migrate_up(db, &err), RC_INVALID);
	assert_non_null(strstr(err.detail, "use a newer program"));
	assert_int_equal(migrate_check(db, &err), RC_INVALID);
	assert_int_equal(migrate_version(db, &version, &err), RC_OK);
	assert_int_equal(version, 9999);
	db_close(db);
	place_remove(&p);
}

static void an_older_database_is_not_served(void **state)
{
	struct place p;
	struct db *db;
	struct err err = { 0 };

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	assert_int_equal(migrate_up(db, &err), RC_OK);
	assert_int_equal(db_script(db, "DELETE FROM schema_version"), RC_OK);
	assert_int_equal(migrate_check(db, &err), RC_INVALID);
	db_close(db);
	place_remove(&p);
}

static void the_database_of_another_program_is_left_alone(void **state)
{
	struct place p;
	struct db *db;
	struct err err = { 0 };

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	assert_int_equal(migrate_up(db, &err), RC_INVALID);
	assert_non_null(strstr(err.detail, "another program"));
	assert_int_equal(thing_count(db, -1), 0);
	db_close(db);
	place_remove(&p);
}

static void every_query_can_be_prepared_and_has_the_columns_it_says(void **state)
{
	struct place p;
	struct db *db;
	struct err err = { 0 };

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	assert_int_equal(migrate_up(db, &err), RC_OK);
	assert_true(db_query_count > 50);
	for (size_t i = 0; i < db_query_count; i++) {
		const struct db_query *q = db_queries[i];
		struct db_value *none = calloc((size_t)q->n_params + 1, sizeof(*none));
		struct db_cursor cur;

		assert_int_equal(q->index, i);
		assert_int_equal(strlen(q->column_types), q->n_columns);
		assert_int_equal(strlen(q->param_types), q->n_params);
		if (db_start(db, NULL, q, none, &cur) != RC_OK)
			fail_msg("%s", db_message(db));
		db_finish(&cur);
		free(none);
	}
	db_close(db);
	place_remove(&p);
}

static void generated_functions_read_write_and_find_nothing(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct agency_by_slug_row row = { 0 };
	struct agency_children_row *children = NULL;
	struct place p;
	struct db *db;
	struct err err = { 0 };
	size_t n = 9;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	assert_int_equal(migrate_up(db, &err), RC_OK);
	assert_int_equal(q_agency_by_slug(db, a, "pu", &row), RC_NOT_FOUND);
	assert_int_equal(db_script(db, "INSERT INTO agency (id, level, name, short_name, slug) "
				       "VALUES (500, 1, 'Nasional', 'N', 'nasional')"), RC_OK);
	for (int i = 0; i < 40; i++) {
		char sql[160];

		snprintf(sql, sizeof(sql), "INSERT INTO agency (parent_id, level, name, short_name, slug) "
			 "VALUES (500, 2, 'Dinas %02d', 'D', 'd%d')", i, i);
		assert_int_equal(db_script(db, sql), RC_OK);
	}
	assert_int_equal(q_agency_by_slug(db, a, "nasional", &row), RC_OK);
	assert_int_equal(row.id.v, 500);
	assert_int_equal(row.parent_id.v, 0);
	assert_int_equal(row.level, LEVEL_NATIONAL);
	assert_true(row.is_active);
	assert_int_equal(q_agency_children(db, a, row.id, &children, &n), RC_OK);
	assert_int_equal(n, 40);
	assert_string_equal(children[0].name, "Dinas 00");
	assert_string_equal(children[39].name, "Dinas 39");
	assert_int_equal(q_agency_children(db, a, (struct agency_id){ 0 }, &children, &n), RC_OK);
	assert_int_equal(n, 0);
	db_close(db);
	arena_free(a);
	place_remove(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_database_becomes_todays_and_stays_so),
		cmocka_unit_test(a_newer_database_is_refused_and_not_touched),
		cmocka_unit_test(an_older_database_is_not_served),
		cmocka_unit_test(the_database_of_another_program_is_left_alone),
		cmocka_unit_test(every_query_can_be_prepared_and_has_the_columns_it_says),
		cmocka_unit_test(generated_functions_read_write_and_find_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
