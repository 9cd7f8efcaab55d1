/* SPDX-License-Identifier: Apache-2.0
 * acts - two people, or a person and the runner, at the same thing at the same moment: one is first, the other hears of it,
 * and what is stored is sound (`lapor check`, whose program LAPOR names). On PostgreSQL both have begun and wait at the same
 * lock before either goes on; on SQLite there is one writer, and the same must come out.
 */
#include "unit/app_support.h"

#include <pthread.h>
#include <time.h>

#include "app/draft.h"
#include "app/office.h"
#include "app/sop_store.h"
#include "app/yamlfile.h"
#include "base/hash.h"
#include "base/log.h"
#include "store/writer.h"

struct scene {
	struct town t;        /* its connection reads */
	struct writer *writer;
	struct submit_out report;
	char url[256];
};

/* What one of the two does, as a job of the writer. */
struct actor {
	pthread_t thread;
	struct scene *s;
	struct ctx c;
	enum rc (*run)(struct actor *a);
	struct who who;
	struct act_in in;
	struct submit_in report;
	struct submit_out sent;
	const char *sop;
	enum rc rc;
};

static void scene_begin(struct scene *s)
{
	const struct submit_in in = town_report();
	struct err err = { 0 };

	town_begin(&s->t);
	town_sql(&s->t, "INSERT INTO agency (id, parent_id, level, name, short_name, slug) VALUES"
			" (12, 1, 2, 'Sukamaju', 'SM', 'sukamaju')");
	s->report = town_submit(&s->t, &in);
	place_url(s->t.folder, s->url, sizeof(s->url));
	if (writer_start(s->t.c.db, s->url, &s->writer, &err) != RC_OK || db_open(s->url, DB_READ, &s->t.c.db, &err) != RC_OK)
		fail_msg("%s", err.detail);
}

static void scene_end(struct scene *s)
{
	const char *lapor = getenv("LAPOR");
	char command[600];

	assert_non_null(lapor);
	writer_stop(s->writer);
	snprintf(command, sizeof(command), "'%s' check --db '%s' >&2", lapor, s->url);
	assert_int_equal(system(command), 0);
	town_end(&s->t);
}

static enum rc in_writer(struct db *db, void *arg)
{
	struct actor *a = arg;

	a->c.db = db;
	a->c.who = a->who;
	a->c.err = (struct err){ 0 };
	return a->run(a);
}

static void *actor_main(void *arg)
{
	struct actor *a = arg;

	a->rc = writer_run(a->s->writer, in_writer, a);
	return NULL;
}

static void wait_a_moment(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
}

static void wait_for_waiting(struct scene *s, int n)
{
	for (int i = 0; i < 2000 && town_int(&s->t, "SELECT count(*) FROM pg_locks WHERE NOT granted") < n; i++)
		wait_a_moment();
	assert_int_equal(town_int(&s->t, "SELECT count(*) FROM pg_locks WHERE NOT granted"), n);
}

/* Both wait behind what gate locks, the first in front; on SQLite nothing is locked. */
static void meet(struct scene *s, const char *gate, struct actor two[2], int first)
{
	struct err err = { 0 };
	struct db *keeper = NULL;
	char sql[200];

	if (place_is_pgsql()) {
		if (db_open(s->url, DB_WRITE, &keeper, &err) != RC_OK)
			fail_msg("%s", err.detail);
		snprintf(sql, sizeof(sql), "BEGIN; %s", gate);
		if (db_script(keeper, sql) != RC_OK)
			fail_msg("%s", db_message(keeper));
	}
	for (int i = 0; i < 2; i++) {
		struct actor *a = &two[i == 0 ? first : 1 - first];

		a->s = s;
		a->c = s->t.c;
		a->c.a = arena_new((size_t)64 * 1024 * 1024);
		assert_int_equal(pthread_create(&a->thread, NULL, actor_main, a), 0);
		if (keeper)
			wait_for_waiting(s, i + 1);
	}
	if (keeper) {
		assert_int_equal(db_script(keeper, "ROLLBACK"), RC_OK);
		db_close(keeper);
	}
	for (int i = 0; i < 2; i++)
		pthread_join(two[i].thread, NULL);
}

static void leave(struct actor two[2])
{
	for (int i = 0; i < 2; i++)
		arena_free(two[i].c.a);
}

static enum rc run_act(struct actor *a)
{
	struct act_out out;

