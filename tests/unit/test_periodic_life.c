/* SPDX-License-Identifier: Apache-2.0
 * The periodic report in a database: its figures from live rows against a count by hand, who may see and do what, a
 * holiday announced late, and that nobody changes a stored text or event unnoticed.
 */
#include "unit/app_support.h"

#include "app/office.h"
#include "app/periodic.h"
#include "app/periodic_count.h"
#include "app/periodic_text.h"
#include "app/recount.h"
#include "base/hash.h"
#include "query_periodic.h"

static const struct who admin = { .role = ROLE_AGENCY_ADMIN, .agency = { 2 } };
static const struct who section = { .role = ROLE_SECTION_HEAD, .agency = { 2 } };

static void act_as(struct town *t, const char *when, struct who who, const struct submit_out *s, struct act_in in)
{
	struct act_out out;

	in.seen_version = -1;
	t->c.now = at(when);
	t->c.who = who;
	if ((who.role == ROLE_CITIZEN ? act_by_code(&t->c, s->code, &in, &out) : act_by_number(&t->c, s->number, &in, &out)) !=
	    RC_OK)
		fail_msg("%s: refusal %d %s", when, t->c.err.refusal, t->c.err.detail);
}

static struct submit_out send(struct town *t, const char *when, enum channel channel)
{
	struct submit_in in = town_report();

	t->c.now = at(when);
	t->c.who = (struct who){ 0 };
	in.channel = channel;
	return town_submit(t, &in);
}

#define NATIONAL ((struct who){ .role = ROLE_NATIONAL_ADMIN, .agency = { 1 } })
#define LIAISON ((struct who){ .role = ROLE_LIAISON, .agency = { 3 } })
#define CITIZEN ((struct who){ .role = ROLE_CITIZEN })

static void bring_down(struct town *t, const char *verified, const char *disposed, const struct submit_out *s)
{
	const struct act_in verify = { .action = ACT_VERIFY, .class = CLASS_COMPLAINT, .category = { 1 },
				       .visibility = VISIBILITY_OPEN, .checked_relevant = true, .checked_complete = true,
				       .checked_clear = true };

	act_as(t, verified, NATIONAL, s, verify);
	act_as(t, verified, NATIONAL, s, (struct act_in){ .action = ACT_DISPOSE, .to = { 2 } });
	act_as(t, disposed, admin, s, verify);
	act_as(t, disposed, admin, s, (struct act_in){ .action = ACT_DISPOSE, .to = { 3 } });
}

/*
 * June 2025, worked by hand:
 *   A  web, 2 June; verified the same day, with the OPD the same day, answered on the 10th, closed on the 12th with 4 stars.
 *   B  letter, 3 June; verified on the 16th only (3 working days ended on the 11th: 6 June is Idul Adha, 9 June cuti bersama);
 *      with the OPD, which sends it back once; open.
 *   C  web, 27 June; verified in time; open, nothing of it is due before July.
 *   D  web, 26 May, before the period; open at its end; its 14 working days are over.
 *   E  web, 1 July: after the period.
 */
static void live_a_month(struct town *t)
{
	struct submit_out a, b, c, d, e;

	d = send(t, "2025-05-26 09:00 WIB", CHANNEL_WEB);
	bring_down(t, "2025-05-26 10:00 WIB", "2025-05-26 11:00 WIB", &d);
	a = send(t, "2025-06-02 09:00 WIB", CHANNEL_WEB);
	bring_down(t, "2025-06-02 10:00 WIB", "2025-06-02 11:00 WIB", &a);
	b = send(t, "2025-06-03 09:00 WIB", CHANNEL_LETTER);
	act_as(t, "2025-06-10 09:00 WIB", LIAISON, &a, (struct act_in){ .action = ACT_ANSWER, .note = "Sudah diganti." });
	act_as(t, "2025-06-12 09:00 WIB", CITIZEN, &a, (struct act_in){ .action = ACT_CLOSE, .reason = "solved" });
	act_as(t, "2025-06-12 09:01 WIB", CITIZEN, &a, (struct act_in){ .action = ACT_RATE, .rating = 4 });
	bring_down(t, "2025-06-16 09:00 WIB", "2025-06-16 10:00 WIB", &b);
	act_as(t, "2025-06-17 09:00 WIB", LIAISON, &b,
	       (struct act_in){ .action = ACT_RETURN_UP, .reason = "wrong_unit", .note = "Bukan kami." });
	act_as(t, "2025-06-17 10:00 WIB", admin, &b, (struct act_in){ .action = ACT_DISPOSE, .to = { 3 } });
	c = send(t, "2025-06-27 09:00 WIB", CHANNEL_WEB);
	bring_down(t, "2025-06-27 10:00 WIB", "2025-06-27 11:00 WIB", &c);
	e = send(t, "2025-07-01 09:00 WIB", CHANNEL_WEB);
	bring_down(t, "2025-07-01 10:00 WIB", "2025-07-01 11:00 WIB", &e);
}

