/* SPDX-License-Identifier: Apache-2.0
 * A history lived in memory leaves the same rows as the same history acted out through the use cases.
 */
#include "unit/app_support.h"

#include "app/life.h"
#include "unit/install_support.h"

struct scene {
	const char *at;
	struct who who;
	struct agency_id to;
	enum level to_level;
	struct act_in in;
};

#define NATIONAL { .role = ROLE_NATIONAL_ADMIN, .agency = { 1 } }
#define REGENCY { .role = ROLE_AGENCY_ADMIN, .agency = { 2 } }
#define LIAISON { .role = ROLE_LIAISON, .agency = { 3 } }
#define CITIZEN { .role = ROLE_CITIZEN }
#define VERIFY(c, title, body) \
	{ .action = ACT_VERIFY, .class = (c), .category = { 1 }, .visibility = VISIBILITY_ANONYMOUS, \
	  .checked_relevant = true, .checked_complete = true, .checked_clear = true, .public_title = (title), \
	  .public_body = (body) }

/* Late, pended, returned, sent across, answered, replied to, closed, rated: most effects of the table. */
static const struct scene scenes[] = {
	{ "2025-06-03 10:00 WIB", NATIONAL, { 0 }, 0, { .action = ACT_PEND, .reason = "location", .note = "Di mana?" } },
	{ "2025-06-11 20:30 WIB", CITIZEN, { 0 }, 0, { .action = ACT_COMPLETE, .note = "Di depan sekolah." } },
	{ "2025-06-23 10:00 WIB", NATIONAL, { 0 }, 0,
	  VERIFY(CLASS_COMPLAINT, "Lampu jalan mati", "Lampu jalan di depan sekolah mati.") },
	{ "2025-06-23 10:05 WIB", NATIONAL, { 2 }, LEVEL_AGENCY, { .action = ACT_DISPOSE } },
	{ "2025-06-24 09:00 WIB", REGENCY, { 0 }, 0, VERIFY(CLASS_COMPLAINT_OVERSIGHT, NULL, NULL) },
	{ "2025-06-24 09:01 WIB", REGENCY, { 3 }, LEVEL_OPD, { .action = ACT_DISPOSE } },
	{ "2025-06-25 09:00 WIB", LIAISON, { 2 }, LEVEL_AGENCY, { .action = ACT_RETURN_UP, .reason = "wrong_unit", .note = "Salah." } },
	{ "2025-06-26 09:00 WIB", REGENCY, { 3 }, LEVEL_OPD, { .action = ACT_DISPOSE } },
	{ "2025-06-27 09:00 WIB", LIAISON, { 0 }, 0, { .action = ACT_TAKE } },
	{ "2025-07-07 09:00 WIB", LIAISON, { 0 }, 0, { .action = ACT_FOLLOW_UP, .note = "Sedang dicek." } },
	{ "2025-07-08 09:00 WIB", LIAISON, { 0 }, 0, { .action = ACT_NOTE, .note = "Tunggu suku cadang." } },
	{ "2025-07-09 09:00 WIB", LIAISON, { 0 }, 0, { .action = ACT_ANSWER, .note = "Sudah diganti." } },
	{ "2025-07-10 19:00 WIB", CITIZEN, { 0 }, 0, { .action = ACT_REPLY, .note = "Masih mati." } },
	{ "2025-07-11 09:00 WIB", LIAISON, { 0 }, 0, { .action = ACT_ANSWER, .note = "Sekarang menyala." } },
	{ "2025-07-12 19:00 WIB", CITIZEN, { 0 }, 0, { .action = ACT_CLOSE, .reason = "solved", .note = "Terima kasih." } },
	{ "2025-07-12 19:05 WIB", CITIZEN, { 0 }, 0, { .action = ACT_RATE, .rating = 4 } },
};

static void act_out(struct town *t, size_t n)
{
	struct submit_in in = town_report();
	struct submit_out s = town_submit(t, &in);
	struct act_out out;

	for (size_t i = 0; i < n; i++) {
		struct act_in step = scenes[i].in;
		enum rc rc;

		step.seen_version = -1;
		step.to = scenes[i].in.action == ACT_RETURN_UP ? (struct agency_id){ 0 } : scenes[i].to;
		t->c.now = at(scenes[i].at);
		t->c.who = scenes[i].who;
		rc = t->c.who.role == ROLE_CITIZEN ? act_by_code(&t->c, s.code, &step, &out)
						   : act_by_number(&t->c, s.number, &step, &out);
		if (rc != RC_OK)
			fail_msg("scene %zu: refusal %d", i, t->c.err.refusal);
	}
}

