/* SPDX-License-Identifier: Apache-2.0
 * The demo's intakes: told by the use cases of the pages, in every state, none in the time to come.
 */
#include "unit/app_support.h"

#include "cmd/demo_intake.h"
#include "core/intake.h"

static void every_state_is_there(void **state)
{
	struct session s = { 0 };
	struct town t;

	(void)state;
	town_begin(&t);
	town_sql(&t, "INSERT INTO category (id, name, slug) VALUES (2, 'Jalan Berlubang', 'jalan-berlubang'),"
		     " (3, 'Drainase (Gorong-Gorong/Parit)', 'drainase');"
		     "INSERT INTO account (id, login, name, role, agency_id, password_hash, created_at) VALUES"
		     " (1, 'tim', 'Tim', 9, 2, '-', 1), (2, 'mj', 'Admin', 3, 2, '-', 1), (3, 'k', 'K', 10, 3, '-', 1)");
	s.a = t.c.a;
	s.db = t.c.db;
	s.c = t.c;
	assert_int_equal(demo_intake_make(&s), RC_OK);
	/* The OPD has a team and nobody who enters: there it would end in nowhere. */
	assert_int_equal(town_int(&t, "SELECT count(*) FROM intake WHERE agency_id = 3"), 0);
	for (int i = INTAKE_RECEIVED; i <= INTAKE_REFUSED; i++)
		assert_true(town_int(&t, arena_printf(t.c.a, "SELECT count(*) FROM intake WHERE state = %d", i)) > 0);
	assert_int_equal(town_int(&t, arena_printf(t.c.a, "SELECT count(*) FROM intake_event WHERE at >= %lld",
						   (long long)t.c.now.ms)), 0);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM intake WHERE state = 4 AND report_id IS NULL"), 0);
	town_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_state_is_there) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
