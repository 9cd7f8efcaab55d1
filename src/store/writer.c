/* SPDX-License-Identifier: Apache-2.0
 * writer - the one thread that writes, and the thread beside it that checkpoints the log.
 *
 * A batch is one transaction; each job in it a savepoint. Jobs that arrive while the batch
 * runs still join it, up to its limits, so that a batch is as large as the load asks for and
 * a lone job waits for nobody. Nobody hears RC_OK before the commit has returned. On PostgreSQL
 * several lines take jobs from the queue, each for batches of its own.
 */
#include "store/writer.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/log.h"

#define BATCH_JOBS_MAX 256
#define BATCH_NS_MAX INT64_C(20000000) /* of work, before the commit */
#define QUEUE_MAX 8192
#define LINES_PGSQL 6
/* Where several lines write: what a job has locked stays so until the batch is committed. */
#define BATCH_JOBS_LINES 32
#define LOSER_WAIT_NS 5000000L
#define CHECKPOINT_PAGES 8000
/* So long a log (256 MB) means that a reader does not let go of an old state. */
#define LOG_PAGES_WARN 64000

/* A thread and its connection; SQLite has one. */
struct line {
	struct writer *w;
	struct db *db;
	pthread_t thread;
	int64_t since_ns; /* when the first job of its batch came; 0: it has none; under the writer's lock */
};

struct writer {
	struct line lines[LINES_PGSQL];
	size_t n_lines;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct write_job *first, **last;
	bool stopping;
	struct writer_stats stats; /* under lock; queued counts what waits */

	struct db *checkpoint_db; /* NULL: the connection does it itself */
	pthread_t checkpoint_thread;
	pthread_cond_t checkpoint_wake;
	bool checkpoint_wanted, checkpoint_stopping;
	int64_t log_pages, checkpoint_at, warn_at; /* the log's length, and from which lengths on to act */
};

/* What became of each job of the running batch. */
struct batch {
	struct write_job *job[BATCH_JOBS_MAX + 1];
	enum rc rc[BATCH_JOBS_MAX];
	bool has_lost[BATCH_JOBS_MAX];     /* against another transaction */
	bool is_due_again[BATCH_JOBS_MAX]; /* the batch failed for another's sake */
	size_t n, max;
	int64_t until_ns;
};

static int64_t clock_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* The next job that still fits into the batch; NULL: commit what is there. */
static struct write_job *take_job(struct line *l, const struct batch *b)
{
	struct writer *w = l->w;
	struct write_job *job;

	if (b->n == b->max || (b->n > 0 && clock_ns() >= b->until_ns))
		return NULL;
	pthread_mutex_lock(&w->lock);
	job = w->first;
	if (job) {
		w->first = job->next;
		if (!w->first)
			w->last = &w->first;
		w->stats.queued--;
		if (b->n == 0)
			l->since_ns = job->since_ns;
	}
	pthread_mutex_unlock(&w->lock);
	return job;
}

static enum rc run_job(struct db *db, struct write_job *job)
{
	enum rc rc;
	TXN(t);

	TRY(txn_begin(db, &t));
	rc = job->run(db, job->arg);
	return rc == RC_OK ? txn_commit(&t) : rc;
}

/* What the transaction around the jobs came to, where it was lost before its end. */
static enum rc run_jobs(struct line *l, struct batch *b)
{
	struct write_job *job;

	while ((job = take_job(l, b))) {
		enum rc rc = run_job(l->db, job);

		b->job[b->n] = job;
		b->has_lost[b->n] = rc != RC_OK && db_runs_again(l->db) > 0;
		b->rc[b->n++] = rc;
		if (!txn_is_alive(l->db))
			return rc == RC_OK ? RC_UNAVAILABLE : rc;
	}
	return RC_OK;
}

/* There is no transaction to be had: those who wait hear it now, not one after another. */
static void refuse_waiting(struct line *l, struct batch *b)
{
	b->until_ns = INT64_MAX;
	b->max = BATCH_JOBS_MAX;
	while ((b->job[b->n] = take_job(l, b)))
		b->rc[b->n++] = RC_UNAVAILABLE;
}

/* One transaction. */
static enum rc run_once(struct line *l, struct batch *b)
{
	enum rc rc;
	TXN(t);