	if (a->who.role == ROLE_CITIZEN)
		return act_by_code(&a->c, a->s->report.code, &a->in, &out);
	if (a->who.role == ROLE_SYSTEM)
		return act_by_id(&a->c, a->s->report.report, &a->in, &out);
	return act_by_number(&a->c, a->s->report.number, &a->in, &out);
}

static const struct who national = { .role = ROLE_NATIONAL_ADMIN, .agency = { 1 } };
static const struct who admin = { .role = ROLE_AGENCY_ADMIN, .agency = { 2 } };
static const struct act_in verify = { .action = ACT_VERIFY, .seen_version = -1, .class = CLASS_COMPLAINT, .category = { 1 },
				      .visibility = VISIBILITY_OPEN, .checked_relevant = true, .checked_complete = true,
				      .checked_clear = true };

static void step(struct scene *s, struct who who, struct act_in in)
{
	struct actor a = { .s = s, .c = s->t.c, .run = run_act, .who = who, .in = in };

	if (writer_run(s->writer, in_writer, &a) != RC_OK)
		fail_msg("%s: refusal %d", action_word(in.action), a.c.err.refusal);
}

/* A test of cmocka that plays a race in both orders. */
#define BOTH_ORDERS(race)                 \
	static void test_##race(void **state) \
	{                                     \
		(void)state;                  \
		race(0);                      \
		race(1);                      \
	}

#define THE_REPORT "SELECT 1 FROM report FOR UPDATE"

/* One of the two was done, and the other was refused for this. */
static void assert_one_was_first(const struct actor two[2], int refusal)
{
	int second = two[0].rc == RC_OK;

	assert_int_equal(two[1 - second].rc, RC_OK);
	assert_int_equal(two[second].rc, RC_CONFLICT);
	assert_int_equal(two[second].c.err.refusal, refusal);
}

static void of_two_officers_the_second_sees_that_it_changed(int first)
{
	struct actor two[2] = {
		{ .run = run_act, .who = national, .in = { .action = ACT_DISPOSE, .seen_version = 2, .to = { 2 } } },
		{ .run = run_act, .who = national, .in = { .action = ACT_DISPOSE, .seen_version = 2, .to = { 12 } } },
	};
	struct scene s = { 0 };

	scene_begin(&s);
	step(&s, national, verify);
	meet(&s, THE_REPORT, two, first);
	assert_one_was_first(two, REFUSE_changed_meanwhile);
	assert_int_equal(town_int(&s.t, "SELECT count(*) FROM event"), 3);
	leave(two);
	scene_end(&s);
}

/* The ten days are over at the moment the reporter writes. */
static void the_runner_closes_or_the_reporter_replies(int first)
{
	struct actor two[2] = {
		{ .run = run_act, .who = { .role = ROLE_SYSTEM }, .in = { .action = ACT_CLOSE, .seen_version = -1 } },
		{ .run = run_act, .who = { .role = ROLE_CITIZEN },
		  .in = { .action = ACT_REPLY, .seen_version = -1, .note = "Masih mati." } },
	};
	struct scene s = { 0 };

	scene_begin(&s);
	step(&s, national, verify);
	step(&s, national, (struct act_in){ .action = ACT_DISPOSE, .seen_version = -1, .to = { 2 } });
	step(&s, admin, (struct act_in){ .action = ACT_ANSWER, .seen_version = -1, .note = "Sudah diganti." });
	meet(&s, THE_REPORT, two, first);
	assert_one_was_first(two, two[0].rc == RC_OK ? REFUSE_not_possible_now : REFUSE_close_needs_answer);
	leave(two);
	scene_end(&s);
}

static enum rc run_send(struct actor *a)
{
	struct field_problems problems;

	return submit_report(&a->c, &a->report, &a->sent, &problems);
}

static void assert_sent_once(struct scene *s, struct actor two[2])
{
	assert_int_equal(two[0].rc, RC_OK);
	assert_int_equal(two[1].rc, RC_OK);
	assert_string_equal(two[0].sent.code, two[1].sent.code);
	assert_int_equal(two[0].sent.repeated + two[1].sent.repeated, 1);
	assert_int_equal(town_int(&s->t, "SELECT count(*) FROM report"), 2);
	assert_int_equal(town_int(&s->t, "SELECT count(*) FROM reporter"), 2);
}

