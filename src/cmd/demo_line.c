/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/demo_line.h"

#include <pthread.h>

struct run {
	const struct demo_line *line;
	pthread_mutex_t lock;
	pthread_cond_t turned;
	bool full[DEMO_LINE_SIDES];
	bool stopping;
};

/* Sides are handed over whole, so that the threads wake each other rarely. False: stop. */
static bool wait_until(struct run *r, size_t side, bool full)
{
	bool goes_on;

	pthread_mutex_lock(&r->lock);
	while (r->full[side] != full && !r->stopping)
		pthread_cond_wait(&r->turned, &r->lock);
	goes_on = !r->stopping;
	pthread_mutex_unlock(&r->lock);
	return goes_on;
}

static void turn(struct run *r, size_t side, bool full)
{
	pthread_mutex_lock(&r->lock);
	r->full[side] = full;
	pthread_cond_signal(&r->turned);
	pthread_mutex_unlock(&r->lock);
}

static int64_t end_of(const struct run *r, int64_t i)
{
	return i + DEMO_LINE_PIECES < r->line->n ? i + DEMO_LINE_PIECES : r->line->n;
}

static size_t side_of(int64_t i)
{
	return (size_t)(i / DEMO_LINE_PIECES % DEMO_LINE_SIDES);
}

static void *make_all(void *arg)
{
	struct run *r = arg;

	for (int64_t i = 0; i < r->line->n && wait_until(r, side_of(i), false); i += DEMO_LINE_PIECES) {
		for (int64_t k = i; k < end_of(r, i); k++)
			r->line->make(r->line->arg, k);
		turn(r, side_of(i), true);
	}
	return NULL;
}

static enum rc take_all(struct run *r)
{
	for (int64_t i = 0; i < r->line->n && wait_until(r, side_of(i), true); i += DEMO_LINE_PIECES) {
		for (int64_t k = i; k < end_of(r, i); k++)
			TRY(r->line->take(r->line->arg, k));
		turn(r, side_of(i), false);
	}
	return RC_OK;
}

static void stop(struct run *r)
{
	pthread_mutex_lock(&r->lock);
	r->stopping = true;
	pthread_cond_signal(&r->turned);
	pthread_mutex_unlock(&r->lock);
}

enum rc demo_line_run(const struct demo_line *line)
{
	struct run r = { .line = line };
	pthread_t maker;
	enum rc rc;

	pthread_mutex_init(&r.lock, NULL);
	pthread_cond_init(&r.turned, NULL);
	if (pthread_create(&maker, NULL, make_all, &r) != 0)
		BUG("no thread");
	rc = take_all(&r);
	stop(&r);
	pthread_join(maker, NULL);
	pthread_cond_destroy(&r.turned);
	pthread_mutex_destroy(&r.lock);
	return rc;
}
