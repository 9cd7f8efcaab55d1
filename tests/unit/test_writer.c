/* SPDX-License-Identifier: Apache-2.0
 * Group commit: many threads, jobs that fail alone, and nobody told before it is durable.
 */
#include "unit/store_support.h"

#include <pthread.h>

#include "store/writer.h"

#define THREADS 16
#define JOBS 60

struct fixture {
	struct place place;
	struct writer *writer;
	struct db *reader;
	pthread_mutex_t lock; /* several lines of a writer may tell at the same time */
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct err err = { 0 };
	struct db *db;

	pthread_mutex_init(&f->lock, NULL);
	place_make(&f->place);
	db = place_open(&f->place, DB_WRITE);
	thing_table(db);
	assert_int_equal(writer_start(db, f->place.url, &f->writer, &err), RC_OK);
	f->reader = place_open(&f->place, DB_READ);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	if (f->writer)
		writer_stop(f->writer);
	db_close(f->reader);
	place_remove(&f->place);
	free(f);
	return 0;
}

/* Adds n; every seventh then fails on its own. */
static enum rc add_or_fail(struct db *db, void *arg)
{
	int64_t n = *(int64_t *)arg;

	TRY(thing_add(db, n));
	return n % 7 == 3 ? RC_INVALID : RC_OK;
}

struct client {
	struct fixture *f;
	int number, wrong;
};

/* After each answer another connection looks whether what was promised is there. */
static void *client_main(void *arg)
{
	struct client *c = arg;
	struct db *reader = place_open(&c->f->place, DB_READ);

	for (int64_t i = 0; i < JOBS; i++) {
		int64_t n = c->number * JOBS + i;
		enum rc rc = writer_run(c->f->writer, add_or_fail, &n);
		bool fails = n % 7 == 3;

		if (rc != (fails ? RC_INVALID : RC_OK) || thing_count(reader, n) != !fails)
			c->wrong++;
	}
	db_close(reader);
	return NULL;
}