static void june_counted_from_rows_is_june_counted_by_hand(void **state)
{
	struct periodic_form f = { .agency = { 2 }, .first = on("2025-06-01"), .last = on("2025-06-30") };
	struct town t;

	(void)state;
	town_begin(&t);
	live_a_month(&t);
	/* Whenever it is counted. */
	t.c.now = at("2025-08-20 09:00 WIB");
	assert_int_equal(periodic_count(&t.c, &f), RC_OK);
	assert_int_equal(f.received, 3);
	assert_int_equal(f.by_channel[CHANNEL_WEB], 2);
	assert_int_equal(f.by_channel[CHANNEL_LETTER], 1);
	assert_int_equal(f.by_class[CLASS_COMPLAINT], 3);
	assert_int_equal(f.stage[PERIODIC_VERIFIED].done, 3);
	assert_int_equal(f.stage[PERIODIC_VERIFIED].in_time, 2);
	assert_int_equal(f.stage[PERIODIC_VERIFIED].late, 1);
	assert_int_equal(f.stage[PERIODIC_DISPOSED].done, 3);
	assert_int_equal(f.stage[PERIODIC_ANSWERED].done, 1);
	assert_int_equal(f.stage[PERIODIC_ANSWERED].in_time, 1);
	assert_int_equal(f.stage[PERIODIC_CLOSED].done, 1);
	assert_int_equal(f.open, 2);
	assert_int_equal(f.carried_open, 1);
	assert_int_equal(f.carried_late, 1);
	assert_int_equal(f.returned_by_opd, 1);
	assert_int_equal(f.returned_up, 0);
	assert_int_equal(f.rated, 1);
	assert_int_equal(f.rating[4], 1);
	assert_int_equal(f.opds.n, 1);
	assert_string_equal(f.opds.p[0].name, "Dinas PU");
	assert_int_equal(f.opds.p[0].received, 3);
	assert_int_equal(f.opds.p[0].returned, 1);
	assert_string_equal(f.categories.p[0].name, "Jalan");
	town_end(&t);
}

static struct periodic_id begin(struct town *t, const char *when)
{
	struct periodic_id id = { 0 };

	t->c.now = at(when);
	t->c.who = admin;
	assert_int_equal(periodic_open_last(&t->c, &id), RC_OK);
	return id;
}

static enum rc deed(struct town *t, struct periodic_id id, struct who who, enum sop_task task)
{
	struct periodic_out out;

	t->c.who = who;
	return periodic_act(&t->c, id, &(struct periodic_in){ .task = task, .seen_seq = -1, .words = { .summary = "Ringkas" },
							      .number = "1", .note = "Catatan" }, &out);
}

static void other_agencies_and_offices_do_not_know_it(void **state)
{
	static const struct who others[] = {
		{ .role = ROLE_AGENCY_ADMIN, .agency = { 1 } }, { .role = ROLE_SECTION_HEAD, .agency = { 3 } },
		{ .role = ROLE_LIAISON, .agency = { 2 } },      { .role = ROLE_REGENT, .agency = { 2 } },
		{ .role = ROLE_OPERATOR, .agency = { 2 } },     { .role = ROLE_NONE },
	};
	struct town t;

	(void)state;
	town_begin(&t);
	struct periodic_id id = begin(&t, "2025-07-01 09:00 WIB");
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		for (int task = SOP_TASK_PERIODIC_COMPILE; task <= SOP_TASK_PERIODIC_ARCHIVE; task++)
			assert_int_equal(deed(&t, id, others[i], (enum sop_task)task), RC_NOT_FOUND);
	assert_int_equal(deed(&t, id, section, SOP_TASK_PERIODIC_CHECK), RC_INVALID);
	t.c.who = section;
	assert_int_equal(periodic_open_last(&t.c, &id), RC_DENIED);
	town_end(&t);
}

