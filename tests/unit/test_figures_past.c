/* SPDX-License-Identifier: Apache-2.0
 * What categories count for this month: days that are over out of memory, today out of the table.
 */
#include "unit/app_support.h"

#include "web/directory.h"
#include "web/figures_past.h"

static const struct day today = { 20780 }; /* 2026-11-23 */

static int begin(void **state)
{
	struct town *t = calloc(1, sizeof(*t));

	town_begin(t);
	town_sql(t, "DELETE FROM day_figure; DELETE FROM category;"
		    "INSERT INTO category (id, parent_id, name, slug, is_active) VALUES"
		    " (70, NULL, 'Jalan', 'jalan', 1), (71, 70, 'Aspal', 'aspal', 1), (72, NULL, 'Air', 'air', 1);"
		    "INSERT INTO day_figure (on_day, figure, dimension, n) VALUES"
		    " (20757, 'verified', -70, 1000), (20758, 'verified', -70, 1), (20779, 'verified', -70, 2),"
		    " (20780, 'verified', -70, 4), (20779, 'verified', -71, 8), (20780, 'verified', -72, 16),"
		    " (20780, 'verified', 70, 1000), (20780, 'verified', 0, 1000), (20780, 'received', -70, 1000),"
		    " (20779, 'received', -70, 1000)");
	assert_int_equal(directory_load(t->c.db, t->c.a, t->settings.region_code, &t->c.directory), RC_OK);
	*state = t;
	return 0;
}

static int end(void **state)
{
	town_end(*state);
	free(*state);
	return 0;
}

/* Categories come by name. */
static void expect(struct town *t, struct day on, int64_t air, int64_t asphalt, int64_t road)
{
	int64_t *n;

	assert_int_equal(figures_categories(&t->c, on, &n), RC_OK);
	assert_int_equal(n[0], air);
	assert_int_equal(n[1], asphalt);
	assert_int_equal(n[2], road);
}

static void the_month_counts_to_today(void **state)
{
	expect(*state, today, 16, 8, 7);
}

static void today_is_counted_as_it_is(void **state)
{
	struct town *t = *state;

	assert_int_equal(figures_past_load(t->c.db, t->c.a, today, &t->c.figures), RC_OK);
	expect(t, today, 16, 8, 7);
	town_sql(t, "UPDATE day_figure SET n = 5 WHERE on_day = 20780 AND dimension = -70 AND figure = 'verified';"
		    "UPDATE day_figure SET n = 9 WHERE on_day = 20779 AND dimension = -71");
	expect(t, today, 16, 8, 8);
}

static void what_was_kept_yesterday_does_not_serve_today(void **state)
{
	struct town *t = *state;

	assert_int_equal(figures_past_load(t->c.db, t->c.a, day_add(today, -1), &t->c.figures), RC_OK);
	expect(t, today, 16, 8, 7);
	expect(t, day_add(today, 1), 16, 8, 7);
	expect(t, day_add(today, 8), 0, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_month_counts_to_today, begin, end),
		cmocka_unit_test_setup_teardown(today_is_counted_as_it_is, begin, end),
		cmocka_unit_test_setup_teardown(what_was_kept_yesterday_does_not_serve_today, begin, end),
	};

	return cmocka_run_group_tests_name("figures_past", tests, NULL, NULL);
}
