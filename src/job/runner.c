/* SPDX-License-Identifier: Apache-2.0
 * runner - all parts in order, and the thread that runs them again and again.
 */
#include "job/runner.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/holidays.h"
#include "app/sop_store.h"
#include "base/log.h"
#include "channel/net.h"
#include "job/work.h"

#define ARENA_BYTES ((size_t)64 * 1024 * 1024)

enum rc job_run_due(struct ctx *c, struct writer *w, struct job_tally *ret)
{
	struct work work = { c, w, ret, work_clock_ms() };

	*ret = (struct job_tally){ 0 };
	c->who = (struct who){ .role = ROLE_SYSTEM };
	/* Clocks first: what they write goes out in the same run. */
	TRY(clocks_run(&work));
	TRY(ombudsman_run(&work));
	TRY(periodic_run(&work));
	TRY(words_run(&work));
	TRY(outbox_run(&work));
	return cleanup_run(&work);
}

struct job {
	struct job_settings s;
	struct db *db;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping, woken;
	struct instant last;
	struct job_tally sum;
};

static void add_tally(struct job_tally *to, const struct job_tally *t)
{
	to->reminders += t->reminders;
	to->closed += t->closed;
	to->expired += t->expired;
	to->escalated += t->escalated;
	to->missed += t->missed;
	to->opened += t->opened;
	to->sent += t->sent;
	to->send_failures += t->send_failures;
	to->given_up += t->given_up;
	to->indexed += t->indexed;
	to->removed += t->removed;
	to->failures += t->failures;
}

/* The calendar and the SOPs are read anew each time: a decree may have come meanwhile. */
static void run_once(struct job *j, struct arena *a)
{
	struct ctx c = { .db = j->db, .a = a, .now = instant_now(), .lang = LANG_ID, .settings = j->s.settings,
			 .files = j->s.files };
	struct job_tally t = { 0 };
	enum rc rc = holidays_load(j->db, a, j->s.settings, &c.calendar);

	if (rc == RC_OK)
		rc = sop_store_load(j->db, a, &c.sops, &c.err);
	if (rc == RC_OK)
		rc = job_run_due(&c, j->s.writer, &t);
	if (rc != RC_OK)
		log_warn("jobs: %s %s %s", rc_name(rc), c.err.detail, db_message(j->db));
	pthread_mutex_lock(&j->lock);
	add_tally(&j->sum, &t);
	j->last = c.now;
	pthread_mutex_unlock(&j->lock);
	arena_reset(a);
}

/* Until the interval is over, or someone wakes or stops us. False: stop. */
static bool wait_for_next(struct job *j)
{
	struct timespec until;
	bool go_on;

	clock_gettime(CLOCK_MONOTONIC, &until);
	int64_t ns = until.tv_nsec + (int64_t)(j->s.interval_ms % 1000) * 1000000;
	until.tv_sec += j->s.interval_ms / 1000 + ns / 1000000000;
	until.tv_nsec = ns % 1000000000;
	pthread_mutex_lock(&j->lock);
	while (!j->stopping && !j->woken)
		if (pthread_cond_timedwait(&j->wake, &j->lock, &until) == ETIMEDOUT)
			break;
	j->woken = false;
	go_on = !j->stopping;
	pthread_mutex_unlock(&j->lock);
	return go_on;
}

static void *thread_main(void *arg)
{
	struct job *j = arg;
	struct arena *a = arena_new(ARENA_BYTES);

	do {
		run_once(j, a);
	} while (wait_for_next(j));
	arena_free(a);
	return NULL;
}

enum rc job_start(const struct job_settings *s, struct job **ret, struct err *err)
{
	struct job *j = calloc(1, sizeof(*j));
	pthread_condattr_t attr;

	BUG_ON(!j);
	j->s = *s;
	enum rc rc = db_open(s->db_url, DB_READ, &j->db, err);
	if (rc != RC_OK) {
		free(j);
		return rc;
	}
	net_init();
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_mutex_init(&j->lock, NULL);
	pthread_cond_init(&j->wake, &attr);
	pthread_condattr_destroy(&attr);
	int failed = pthread_create(&j->thread, NULL, thread_main, j);
	if (failed) {
		db_close(j->db);
		free(j);
		return err_set(err, RC_UNAVAILABLE, 0, "cannot start the job thread: %s", strerror(failed));
	}
	*ret = j;
	return RC_OK;
}

void job_wake(struct job *j)
{
	pthread_mutex_lock(&j->lock);
	j->woken = true;
	pthread_cond_signal(&j->wake);
	pthread_mutex_unlock(&j->lock);
}

void job_stop(struct job *j)
{
	if (!j)
		return;
	pthread_mutex_lock(&j->lock);
	j->stopping = true;
	pthread_cond_signal(&j->wake);
	pthread_mutex_unlock(&j->lock);
	pthread_join(j->thread, NULL);
	pthread_cond_destroy(&j->wake);
	pthread_mutex_destroy(&j->lock);
	db_close(j->db);
	free(j);
}

void job_get_tally(struct job *j, struct instant *ret_last, struct job_tally *ret_sum)
{
	pthread_mutex_lock(&j->lock);
	*ret_last = j->last;
	*ret_sum = j->sum;
	pthread_mutex_unlock(&j->lock);
}