static void beginning_twice_is_one_report(void **state)
{
	struct town t;

	(void)state;
	town_begin(&t);
	struct periodic_id first = begin(&t, "2025-07-01 09:00 WIB"), again = begin(&t, "2025-07-02 09:00 WIB");
	assert_int_equal(first.v, again.v);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM periodic_event"), 1);
	town_end(&t);
}

/* Due on Tuesday 1 July; that day becomes cuti bersama, so it is Wednesday. */
static void a_holiday_announced_late_moves_the_step(void **state)
{
	struct town t;

	(void)state;
	town_begin(&t);
	struct periodic_id id = begin(&t, "2025-07-01 07:00 WIB");
	struct periodic_read_row r;

	assert_int_equal(q_periodic_read(t.c.db, t.c.a, id, &r), RC_OK);
	assert_day(instant_day(r.due_at, ZONE_WIB), "2025-07-01");
	t.c.who = NATIONAL;
	assert_int_equal(office_add_holiday(&t.c, &(struct office_holiday_in){
		.on = on("2025-07-01"), .kind = HOLIDAY_CUTI_BERSAMA, .scope = "", .name = "Cuti", .source = "SKB" }), RC_OK);
	assert_int_equal(q_periodic_read(t.c.db, t.c.a, id, &r), RC_OK);
	assert_day(instant_day(r.due_at, ZONE_WIB), "2025-07-02");
	town_end(&t);
}

/* The same day, announced elsewhere before: the admin still has the calendar without it. */
static void the_calendar_in_force_counts(void **state)
{
	struct periodic_read_row r;
	const struct calendar *old;
	struct ctx other;
	struct town t;

	(void)state;
	town_begin(&t);
	old = t.c.calendar;
	other = t.c;
	other.who = NATIONAL;
	assert_int_equal(office_add_holiday(&other, &(struct office_holiday_in){
		.on = on("2025-07-01"), .kind = HOLIDAY_CUTI_BERSAMA, .scope = "", .name = "Cuti", .source = "SKB" }), RC_OK);
	struct periodic_id id = begin(&t, "2025-07-01 07:00 WIB");
	assert_int_equal(q_periodic_read(t.c.db, t.c.a, id, &r), RC_OK);
	assert_day(instant_day(r.due_at, ZONE_WIB), "2025-07-02");
	t.c.calendar = old;
	assert_int_equal(deed(&t, id, admin, SOP_TASK_PERIODIC_COMPILE), RC_OK);
	assert_false(calendar_is_workday(t.c.calendar, on("2025-07-01")));
	town_end(&t);
}

static void a_text_and_its_event_are_bound(void **state)
{
	struct periodic_version_read_row v;
	struct periodic_events_row *rows;
	struct town t;
	size_t n;

	(void)state;
	town_begin(&t);
	struct periodic_id id = begin(&t, "2025-07-01 07:00 WIB");
	assert_int_equal(deed(&t, id, admin, SOP_TASK_PERIODIC_COMPILE), RC_OK);
	assert_int_equal(q_periodic_version_read(t.c.db, t.c.a, &(struct periodic_version_read_args){ id, 1 }, &v), RC_OK);
	struct hash digest = periodic_form_digest(v.content);
	assert_memory_equal(digest.b, v.digest.p, HASH_BYTES);
	assert_int_equal(q_periodic_events(t.c.db, t.c.a, id, &rows, &n), RC_OK);
	assert_int_equal(n, 2);
	struct hash first = { 0 };
	memcpy(first.b, rows[0].hash.p, HASH_BYTES);
	struct periodic_event e = { .periodic = id, .seq = 2, .at = rows[1].at, .what = rows[1].what, .role = rows[1].role,
				    .to = rows[1].to_state, .version = 1, .digest = &digest, .note = "Catatan" };
	struct hash h = periodic_hash(&first, &e);
	assert_memory_equal(h.b, rows[1].hash.p, HASH_BYTES);
	/* Nobody changes either by hand. */
	assert_int_not_equal(db_script(t.c.db, "UPDATE periodic_version SET content = '{}'"), RC_OK);
	assert_int_not_equal(db_script(t.c.db, "DELETE FROM periodic_event"), RC_OK);
	town_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(june_counted_from_rows_is_june_counted_by_hand),
		cmocka_unit_test(other_agencies_and_offices_do_not_know_it),
		cmocka_unit_test(beginning_twice_is_one_report),
		cmocka_unit_test(a_holiday_announced_late_moves_the_step),
		cmocka_unit_test(the_calendar_in_force_counts),
		cmocka_unit_test(a_text_and_its_event_are_bound),
	};

	hash_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
