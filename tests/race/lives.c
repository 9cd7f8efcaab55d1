/* SPDX-License-Identifier: Apache-2.0
 * Many whole lives at the same time through the writer's lines, reports moving to and fro between the same offices, with
 * the jobs beside: nothing is refused, and afterwards events explain rows, clocks, counters and figures (`lapor check`,
 * whose program LAPOR names). On SQLite the same with its one line. Run by tests/race/run.sh.
 */
#include "unit/app_support.h"

#include <pthread.h>

#include "base/hash.h"
#include "base/log.h"
#include "job/runner.h"
#include "store/writer.h"

#define PEOPLE 8
#define LIVES 12

static const struct scene {
	struct who who;
	struct act_in in;
} scenes[] = {
	{ { .role = ROLE_NATIONAL_ADMIN, .agency = { 1 } },
	  { .action = ACT_VERIFY, .class = CLASS_COMPLAINT, .category = { 1 }, .visibility = VISIBILITY_OPEN,
	    .checked_relevant = true, .checked_complete = true, .checked_clear = true } },
	{ { .role = ROLE_NATIONAL_ADMIN, .agency = { 1 } }, { .action = ACT_DISPOSE, .to = { 2 } } },
	{ { .role = ROLE_AGENCY_ADMIN, .agency = { 2 } },
	  { .action = ACT_VERIFY, .class = CLASS_COMPLAINT, .category = { 1 }, .visibility = VISIBILITY_OPEN,
	    .checked_relevant = true, .checked_complete = true, .checked_clear = true } },
	{ { .role = ROLE_AGENCY_ADMIN, .agency = { 2 } }, { .action = ACT_DISPOSE, .to = { 3 } } },
	{ { .role = ROLE_LIAISON, .agency = { 3 } },
	  { .action = ACT_RETURN_UP, .reason = "wrong_unit", .note = "Bukan wewenang kami." } },
	{ { .role = ROLE_AGENCY_ADMIN, .agency = { 2 } }, { .action = ACT_DISPOSE, .to = { 3 } } },
	{ { .role = ROLE_LIAISON, .agency = { 3 } }, { .action = ACT_ANSWER, .note = "Sudah diganti." } },
	{ { .role = ROLE_CITIZEN }, { .action = ACT_CLOSE, .reason = "solved", .note = "Terima kasih." } },
};

/* Somebody who lives through reports; each step is a job of its own. */
struct person {
	pthread_t thread;
	struct town *t;
	struct writer *writer;
	struct ctx c;
	struct submit_out s;
	size_t scene;
	int refused;
};

static enum rc submit_run(struct db *db, void *arg)
{
	struct person *p = arg;
	struct submit_in in = town_report();
	struct field_problems problems;
	struct ctx c = p->c;

	c.db = db;
	return submit_report(&c, &in, &p->s, &problems);
}

static enum rc act_run(struct db *db, void *arg)
{
	struct person *p = arg;
	struct act_in in = scenes[p->scene].in;
	struct act_out out;
	struct ctx c = p->c;

	c.db = db;
	c.who = scenes[p->scene].who;
	in.seen_version = -1;
	return c.who.role == ROLE_CITIZEN ? act_by_code(&c, p->s.code, &in, &out) : act_by_number(&c, p->s.number, &in, &out);
}

static void *person_main(void *arg)
{
	struct person *p = arg;

	for (int life = 0; life < LIVES; life++) {
		p->refused += writer_run(p->writer, submit_run, p) != RC_OK;
		for (p->scene = 0; p->scene < ARRAY_LEN(scenes); p->scene++)
			p->refused += writer_run(p->writer, act_run, p) != RC_OK;
		arena_reset(p->c.a);
	}
	return NULL;
}

static void check(const char *url)
{
	const char *lapor = getenv("LAPOR");
	char command[600];

	assert_non_null(lapor);
	snprintf(command, sizeof(command), "'%s' check --db '%s' >&2", lapor, url);
	assert_int_equal(system(command), 0);
}

static void lives_at_the_same_time_leave_sound_records(void **state)
{
	struct person people[PEOPLE] = { 0 };
	struct job_tally tally, sum = { 0 };
	struct err err = { 0 };
	struct writer *w;
	char url[256];
	struct town t;

	(void)state;
	town_begin(&t);
	place_url(t.folder, url, sizeof(url));
	assert_int_equal(writer_start(t.c.db, url, &w, &err), RC_OK);
	assert_int_equal(db_open(url, DB_READ, &t.c.db, &err), RC_OK);
	for (size_t i = 0; i < PEOPLE; i++) {
		people[i] = (struct person){ .t = &t, .writer = w, .c = t.c };
		people[i].c.a = arena_new((size_t)64 * 1024 * 1024);
		assert_int_equal(pthread_create(&people[i].thread, NULL, person_main, &people[i]), 0);
	}
	/* The jobs index what others are just changing. */
	for (int i = 0; i < 20; i++) {
		assert_int_equal(job_run_due(&t.c, w, &tally), RC_OK);
		sum.failures += tally.failures;
	}
	for (size_t i = 0; i < PEOPLE; i++) {
		pthread_join(people[i].thread, NULL);
		assert_int_equal(people[i].refused, 0);
		arena_free(people[i].c.a);
	}
	assert_int_equal(job_run_due(&t.c, w, &tally), RC_OK);
	assert_int_equal(sum.failures + tally.failures, 0);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM report WHERE state = 10"), PEOPLE * LIVES);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM report_words"), PEOPLE * LIVES);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM index_todo"), 0);
	writer_stop(w);
	check(url);
	town_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(lives_at_the_same_time_leave_sound_records) };

	hash_init();
	log_set_level(LOG_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