static void what_was_answered_is_there_and_failing_jobs_go_alone(void **state)
{
	struct fixture *f = *state;
	struct client clients[THREADS];
	pthread_t threads[THREADS];
	struct writer_stats stats;

	for (int i = 0; i < THREADS; i++) {
		clients[i] = (struct client){ .f = f, .number = i };
		assert_int_equal(pthread_create(&threads[i], NULL, client_main, &clients[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(clients[i].wrong, 0);
	}
	stats = writer_get_stats(f->writer);
	assert_int_equal(stats.jobs, THREADS * JOBS);
	assert_int_equal(stats.queued, 0);
	assert_int_equal(stats.failed_batches, 0);
	assert_true(stats.batches <= stats.jobs);
	assert_int_equal(thing_count(f->reader, -1), THREADS * JOBS - (THREADS * JOBS + 3) / 7);
}

/* A job that holds the writer until it is let go, so that a batch forms behind it. */
struct gate {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool entered, open;
};

static enum rc wait_at_gate(struct db *db, void *arg)
{
	struct gate *g = arg;

	(void)db;
	pthread_mutex_lock(&g->lock);
	g->entered = true;
	pthread_cond_broadcast(&g->changed);
	while (!g->open)
		pthread_cond_wait(&g->changed, &g->lock);
	pthread_mutex_unlock(&g->lock);
	return RC_OK;
}

struct told {
	struct fixture *f;
	struct gate *gate;
	int64_t n;
	int seen;      /* rows there when told; -1: not told */
	enum rc rc;
	bool then_break; /* run: end the whole transaction, as a full disk does */
};

static enum rc add_one(struct db *db, void *arg)
{
	struct told *t = arg;

	TRY(thing_add(db, t->n));
	if (t->then_break)
		assert_int_equal(db_script(db, "ROLLBACK"), RC_OK);
	return RC_OK;
}

static enum rc told_run(struct db *db, void *arg)
{
	struct told *t = arg;

	return t->gate ? wait_at_gate(db, t->gate) : add_one(db, t);
}

static void told_done(void *arg, enum rc rc)
{
	struct told *t = arg;

	pthread_mutex_lock(&t->f->lock);
	t->rc = rc;
	t->seen = (int)thing_count(t->f->reader, -1);
	pthread_mutex_unlock(&t->f->lock);
}

/* Jobs behind a closed gate; returns when all of them were told. */
static void run_together(struct fixture *f, struct told *told, size_t n)
{
	struct gate gate = { .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };
	struct told keeper = { .f = f, .gate = &gate };
	struct write_job first = { .run = told_run, .done = told_done, .arg = &keeper }, jobs[8];

	assert_int_equal(writer_submit(f->writer, &first), RC_OK);
	pthread_mutex_lock(&gate.lock);
	while (!gate.entered)
		pthread_cond_wait(&gate.changed, &gate.lock);
	pthread_mutex_unlock(&gate.lock);
	for (size_t i = 0; i < n; i++) {
		told[i].f = f;
		told[i].seen = -1;
		jobs[i] = (struct write_job){ .run = told_run, .done = told_done, .arg = &told[i] };
		assert_int_equal(writer_submit(f->writer, &jobs[i]), RC_OK);
	}
	pthread_mutex_lock(&gate.lock);
	gate.open = true;
	pthread_cond_broadcast(&gate.changed);
	pthread_mutex_unlock(&gate.lock);
	writer_stop(f->writer);
	f->writer = NULL;
}

static void nobody_is_told_before_the_commit(void **state)
{
	struct fixture *f = *state;
	struct told told[3] = { { .n = 1 }, { .n = 2 }, { .n = 3 } };

	run_together(f, told, 3);
	/* The first one told already sees more rows than its own: the batch is there as a whole. */
	assert_true(told[0].seen >= 1);
	assert_int_equal(told[2].seen, 3);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(told[i].rc, RC_OK);
		assert_true(told[i].seen > i);
	}
}

static void a_lost_transaction_is_lost_for_every_job_in_it(void **state)
{
	struct fixture *f = *state;
	struct told told[4] = { { .n = 1 }, { .n = 2, .then_break = true }, { .n = 3 }, { .n = 4 } };
	int64_t rows = 0;

	run_together(f, told, 4);
	assert_int_not_equal(told[1].rc, RC_OK);
	for (int i = 0; i < 4; i++) {
		/* What a job was told is what the database says. */
		assert_int_equal(thing_count(f->reader, told[i].n), told[i].rc == RC_OK);
		rows += told[i].rc == RC_OK;
	}
	assert_int_equal(thing_count(f->reader, -1), rows);
	assert_int_equal(told[3].rc, RC_OK);
}

static void a_stopping_writer_takes_no_more_and_finishes_what_it_has(void **state)
{
	struct fixture *f = *state;
	struct told told[2] = { { .n = 1 }, { .n = 2 } };

	run_together(f, told, 2);
	assert_int_equal(thing_count(f->reader, -1), 2);
}

static enum rc fill(struct db *db, void *arg)
{
	static const struct db_query q = { .name = "fill", .n_params = 1, .writes = true,
		SQL("INSERT INTO thing (n, bytes) VALUES (?1, randomblob(40000))") };
	const struct db_value v = { .type = DB_INT, .i = *(int64_t *)arg };

	return db_exec(db, &q, &v, NULL);
}

static enum rc limit_pages(struct db *db, void *arg)
{
	return db_script(db, arg);
}

static void *gate_main(void *arg)
{
	void **both = arg;

	assert_int_equal(writer_run(both[0], wait_at_gate, both[1]), RC_OK);
	return NULL;
}

static void a_job_without_an_answer_is_seen_to_wait(void **state)
{
	struct gate g = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, false };
	struct fixture *f = *state;
	void *both[] = { f->writer, &g };
	uint64_t waited = 0;
	pthread_t thread;

	assert_int_equal(writer_get_stats(f->writer).oldest_ms, 0);
	assert_int_equal(pthread_create(&thread, NULL, gate_main, both), 0);
	while (waited < 3)
		waited = writer_get_stats(f->writer).oldest_ms;
	pthread_mutex_lock(&g.lock);
	g.open = true;
	pthread_cond_broadcast(&g.changed);
	pthread_mutex_unlock(&g.lock);
	pthread_join(thread, NULL);
	assert_int_equal(writer_get_stats(f->writer).oldest_ms, 0);
}

static void a_full_disk_fails_who_needed_it_and_the_writer_goes_on(void **state)
{
	struct fixture *f = *state;
	int64_t n = 0, refused = 0;

	assert_int_equal(writer_run(f->writer, limit_pages, (void *)"PRAGMA max_page_count = 60"), RC_OK);
	for (; n < 20; n++) {
		enum rc rc = writer_run(f->writer, fill, &n);

		assert_true(rc == RC_OK || rc == RC_UNAVAILABLE);
		assert_int_equal(thing_count(f->reader, n), rc == RC_OK);
		refused += rc != RC_OK;
	}
	assert_true(refused > 0 && refused < 20);
	assert_int_equal(writer_run(f->writer, limit_pages, (void *)"PRAGMA max_page_count = 100000"), RC_OK);
	assert_int_equal(writer_run(f->writer, fill, &n), RC_OK);
	assert_int_equal(thing_count(f->reader, -1), 21 - refused);
}

static void the_log_is_brought_in_beside_the_writer(void **state)
{
	struct fixture *f = *state;
	char log[160];

	snprintf(log, sizeof(log), "%s-wal", f->place.path);
	for (int64_t n = 0; n < 1200; n++)
		assert_int_equal(writer_run(f->writer, fill, &n), RC_OK);
	writer_stop(f->writer);
	f->writer = NULL;
	db_close(f->reader);
	f->reader = NULL;
	/* The last to close leaves no log behind, and all rows in the file. */
	assert_int_equal(access(log, F_OK), -1);
	f->reader = place_open(&f->place, DB_READ);
	assert_int_equal(thing_count(f->reader, -1), 1200);
}

int main(void)
{
	const struct CMUnitTest both[] = {
		cmocka_unit_test_setup_teardown(what_was_answered_is_there_and_failing_jobs_go_alone, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_lost_transaction_is_lost_for_every_job_in_it, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_job_without_an_answer_is_seen_to_wait, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_stopping_writer_takes_no_more_and_finishes_what_it_has,
						set_up, tear_down),
	};
	/* One line, whose batches hold several jobs. */
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nobody_is_told_before_the_commit, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_full_disk_fails_who_needed_it_and_the_writer_goes_on,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_log_is_brought_in_beside_the_writer, set_up, tear_down),
	};

	int failed = cmocka_run_group_tests(both, NULL, NULL);

	return place_is_pgsql() ? failed : failed + cmocka_run_group_tests(tests, NULL, NULL);
}