static void live(struct town *t, size_t n)
{
	struct submit_in in = town_report();
	struct life_tally *tally = life_tally_new();
	struct life *l = arena_new_one(t->c.a, struct life);
	struct report_id id;

	life_begin(l, &t->c, tally, &(struct life_in){
		.kind = in.kind, .channel = in.channel, .visibility = in.visibility, .email = in.email, .root = { 1 },
		.happened_on = { DAY_NONE }, .received_at = at("2025-06-02 09:00 WIB"), .title = in.title, .body = in.body,
		.number = "2025-900000", .code = "2222222222" });
	for (size_t i = 0; i < n; i++)
		life_step(l, &(struct life_step){ .at = at(scenes[i].at), .who = scenes[i].who, .to = scenes[i].to,
						  .to_level = scenes[i].to_level, .in = scenes[i].in });
	life_end(l);
	assert_int_equal(life_store(l, at("2025-07-20 09:00 WIB"), &id), RC_OK);
	assert_int_equal(life_tally_flush(tally, t->c.db), RC_OK);
	life_tally_free(tally);
}

/* Rows of one report that have no equal with the other. */
static int64_t different(struct town *t, const char *columns, const char *from)
{
	const char *sql = arena_printf(t->c.a, "SELECT (SELECT count(*) FROM (SELECT %s FROM %s = 1 EXCEPT SELECT %s FROM %s = 2) AS a)"
				       " + (SELECT count(*) FROM (SELECT %s FROM %s = 2 EXCEPT SELECT %s FROM %s = 1) AS b)",
				       columns, from, columns, from, columns, from, columns, from);

	return town_int(t, sql);
}

/* sop: that the agency works by, or NULL. */
static void compare_every_step(const char *sop)
{
	for (size_t n = 0; n <= ARRAY_LEN(scenes); n++) {
		struct town t;

		town_begin(&t);
		if (sop)
			town_install(&t, sop, (struct agency_id){ 2 });
		act_out(&t, n);
		live(&t, n);
		assert_int_equal(different(&t, "kind, channel, asked_visibility, received_at, ruleset, state, resume_state, version,"
					   " queue, is_open, needs_action, holder_id, agency_id, opd_id, unit_id, taken_by, class,"
					   " category_id, visibility, is_public, is_blocked, is_escalated, transfers, closer, rating,"
					   " held_since_at, due_at, verified_at, disposed_at, first_follow_up_at, answered_at,"
					   " closed_at, changed_at, title, public_title, body, public_body, sop_id, sop_step, step_since_at",
					   "report WHERE id"), 0);
		assert_int_equal(different(&t, "seq, at, action, role, account_id, agency_id, from_state, to_state, to_agency_id,"
					   " audience, reason, note, data", "event WHERE report_id"), 0);
		assert_int_equal(different(&t, "seq, kind, started_at, limit_n, limit_unit, rule, calendar, due_at, paused_at,"
					   " paused_wd, ended_at", "clock WHERE report_id"), 0);
		assert_int_equal(town_int(&t, "SELECT count(*) FROM day_figure WHERE n % 2 <> 0"), 0);
		assert_int_equal(town_int(&t, "SELECT count(*) FROM queue_count WHERE n NOT IN (0, 2)"), 0);
		assert_int_equal(town_int(&t, "SELECT count(*) FROM report_words WHERE rowid = 2"), 1);
		assert_int_equal(town_int(&t, "SELECT count(*) FROM sop_figure WHERE done % 2 + late % 2 + minutes % 2 <> 0"), 0);
		/* What still runs late is found by the job, or by the storing of a life. */
		if (n == ARRAY_LEN(scenes)) {
			assert_int_equal(different(&t, "sop_id, step, kind, what, due_at, agency_id, account_id, state",
						   "deviation WHERE report_id"), 0);
			assert_int_equal(town_int(&t, "SELECT count(*) FROM sop_figure") > 0, sop != NULL);
			assert_int_equal(town_int(&t, "SELECT count(*) FROM deviation") > 0, sop != NULL);
		}
		town_end(&t);
	}
}

static void lived_and_acted_are_the_same_after_every_step(void **state)
{
	(void)state;
	compare_every_step(NULL);
}