static void one_form_that_is_sent_twice_is_one_report(int first)
{
	struct actor two[2] = { { .run = run_send, .report = town_report() }, { .run = run_send, .report = town_report() } };
	struct scene s = { 0 };

	scene_begin(&s);
	two[0].report.idempotency_key = two[1].report.idempotency_key = "formulir:1";
	/* Nothing of it is there yet that could be waited for but the table itself. */
	meet(&s, "LOCK TABLE report IN SHARE MODE", two, first);
	assert_sent_once(&s, two);
	leave(two);
	scene_end(&s);
}

static enum rc run_draft(struct actor *a)
{
	char token[DRAFT_TOKEN_LEN + 1];
	struct draft d;

	TRY(draft_create(&a->c, token, &d));
	a->report.draft = d.id;
	return RC_OK;
}

static void one_draft_that_is_sent_twice_is_one_report(int first)
{
	struct actor two[2] = { { .run = run_send, .report = town_report() }, { .run = run_send, .report = town_report() } };
	struct scene s = { 0 };
	struct actor begins = { .run = run_draft, .s = &s };

	scene_begin(&s);
	begins.c = s.t.c;
	assert_int_equal(writer_run(s.writer, in_writer, &begins), RC_OK);
	two[0].report.draft = two[1].report.draft = begins.report.draft;
	meet(&s, "SELECT 1 FROM draft FOR UPDATE", two, first);
	assert_sent_once(&s, two);
	leave(two);
	scene_end(&s);
}

static enum rc run_holiday(struct actor *a)
{
	const struct office_holiday_in in = { .on = on("2025-06-04"), .kind = HOLIDAY_NATIONAL, .scope = "",
					      .name = "Cuti bersama", .source = "SKB" };
	TXN(t);

	TRY(txn_begin(a->c.db, &t));
	TRY(office_add_holiday(&a->c, &in));
	return txn_commit(&t);
}

/* A clock that ends while it is counted anew is not brought back to life. */
static void a_holiday_is_announced_while_an_officer_archives(int first)
{
	struct actor two[2] = {
		{ .run = run_holiday, .who = { .role = ROLE_OPERATOR, .agency = { 1 } } },
		{ .run = run_act, .who = admin,
		  .in = { .action = ACT_ARCHIVE, .seen_version = -1, .reason = "other", .note = "Ganda." } },
	};
	struct scene s = { 0 };

	scene_begin(&s);
	step(&s, national, verify);
	step(&s, national, (struct act_in){ .action = ACT_DISPOSE, .seen_version = -1, .to = { 2 } });
	meet(&s, THE_REPORT, two, first);
	assert_int_equal(two[0].rc, RC_OK);
	assert_int_equal(two[1].rc, RC_OK);
	assert_int_equal(town_int(&s.t, "SELECT count(*) FROM clock WHERE ended_at IS NULL"), 0);
	assert_int_equal(town_int(&s.t, "SELECT count(*) FROM report WHERE due_at IS NOT NULL"), 0);
	leave(two);
	scene_end(&s);
}

/* Whoever still has the calendar of before counts by the new one: `lapor check` looks at every deadline. */
static void a_holiday_is_announced_while_an_officer_disposes(int first)
{
	struct actor two[2] = {
		{ .run = run_holiday, .who = { .role = ROLE_OPERATOR, .agency = { 1 } } },
		{ .run = run_act, .who = national, .in = { .action = ACT_DISPOSE, .seen_version = -1, .to = { 2 } } },
	};
	struct scene s = { 0 };

	scene_begin(&s);
	step(&s, national, verify);
	meet(&s, THE_REPORT, two, first);
	assert_int_equal(two[0].rc, RC_OK);
	assert_int_equal(two[1].rc, RC_OK);
	leave(two);
	scene_end(&s);
}

/* Neither is it missed by the one who counts anew. */
static void a_holiday_is_announced_while_a_report_is_sent(int first)
{
	struct actor two[2] = {
		{ .run = run_holiday, .who = { .role = ROLE_OPERATOR, .agency = { 1 } } },
		{ .run = run_send, .report = town_report() },
	};
	struct scene s = { 0 };

	scene_begin(&s);
	meet(&s, "LOCK TABLE report IN SHARE MODE", two, first);
	assert_int_equal(two[0].rc, RC_OK);
	assert_int_equal(two[1].rc, RC_OK);
	assert_int_equal(town_int(&s.t, "SELECT count(DISTINCT due_at) FROM report"), 1);
	leave(two);
	scene_end(&s);
}