	*b = (struct batch){ .until_ns = clock_ns() + BATCH_NS_MAX, .max = l->w->n_lines > 1 ? BATCH_JOBS_LINES : BATCH_JOBS_MAX };
	rc = txn_begin(l->db, &t);
	if (rc != RC_OK) {
		refuse_waiting(l, b);
		return rc;
	}
	TRY(run_jobs(l, b));
	return txn_commit(&t);
}

/* Where it fails, every job that thought it had succeeded has not. */
static bool run_batch(struct line *l, struct batch *b)
{
	if (run_once(l, b) == RC_OK)
		return true;
	log_error("a batch of writes was lost: %s", db_message(l->db));
	for (size_t i = 0; i < b->n; i++)
		if (b->rc[i] == RC_OK)
			b->rc[i] = RC_UNAVAILABLE;
	return false;
}

/* The one it lost against is just being woken: at once, the loser would stand in its way again. */
static void let_others_go_first(int lost)
{
	const struct timespec wait = { .tv_nsec = LOSER_WAIT_NS * lost };

	if (lost > 0)
		nanosleep(&wait, NULL);
}

/* One job as a transaction of its own, run again while it loses against others. lost: how often it has done so. */
static enum rc run_alone(struct line *l, struct write_job *job, int lost)
{
	enum rc rc;

	for (int runs = lost + 1;; runs++) {
		TXN(t);

		let_others_go_first(runs - 1);
		rc = txn_begin(l->db, &t);
		if (rc == RC_OK)
			rc = run_job(l->db, job);
		if (rc == RC_OK)
			rc = txn_commit(&t);
		if (rc == RC_OK || runs > db_runs_again(l->db))
			return rc;
	}
}

/* Those that lost against others, or whose transaction was lost by another job of the batch, without being to blame. */
static void run_again(struct line *l, struct batch *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->has_lost[i] || b->is_due_again[i])
			b->rc[i] = run_alone(l, b->job[i], b->has_lost[i]);
}

/*
 * A batch where others write as well. What was sent to be committed without an answer may have been done, so that it is
 * not run again; all else that failed without a reason of its own is, each job alone.
 */
static bool run_among_others(struct line *l, struct batch *b)
{
	enum rc rc = run_once(l, b);
	bool was_away = rc == RC_UNAVAILABLE && db_runs_again(l->db) == 0;

	for (size_t i = 0; rc != RC_OK && i < b->n; i++) {
		b->is_due_again[i] = b->rc[i] == RC_OK && !was_away;
		if (b->rc[i] == RC_OK)
			b->rc[i] = RC_UNAVAILABLE;
	}
	if (was_away)
		log_error("a write was lost: %s", db_message(l->db));
	run_again(l, b);
	return !was_away;
}

static void count_batch(struct line *l, const struct batch *b, bool ok)
{
	struct writer *w = l->w;
	int64_t pages = db_log_pages(l->db);

	pthread_mutex_lock(&w->lock);
	l->since_ns = 0;
	w->stats.jobs += b->n;
	w->stats.batches++;
	w->stats.failed_batches += !ok;
	if (b->n > w->stats.largest_batch)
		w->stats.largest_batch = b->n;
	w->log_pages = pages;
	if (pages < CHECKPOINT_PAGES) {
		w->checkpoint_at = CHECKPOINT_PAGES;
		w->warn_at = LOG_PAGES_WARN;
	}
	if (w->checkpoint_db && pages >= w->checkpoint_at && !w->checkpoint_wanted) {
		w->checkpoint_wanted = true;
		pthread_cond_signal(&w->checkpoint_wake);
	}
	pthread_mutex_unlock(&w->lock);
}

static void tell(struct batch *b)
{
	for (size_t i = 0; i < b->n; i++)
		b->job[i]->done(b->job[i]->arg, b->rc[i]);
}

/* False when there is nothing left and the writer stops. */
static bool wait_for_work(struct writer *w)
{
	bool work;

	pthread_mutex_lock(&w->lock);
	while (!w->first && !w->stopping)
		pthread_cond_wait(&w->wake, &w->lock);
	work = w->first != NULL;
	pthread_mutex_unlock(&w->lock);
	return work;
}

