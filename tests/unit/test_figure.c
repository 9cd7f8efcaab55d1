/* SPDX-License-Identifier: Apache-2.0
 * Figures of the statistics: what one event adds, and that a report counts once where it should.
 */
#include "unit/support.h"

#include "core/figure.h"

/* n of a figure in the list; 0 when it is not there. */
static int64_t figure(const struct figure_input *in, const char *name)
{
	struct figure list[FIGURES_MAX];
	size_t n = figure_list(in, list);

	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].name, name) == 0)
			return list[i].n;
	return 0;
}

static void moments_count_the_first_time_only(void **state)
{
	static const struct { size_t offset; const char *name; } moments[] = {
		{ offsetof(struct projection, verified_at), "verified" },
		{ offsetof(struct projection, disposed_at), "disposed" },
		{ offsetof(struct projection, first_follow_up_at), "followed_up" },
		{ offsetof(struct projection, answered_at), "answered" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(moments); i++) {
		struct projection before = { .is_open = true }, after = before;
		struct chain_event e = { .action = ACT_VERIFY };
		struct figure_input in = { .before = &before, .after = &after, .e = &e };
		struct instant t = { 5 };

		memcpy((char *)&after + moments[i].offset, &t, sizeof(t));
		assert_int_equal(figure(&in, moments[i].name), 1);
		before = after;
		assert_int_equal(figure(&in, moments[i].name), 0);
	}
}

static void in_time_is_what_ran_and_was_not_late(void **state)
{
	struct projection before = { .is_open = true }, after = before;
	struct chain_event e = { .action = ACT_VERIFY };
	struct figure_input in = { .before = &before, .after = &after, .e = &e, .follow_up_wd = 3 };

	(void)state;
	after.verified_at.ms = 5;
	assert_int_equal(figure(&in, "verified_in_time"), 0);
	in.ran = 1U << CLOCK_VERIFY;
	assert_int_equal(figure(&in, "verified_in_time"), 1);
	in.late = 1U << CLOCK_VERIFY;
	assert_int_equal(figure(&in, "verified_in_time"), 0);
	after.first_follow_up_at.ms = 6;
	assert_int_equal(figure(&in, "follow_up_wd"), 3);
}

static void ends_are_counted_by_who_ended_it(void **state)
{
	static const struct { enum state s; enum closer by; const char *what, *by_whom; } cases[] = {
		{ STATE_CLOSED, CLOSED_BY_SYSTEM, "closed", "closed_by_system" },
		{ STATE_CLOSED, CLOSED_BY_ADMIN, "closed", "closed_by_admin" },
		{ STATE_CLOSED, CLOSED_BY_REPORTER, "closed", "closed_by_reporter" },
		{ STATE_ARCHIVED, CLOSED_BY_SYSTEM, "archived", "archived_by_system" },
		{ STATE_ARCHIVED, CLOSED_BY_ADMIN, "archived", "archived_by_admin" },
		{ STATE_ARCHIVED, CLOSED_BY_REPORTER, "archived", "archived_by_reporter" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct projection before = { .is_open = true };
		struct projection after = { .is_open = false, .state = cases[i].s, .closer = cases[i].by };
		struct chain_event e = { .action = ACT_CLOSE };
		struct figure_input in = { .before = &before, .after = &after, .e = &e };
		struct figure list[FIGURES_MAX];

		assert_int_equal(figure(&in, cases[i].what), 1);
		assert_int_equal(figure(&in, cases[i].by_whom), 1);
		assert_int_equal(figure_list(&in, list), 2);
		/* A note on a closed report ends nothing. */
		before = after;
		assert_int_equal(figure_list(&in, list), 0);
	}
}

static void single_acts_add_their_own_figure(void **state)
{
	struct projection before = { .is_open = true, .rating = 0 }, after = { .is_open = true, .rating = 4 };
	struct chain_event e = { .action = ACT_RATE };
	struct figure_input in = { .before = &before, .after = &after, .e = &e };

	(void)state;
	assert_int_equal(figure(&in, "rated"), 1);
	assert_int_equal(figure(&in, "rating_sum"), 4);
	before.rating = 5;
	assert_int_equal(figure(&in, "rated"), 0);
	assert_int_equal(figure(&in, "rating_sum"), -1);
	e.action = ACT_SUBMIT;
	assert_int_equal(figure(&in, "received"), 1);
	e.action = ACT_ESCALATE;
	assert_int_equal(figure(&in, "escalated"), 1);
	e.action = ACT_REOPEN;
	before.is_open = false;
	assert_int_equal(figure(&in, "reopened"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moments_count_the_first_time_only),
		cmocka_unit_test(in_time_is_what_ran_and_was_not_late),
		cmocka_unit_test(ends_are_counted_by_who_ended_it),
		cmocka_unit_test(single_acts_add_their_own_figure),
	};

	return cmocka_run_group_tests_name("figure", tests, NULL, NULL);
}