/* Accountable: times, requirements and outputs are missed on the way. */
static void lived_and_acted_are_the_same_with_an_sop(void **state)
{
	(void)state;
	compare_every_step("lumajang");
}

/* What is late when it is stored was missed, with who held it. */
static void a_life_that_ends_late_leaves_its_deviations(void **state)
{
	struct town t;

	(void)state;
	town_begin(&t);
	town_install(&t, "lumajang", (struct agency_id){ 2 });
	live(&t, 6); /* at the OPD since 24 June, five working days: until 2 July */
	assert_int_equal(town_int(&t, "SELECT count(*) FROM clock WHERE kind = 8 AND ended_at IS NULL AND was_missed = 1"), 1);
	assert_int_equal(town_int(&t, "SELECT agency_id FROM deviation WHERE kind = 1 AND step = 2"), 3);
	assert_int_equal(town_int(&t, "SELECT noticed_at - due_at FROM deviation WHERE kind = 1 AND step = 2"), 1);
	town_end(&t);
}

/* An import that is open goes on by the agency's SOP, from now. */
static void an_import_is_bound_where_it_goes_on(void **state)
{
	static const struct {
		enum state state;
		int64_t sop, step;
	} cases[] = { { STATE_AT_OPD, 1, 2 }, { STATE_ANSWERED, 1, 0 }, { STATE_CLOSED, 0, 0 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct life_tally *tally = life_tally_new();
		struct report_id id;
		struct town t;

		town_begin(&t);
		town_install(&t, "lumajang", (struct agency_id){ 2 });
		struct life *l = arena_new_one(t.c.a, struct life);
		life_begin(l, &t.c, tally, &(struct life_in){
			.kind = KIND_COMPLAINT, .channel = CHANNEL_WEB, .visibility = VISIBILITY_OPEN, .root = { 1 },
			.happened_on = { DAY_NONE }, .received_at = at("2025-05-02 09:00 WIB"), .title = "t", .body = "b",
			.number = "2025-900000", .code = "2222222222" });
		life_import(l, &(struct life_step){ .at = t.c.now, .who = { .role = ROLE_SYSTEM }, .to = { 3 },
						    .to_level = LEVEL_OPD, .in = { .action = ACT_IMPORT },
						    .data = "{\"class\":2,\"agency\":2}" }, cases[i].state);
		assert_int_equal(life_now(l)->sop.v, cases[i].sop);
		assert_int_equal(life_now(l)->sop_step, cases[i].step);
		life_end(l);
		assert_int_equal(life_store(l, t.c.now, &id), RC_OK);
		assert_int_equal(town_int(&t, "SELECT count(*) FROM clock WHERE kind = 8"), cases[i].step > 0);
		life_tally_free(tally);
		town_end(&t);
	}
}

static void counters_add_up_over_many_keys(void **state)
{
	struct town t;

	(void)state;
	town_begin(&t);
	for (int round = 0; round < 3; round++) {
		struct life_tally *tally = life_tally_new();
		struct life *l = arena_new_one(t.c.a, struct life);

		/* More days than the table has room for at first. */
		for (int i = 0; i < 3000; i++)
			life_begin(l, &t.c, tally, &(struct life_in){
				.kind = KIND_COMPLAINT, .channel = CHANNEL_WEB, .visibility = VISIBILITY_OPEN, .root = { 1 },
				.happened_on = { DAY_NONE }, .title = "t", .body = "b", .number = "n", .code = "c",
				.received_at = instant_add_ms(at("2020-01-01 09:00 WIB"), i * MS_PER_DAY) });
		assert_int_equal(life_tally_flush(tally, t.c.db), RC_OK);
		life_tally_free(tally);
	}
	assert_int_equal(town_int(&t, "SELECT n FROM queue_count WHERE agency_id = 1"), 9000);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM day_figure WHERE figure = 'received' AND n = 3"), 3000);
	town_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lived_and_acted_are_the_same_after_every_step),
		cmocka_unit_test(lived_and_acted_are_the_same_with_an_sop),
		cmocka_unit_test(a_life_that_ends_late_leaves_its_deviations),
		cmocka_unit_test(an_import_is_bound_where_it_goes_on),
		cmocka_unit_test(counters_add_up_over_many_keys),
	};

	return cmocka_run_group_tests_name("life", tests, NULL, NULL);
}