static void *writer_main(void *arg)
{
	struct line *l = arg;
	struct batch b = { 0 };
	bool has_others = db_engine_of(l->db) == DB_PGSQL;

	while (wait_for_work(l->w)) {
		bool ok = has_others ? run_among_others(l, &b) : run_batch(l, &b);

		if (b.n == 0)
			continue; /* another line took it */
		count_batch(l, &b, ok);
		tell(&b);
	}
	return NULL;
}

/*
 * First what can be copied without stopping anyone, most of it; then, with the writer held for
 * the short rest, the log begins anew. Without the second step it would never do so under load.
 */
static enum rc checkpoint_once(struct writer *w)
{
	TRY(db_checkpoint(w->checkpoint_db, false));
	return db_checkpoint(w->checkpoint_db, true);
}

static bool wait_for_checkpoint(struct writer *w)
{
	bool wanted;

	pthread_mutex_lock(&w->lock);
	while (!w->checkpoint_wanted && !w->checkpoint_stopping)
		pthread_cond_wait(&w->checkpoint_wake, &w->lock);
	wanted = !w->checkpoint_stopping;
	pthread_mutex_unlock(&w->lock);
	return wanted;
}

static void *checkpoint_main(void *arg)
{
	struct writer *w = arg;

	while (wait_for_checkpoint(w)) {
		enum rc rc = checkpoint_once(w);

		pthread_mutex_lock(&w->lock);
		/* A reader in the way stays for a while: not again before the log has grown some more. */
		if (rc != RC_OK)
			w->checkpoint_at = w->log_pages + CHECKPOINT_PAGES;
		if (rc != RC_OK && w->log_pages > w->warn_at) {
			w->warn_at = w->log_pages * 2;
			log_warn("the log has %lld pages: %s", (long long)w->log_pages,
				 db_message(w->checkpoint_db));
		}
		w->checkpoint_wanted = false;
		pthread_mutex_unlock(&w->lock);
	}
	return NULL;
}

static enum rc start_checkpoints(struct writer *w, const char *url, struct err *err)
{
	if (!url || db_engine_of(w->lines[0].db) != DB_SQLITE)
		return RC_OK;
	TRY(db_open(url, DB_WRITE, &w->checkpoint_db, err));
	if (db_checkpoint_by_itself(w->lines[0].db, false) != RC_OK ||
	    pthread_create(&w->checkpoint_thread, NULL, checkpoint_main, w) != 0) {
		db_close(w->checkpoint_db);
		w->checkpoint_db = NULL;
		return err_set(err, RC_UNAVAILABLE, 0, "the thread for checkpoints does not start");
	}
	return RC_OK;
}

static void stop_checkpoints(struct writer *w)
{
	if (!w->checkpoint_db)
		return;
	pthread_mutex_lock(&w->lock);
	w->checkpoint_stopping = true;
	pthread_cond_signal(&w->checkpoint_wake);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->checkpoint_thread, NULL);
	db_close(w->checkpoint_db);
}

static void writer_free(struct writer *w)
{
	pthread_cond_destroy(&w->checkpoint_wake);
	pthread_cond_destroy(&w->wake);
	pthread_mutex_destroy(&w->lock);
	free(w);
}

static enum rc start_line(struct writer *w, struct db *db, struct err *err)
{
	struct line *l = &w->lines[w->n_lines];

	*l = (struct line){ .w = w, .db = db };
	if (pthread_create(&l->thread, NULL, writer_main, l) != 0)
		return err_set(err, RC_UNAVAILABLE, 0, "the writer's thread does not start");
	w->n_lines++;
	return RC_OK;
}

static void stop_lines(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_broadcast(&w->wake);
	pthread_mutex_unlock(&w->lock);
	for (size_t i = 0; i < w->n_lines; i++)
		pthread_join(w->lines[i].thread, NULL);
}

/* The first connection stays the caller's while this may still fail. */
static enum rc start_lines(struct writer *w, struct db *db, const char *url, struct err *err)
{
	size_t n = url && db_engine_of(db) == DB_PGSQL ? LINES_PGSQL : 1;
	enum rc rc = start_line(w, db, err);