static enum rc run_install(struct actor *a)
{
	struct sop_store_check check;
	struct sop_store_done done;
	struct yamlfile_text text;

	TRY(yamlfile_read(a->c.a, arena_printf(a->c.a, "sop/%s.yaml", a->sop), 256u << 10, &text, &a->c.err));
	return sop_store_install(&a->c, &(struct sop_store_in){
		.agency = { 2 }, .name = a->sop, .text = text.p, .n = text.n,
		.from = instant_day(a->c.now, calendar_zone(a->c.calendar)) }, &check, &done);
}

#define THE_AGENCY "SELECT 1 FROM agency WHERE id = 2 FOR UPDATE"

static void of_two_sops_that_are_installed_one_is_in_use(int first)
{
	struct actor two[2] = {
		{ .run = run_install, .who = { .role = ROLE_SYSTEM }, .sop = "tjt-20" },
		{ .run = run_install, .who = { .role = ROLE_SYSTEM }, .sop = "magetan" },
	};
	struct scene s = { 0 };

	scene_begin(&s);
	meet(&s, THE_AGENCY, two, first);
	assert_int_equal(two[0].rc, RC_OK);
	assert_int_equal(two[1].rc, RC_OK);
	assert_int_equal(town_int(&s.t, "SELECT count(*) FROM sop_use WHERE valid_until IS NULL"), 1);
	leave(two);
	scene_end(&s);
}

static void an_sop_is_installed_while_a_report_is_sent_there(int first)
{
	struct actor two[2] = {
		{ .run = run_install, .who = { .role = ROLE_SYSTEM }, .sop = "tjt-20" },
		{ .run = run_act, .who = national, .in = { .action = ACT_DISPOSE, .seen_version = -1, .to = { 2 } } },
	};
	struct scene s = { 0 };

	scene_begin(&s);
	step(&s, national, verify);
	meet(&s, THE_AGENCY, two, first);
	assert_int_equal(two[0].rc, RC_OK);
	assert_int_equal(two[1].rc, RC_OK);
	assert_int_equal(town_int(&s.t, "SELECT agency_id FROM report"), 2);
	leave(two);
	scene_end(&s);
}

BOTH_ORDERS(of_two_officers_the_second_sees_that_it_changed)
BOTH_ORDERS(the_runner_closes_or_the_reporter_replies)
BOTH_ORDERS(one_form_that_is_sent_twice_is_one_report)
BOTH_ORDERS(one_draft_that_is_sent_twice_is_one_report)
BOTH_ORDERS(a_holiday_is_announced_while_an_officer_archives)
BOTH_ORDERS(a_holiday_is_announced_while_an_officer_disposes)
BOTH_ORDERS(a_holiday_is_announced_while_a_report_is_sent)
BOTH_ORDERS(of_two_sops_that_are_installed_one_is_in_use)
BOTH_ORDERS(an_sop_is_installed_while_a_report_is_sent_there)

int main(void)
{
	const struct CMUnitTest tests[] = {
		{ "of_two_officers_the_second_sees_that_it_changed", test_of_two_officers_the_second_sees_that_it_changed, NULL, NULL, NULL },
		{ "the_runner_closes_or_the_reporter_replies", test_the_runner_closes_or_the_reporter_replies, NULL, NULL, NULL },
		{ "one_form_that_is_sent_twice_is_one_report", test_one_form_that_is_sent_twice_is_one_report, NULL, NULL, NULL },
		{ "one_draft_that_is_sent_twice_is_one_report", test_one_draft_that_is_sent_twice_is_one_report, NULL, NULL, NULL },
		{ "a_holiday_is_announced_while_an_officer_archives", test_a_holiday_is_announced_while_an_officer_archives, NULL, NULL, NULL },
		{ "a_holiday_is_announced_while_an_officer_disposes", test_a_holiday_is_announced_while_an_officer_disposes, NULL, NULL, NULL },
		{ "a_holiday_is_announced_while_a_report_is_sent", test_a_holiday_is_announced_while_a_report_is_sent, NULL, NULL, NULL },
		{ "of_two_sops_that_are_installed_one_is_in_use", test_of_two_sops_that_are_installed_one_is_in_use, NULL, NULL, NULL },
		{ "an_sop_is_installed_while_a_report_is_sent_there", test_an_sop_is_installed_while_a_report_is_sent_there, NULL, NULL, NULL },
	};

	hash_init();
	log_set_level(LOG_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
