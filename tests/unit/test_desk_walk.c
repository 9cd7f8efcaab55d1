/* SPDX-License-Identifier: Apache-2.0
 * The lists of the inbox, page by page: each report once, in the order of the list, whatever is filtered.
 */
#include "unit/app_support.h"

#include "web/desk_walk.h"

#define REPORTS 130
#define PAGES_MAX 40

_Static_assert(QUEUE_RESPOND == 3, "as the SQL of this file says");

static int begin(void **state)
{
	struct town *t = calloc(1, sizeof(*t));
	struct submit_in in = town_report();

	town_begin(t);
	for (int i = 0; i < REPORTS; i++)
		(void)town_submit(t, &in);
	/* Two a deadline, some without; every third lies with the agency; the last thirty are over. */
	town_sql(t, "UPDATE report SET due_at = 1000 * (id / 2) + 1000, queue = 3, category_id = 1,"
		    " region_code = CASE WHEN id % 4 = 0 THEN '35.20.01' ELSE '35.201' END, is_public = 1,"
		    " holder_id = CASE WHEN id % 3 = 0 THEN 2 ELSE 1 END;"
		    "UPDATE report SET due_at = NULL, needs_action = 0 WHERE id % 10 = 0;"
		    "UPDATE report SET is_open = 0, needs_action = 0, closed_at = 5000 + id WHERE id > 100");
	t->c.who = (struct who){ .role = ROLE_NATIONAL_ADMIN, .agency = { 1 } };
	*state = t;
	return 0;
}

static int end(void **state)
{
	town_end(*state);
	free(*state);
	return 0;
}

struct seen {
	int64_t id[REPORTS];
	int64_t at_ms[REPORTS]; /* 0: none */
	size_t n, pages;
};

static struct seen all_pages(struct town *t, struct desk_walk w)
{
	struct seen s = { 0 };
	struct desk_walked *p = arena_new_one(t->c.a, struct desk_walked);

	w.after = "";
	w.line = t->c.who.agency;
	if (!w.filter.region)
		w.filter.region = "";
	do {
		assert_true(s.pages++ < PAGES_MAX);
		assert_int_equal(desk_walk_load(&t->c, &w, p), RC_OK);
		for (size_t i = 0; i < p->n; i++) {
			const struct inbox_walk_row *r = p->row[i].r;

			assert_true(s.n < REPORTS);
			s.id[s.n] = r->id.v;
			s.at_ms[s.n++] = w.list == DESK_ARCHIVE ? r->closed_at.ms : r->due_at.ms;
		}
		w.after = p->next;
	} while (p->next);
	return s;
}

/* Those without a deadline come last, by id; the others by deadline and id, backwards: the other way round. */
static void assert_in_order(const struct seen *s, bool backwards)
{
	for (size_t i = 1; i < s->n; i++) {
		int64_t step = s->at_ms[i] != s->at_ms[i - 1] ? s->at_ms[i] - s->at_ms[i - 1] : s->id[i] - s->id[i - 1];

		if (s->at_ms[i - 1] == 0 || s->at_ms[i] == 0)
			assert_true(s->at_ms[i] == 0 && (s->at_ms[i - 1] != 0 || s->id[i] > s->id[i - 1]));
		else
			assert_true(backwards ? step < 0 : step > 0);
	}
}

static void check(struct town *t, struct desk_walk w, const char *count, size_t pages)
{
	for (int turn = 0; turn < 2; turn++) {
		struct seen s;

		w.latest_first = turn == 1;
		s = all_pages(t, w);
		assert_int_equal(s.n, town_int(t, arena_printf(t->c.a, "SELECT count(*) FROM report WHERE %s", count)));
		assert_int_equal(s.pages, pages);
		assert_in_order(&s, turn == 1 || w.list == DESK_ARCHIVE);
	}
}

