/* SPDX-License-Identifier: Apache-2.0
 * What several nodes count for one address adds up.
 */
#include "unit/store_support.h"

#include "app/allowance.h"
#include "query_allowance.h"
#include "store/migrate.h"

static struct instant at_ms(int64_t ms)
{
	return (struct instant){ ms };
}

static void uses_add_up_and_begin_anew_once_whole(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct allowance_over_row over;
	struct allowance_read_row row;
	struct err err = { 0 };
	struct place p;
	struct db *db;
	int64_t removed;
	bool found;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	assert_int_equal(migrate_up(db, &err), RC_OK);
	struct allowance_use first[] = { { .who = -7, .each_ms = 100, .now = at_ms(1000) },
					 { .who = 3, .each_ms = 50, .now = at_ms(1000) } };
	struct allowance_use then[] = { { .who = -7, .each_ms = 100, .now = at_ms(1010) } };
	struct allowance_use late[] = { { .who = -7, .each_ms = 100, .now = at_ms(5000) } };
	assert_int_equal(allowance_add(db, a, first, 2), RC_OK);
	assert_int_equal(first[0].full_at.ms, 1100);
	assert_int_equal(first[1].full_at.ms, 1050);
	assert_int_equal(allowance_add(db, a, then, 1), RC_OK);
	assert_int_equal(then[0].full_at.ms, 1200);
	assert_int_equal(allowance_add(db, a, late, 1), RC_OK);
	assert_int_equal(late[0].full_at.ms, 5100);
	assert_int_equal(q_allowance_over(db, a, at_ms(1050), &over, &found), RC_OK);
	assert_false(found);
	assert_int_equal(q_allowance_over(db, a, at_ms(1051), &over, &found), RC_OK);
	assert_true(found);
	assert_int_equal(q_allowance_delete_over(db, at_ms(1051), &removed), RC_OK);
	assert_int_equal(removed, 1);
	assert_int_equal(q_allowance_read(db, a, 3, &row, &found), RC_OK);
	assert_false(found);
	assert_int_equal(q_allowance_read(db, a, -7, &row, &found), RC_OK);
	assert_true(found);
	assert_int_equal(row.full_at.ms, 5100);
	db_close(db);
	place_remove(&p);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(uses_add_up_and_begin_anew_once_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
