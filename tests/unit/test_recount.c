/* SPDX-License-Identifier: Apache-2.0
 * Deadlines counted anew: the history of a report names the days that moved it, and only when they did.
 */
#include "unit/app_support.h"

#include "app/office.h"
#include "query_event.h"

static void add(struct town *t, const char *day, const char *name)
{
	struct office_holiday_in in = { .on = on(day), .kind = HOLIDAY_NATIONAL, .scope = "", .name = name, .source = "SKB" };

	t->c.who = (struct who){ .role = ROLE_OPERATOR };
	assert_int_equal(office_add_holiday(&t->c, &in), RC_OK);
}

static const char *note_of(struct town *t, struct report_id id)
{
	struct event_chain_row *rows;
	size_t n;

	assert_int_equal(q_event_chain(t->c.db, t->c.a, id, &rows, &n), RC_OK);
	return rows[n - 1].action == ACT_RECOUNT ? rows[n - 1].note : NULL;
}

static struct report_id report(struct town *t)
{
	struct submit_in in = town_report();

	t->c.who = (struct who){ 0 };
	return town_submit(t, &in).report;
}

static void the_history_names_the_days(void **state)
{
	struct report_id r;
	struct town t;

	(void)state;
	town_begin(&t);
	r = report(&t); /* three working days from Monday 2 June: until Thursday 5 June */
	add(&t, "2025-06-11", "Jauh sesudahnya");
	assert_null(note_of(&t, r));
	add(&t, "2025-06-04", "Cuti bersama");
	assert_string_equal(note_of(&t, r), "2025-06-04 Cuti bersama");
	assert_int_equal(town_int(&t, "SELECT audience FROM event ORDER BY seq DESC LIMIT 1"), AUDIENCE_REPORTER);
	assert_int_equal(town_int(&t, "SELECT due_at FROM report"), at("2025-06-06 23:59:59 WIB").ms + 999);
	/* A Saturday moves nothing. */
	add(&t, "2025-06-07", "Sabtu");
	assert_int_equal(town_int(&t, "SELECT count(*) FROM event"), 2);
	assert_int_equal(office_remove_holiday(&t.c, on("2025-06-04"), ""), RC_OK);
	assert_string_equal(note_of(&t, r), "2025-06-04 Cuti bersama (tidak lagi libur)");
	assert_int_equal(town_int(&t, "SELECT due_at FROM report"), at("2025-06-05 23:59:59 WIB").ms + 999);
	town_end(&t);
}

/* Nobody is waited for while the reporter is: the officers' day is found when it goes on, the reporter's has moved. */
static void a_paused_clock_moves_unseen(void **state)
{
	struct act_in pend = { .action = ACT_PEND, .seen_version = -1, .reason = "location", .note = "Di mana?" };
	struct submit_in in = town_report();
	struct submit_out s;
	struct act_out out;
	struct town t;

	(void)state;
	town_begin(&t);
	s = town_submit(&t, &in);
	t.c.who = (struct who){ .role = ROLE_NATIONAL_ADMIN, .agency = { 1 } };
	assert_int_equal(act_by_number(&t.c, s.number, &pend, &out), RC_OK);
	add(&t, "2025-06-04", "Cuti bersama");
	assert_string_equal(note_of(&t, s.report), "2025-06-04 Cuti bersama");
	assert_int_equal(town_int(&t, "SELECT count(*) FROM report WHERE due_at IS NULL"), 1);
	assert_int_equal(t.c.who.role, ROLE_OPERATOR);
	town_end(&t);
}

/* Other requests, jobs and nodes go on with the calendar that they have; t here, while another one adds the day. */
static void who_has_the_calendar_of_before_counts_by_the_new_one(void **state)
{
	const int64_t moved = at("2025-06-06 23:59:59 WIB").ms + 999;
	const struct act_in pend = { .action = ACT_PEND, .seen_version = -1, .reason = "location", .note = "Di mana?" };
	const struct calendar *old, *new;
	struct submit_in in = town_report();
	struct town t, other;
	struct submit_out s;
	struct act_out out;

	(void)state;
	town_begin(&t);
	old = t.c.calendar;
	other = t;
	add(&other, "2025-06-04", "Cuti bersama");
	town_submit(&t, &in);
	assert_int_equal(town_int(&t, "SELECT due_at FROM report"), moved);
	new = t.c.calendar;
	assert_ptr_not_equal(new, old);
	s = town_submit(&t, &in);
	assert_ptr_equal(t.c.calendar, new);
	t.c.calendar = old;
	t.c.who = (struct who){ .role = ROLE_NATIONAL_ADMIN, .agency = { 1 } };
	assert_int_equal(act_by_number(&t.c, s.number, &pend, &out), RC_OK);
	assert_false(calendar_is_workday(t.c.calendar, on("2025-06-04")));
	/* The history names what this change moved, not what one before it did. */
	t.c.calendar = old;
	add(&t, "2025-06-05", "Cuti lagi");
	assert_string_equal(note_of(&t, s.report), "2025-06-05 Cuti lagi");
	town_end(&t);
}

/* A change that was refused leaves the one in force as it was. */
static void a_refused_change_raises_nothing(void **state)
{
	struct office_holiday_in in = { .on = on("2025-06-04"), .kind = HOLIDAY_NATIONAL, .scope = "", .name = "Cuti", .source = "SKB" };
	const struct calendar *before;
	struct town t;

	(void)state;
	town_begin(&t);
	add(&t, "2025-06-04", "Cuti bersama");
	before = t.c.calendar;
	assert_int_equal(office_add_holiday(&t.c, &in), RC_CONFLICT);
	report(&t);
	assert_ptr_equal(t.c.calendar, before);
	town_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_history_names_the_days),
		cmocka_unit_test(a_paused_clock_moves_unseen),
		cmocka_unit_test(who_has_the_calendar_of_before_counts_by_the_new_one),
		cmocka_unit_test(a_refused_change_raises_nothing),
	};

	return cmocka_run_group_tests_name("recount", tests, NULL, NULL);
}