	while (rc == RC_OK && w->n_lines < n) {
		struct db *more;

		rc = db_open(url, DB_WRITE, &more, err);
		if (rc == RC_OK && (rc = start_line(w, more, err)) != RC_OK)
			db_close(more);
	}
	if (rc == RC_OK)
		return RC_OK;
	stop_lines(w);
	for (size_t i = 1; i < w->n_lines; i++)
		db_close(w->lines[i].db);
	return rc;
}

enum rc writer_start(struct db *db, const char *url, struct writer **ret, struct err *err)
{
	struct writer *w = calloc(1, sizeof(*w));
	enum rc rc;

	if (!w)
		BUG("out of memory");
	w->lines[0].db = db;
	w->last = &w->first;
	w->checkpoint_at = CHECKPOINT_PAGES;
	w->warn_at = LOG_PAGES_WARN;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->wake, NULL);
	pthread_cond_init(&w->checkpoint_wake, NULL);
	rc = start_checkpoints(w, url, err);
	if (rc == RC_OK && (rc = start_lines(w, db, url, err)) != RC_OK)
		stop_checkpoints(w);
	if (rc != RC_OK) {
		writer_free(w);
		return rc;
	}
	*ret = w;
	return RC_OK;
}

enum rc writer_submit(struct writer *w, struct write_job *job)
{
	bool taken;

	job->next = NULL;
	job->since_ns = clock_ns();
	pthread_mutex_lock(&w->lock);
	taken = !w->stopping && w->stats.queued < QUEUE_MAX;
	if (taken) {
		*w->last = job;
		w->last = &job->next;
		/* A lone line sleeps only while the queue is empty. */
		if (w->stats.queued++ == 0 || w->n_lines > 1)
			pthread_cond_signal(&w->wake);
	}
	pthread_mutex_unlock(&w->lock);
	return taken ? RC_OK : RC_UNAVAILABLE;
}

/* A job whose submitter waits. */
struct waiter {
	enum rc (*run)(struct db *db, void *arg);
	void *arg;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool is_done;
	enum rc rc;
};

static enum rc waiter_run(struct db *db, void *arg)
{
	struct waiter *v = arg;

	return v->run(db, v->arg);
}

static void waiter_done(void *arg, enum rc rc)
{
	struct waiter *v = arg;

	pthread_mutex_lock(&v->lock);
	v->rc = rc;
	v->is_done = true;
	pthread_cond_signal(&v->wake);
	pthread_mutex_unlock(&v->lock);
}

enum rc writer_run(struct writer *w, enum rc (*run)(struct db *, void *), void *arg)
{
	struct waiter v = { .run = run, .arg = arg };
	struct write_job job = { .run = waiter_run, .done = waiter_done, .arg = &v };
	enum rc rc;

	pthread_mutex_init(&v.lock, NULL);
	pthread_cond_init(&v.wake, NULL);
	rc = writer_submit(w, &job);
	if (rc == RC_OK) {
		pthread_mutex_lock(&v.lock);
		while (!v.is_done)
			pthread_cond_wait(&v.wake, &v.lock);
		pthread_mutex_unlock(&v.lock);
		rc = v.rc;
	}
	pthread_cond_destroy(&v.wake);
	pthread_mutex_destroy(&v.lock);
	return rc;
}

static uint64_t oldest_ms(const struct writer *w)
{
	int64_t since = w->first ? w->first->since_ns : 0;

	for (size_t i = 0; i < w->n_lines; i++)
		if (w->lines[i].since_ns > 0 && (since == 0 || w->lines[i].since_ns < since))
			since = w->lines[i].since_ns;
	return since > 0 ? (uint64_t)(clock_ns() - since) / 1000000 : 0;
}

struct writer_stats writer_get_stats(struct writer *w)
{
	struct writer_stats stats;

	pthread_mutex_lock(&w->lock);
	stats = w->stats;
	stats.oldest_ms = oldest_ms(w);
	pthread_mutex_unlock(&w->lock);
	return stats;
}

void writer_stop(struct writer *w)
{
	stop_lines(w);
	stop_checkpoints(w);
	for (size_t i = 0; i < w->n_lines; i++)
		db_close(w->lines[i].db);
	writer_free(w);
}