static void every_list_has_each_report_once(void **state)
{
	struct town *t = *state;

	check(t, (struct desk_walk){ .list = DESK_ACTION }, "is_open = 1 AND needs_action = 1 AND holder_id = 1", 2);
	check(t, (struct desk_walk){ .list = DESK_RESPOND, .queue = QUEUE_RESPOND }, "is_open = 1 AND queue = 3 AND holder_id = 1", 2);
	check(t, (struct desk_walk){ .list = DESK_WATCHED }, "is_open = 1 AND holder_id = 2", 1);
	check(t, (struct desk_walk){ .list = DESK_ARCHIVE }, "is_open = 0", 1);
}

static void overdue_ends_at_the_present(void **state)
{
	struct town *t = *state;

	t->c.now = (struct instant){ 20500 };
	check(t, (struct desk_walk){ .list = DESK_OVERDUE },
	      "is_open = 1 AND needs_action = 1 AND holder_id = 1 AND due_at < 20500", 1);
}

static void filters_keep_what_fits(void **state)
{
	struct town *t = *state;

	check(t, (struct desk_walk){ .list = DESK_WATCHED, .filter = { .region = "35.20" } },
	      "is_open = 1 AND holder_id = 2 AND region_code = '35.20.01'", 1);
	check(t, (struct desk_walk){ .list = DESK_WATCHED, .filter = { .region = "35.20.02" } }, "1 = 0", 1);
	check(t, (struct desk_walk){ .list = DESK_RESPOND, .queue = QUEUE_RESPOND, .filter = { .category = 1 } },
	      "is_open = 1 AND holder_id = 1 AND category_id = 1", 2);
	check(t, (struct desk_walk){ .list = DESK_RESPOND, .queue = QUEUE_RESPOND, .filter = { .category = 2 } }, "1 = 0", 1);
	check(t, (struct desk_walk){ .list = DESK_ARCHIVE, .filter = { .state = STATE_ANSWERED } }, "1 = 0", 1);
}

/* A walk that finds nothing ends after so many rows, and goes on where it ended. */
static void a_walk_is_bounded(void **state)
{
	struct town *t = *state;
	struct desk_walked *p = arena_new_one(t->c.a, struct desk_walked);
	struct desk_walk w = { .list = DESK_WATCHED, .line = { 1 }, .filter = { .region = "" }, .after = "" };
	struct submit_in in = town_report();

	for (int i = 0; i < 300; i++)
		(void)town_submit(t, &in);
	town_sql(t, "UPDATE report SET holder_id = 1, due_at = 900000 + id WHERE id > 100 AND is_open = 1");
	town_sql(t, "UPDATE report SET holder_id = 1 WHERE id < 95");
	assert_int_equal(desk_walk_load(&t->c, &w, p), RC_OK);
	assert_int_equal(p->n, 2); /* 96 and 99 */
	assert_non_null(p->next);
	w.after = p->next;
	assert_int_equal(desk_walk_load(&t->c, &w, p), RC_OK);
	assert_int_equal(p->n, 0);
	assert_null(p->next);
}

/* What is no place begins at the beginning. */
static void a_damaged_address_begins_anew(void **state)
{
	static const char *const bad[] = { "x", "1", "_", "1_", "_1", "1_x", "9223372036854775808_1", "-9223372036854775808_1" };
	struct town *t = *state;
	struct desk_walked *p = arena_new_one(t->c.a, struct desk_walked);

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct desk_walk w = { .list = DESK_ACTION, .filter = { .region = "" }, .after = bad[i] };

		assert_int_equal(desk_walk_load(&t->c, &w, p), RC_OK);
		assert_int_equal(p->n, DESK_WALK_PAGE);
		assert_int_equal(p->row[0].r->id.v, 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_list_has_each_report_once, begin, end),
		cmocka_unit_test_setup_teardown(overdue_ends_at_the_present, begin, end),
		cmocka_unit_test_setup_teardown(filters_keep_what_fits, begin, end),
		cmocka_unit_test_setup_teardown(a_walk_is_bounded, begin, end),
		cmocka_unit_test_setup_teardown(a_damaged_address_begins_anew, begin, end),
	};

	return cmocka_run_group_tests_name("desk_walk", tests, NULL, NULL);
}
