/* SPDX-License-Identifier: Apache-2.0 */
#include "web/limitshare.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "app/allowance.h"
#include "base/log.h"

/* While the database is away more than this is forgotten; the address is still counted here. */
#define NOTED_MAX 4096U
#define ARENA_BYTES ((size_t)4 * 1024 * 1024)

struct limitshare {
	struct writer *writer;
	struct ratelimit *limits;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t more;
	bool stopping;
	size_t n;
	struct allowance_use noted[NOTED_MAX];
};

struct batch {
	struct arena *a;
	size_t n;
	struct allowance_use list[NOTED_MAX];
};

static int by_who(const void *a, const void *b)
{
	int64_t x = ((const struct allowance_use *)a)->who, y = ((const struct allowance_use *)b)->who;

	return x < y ? -1 : x > y;
}

/* What one address did several times is one row. */
static void merge(struct batch *b)
{
	size_t kept = 0;

	qsort(b->list, b->n, sizeof(b->list[0]), by_who);
	for (size_t i = 0; i < b->n; i++) {
		if (kept > 0 && b->list[kept - 1].who == b->list[i].who) {
			b->list[kept - 1].each_ms += b->list[i].each_ms;
			b->list[kept - 1].now = b->list[i].now;
		} else {
			b->list[kept++] = b->list[i];
		}
	}
	b->n = kept;
}

static enum rc write_batch(struct db *db, void *arg)
{
	struct batch *b = arg;

	return allowance_add(db, b->a, b->list, b->n);
}

static void share(struct limitshare *s, struct batch *b)
{
	merge(b);
	if (writer_run(s->writer, write_batch, b) == RC_OK)
		for (size_t i = 0; i < b->n; i++)
			ratelimit_learn(s->limits, b->list[i].who, b->list[i].full_at);
	else
		log_warn("what %zu addresses used up was not shared with other nodes", b->n);
	arena_reset(b->a);
}

/* False when there is nothing left and it stops. */
static bool take_noted(struct limitshare *s, struct batch *b)
{
	pthread_mutex_lock(&s->lock);
	while (s->n == 0 && !s->stopping)
		pthread_cond_wait(&s->more, &s->lock);
	b->n = s->n;
	memcpy(b->list, s->noted, s->n * sizeof(s->noted[0]));
	s->n = 0;
	pthread_mutex_unlock(&s->lock);
	return b->n > 0;
}

static void *thread_main(void *arg)
{
	struct limitshare *s = arg;
	struct batch *b = malloc(sizeof(*b));

	if (!b)
		BUG("out of memory");
	b->a = arena_new(ARENA_BYTES);
	while (take_noted(s, b))
		share(s, b);
	arena_free(b->a);
	free(b);
	return NULL;
}

enum rc limitshare_start(struct writer *w, struct ratelimit *limits, struct limitshare **ret, struct err *err)
{
	struct limitshare *s = calloc(1, sizeof(*s));

	if (!s)
		BUG("out of memory");
	s->writer = w;
	s->limits = limits;
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->more, NULL);
	if (pthread_create(&s->thread, NULL, thread_main, s) != 0) {
		free(s);
		return err_set(err, RC_UNAVAILABLE, 0, "the thread that shares limits does not start");
	}
	*ret = s;
	return RC_OK;
}

void limitshare_note(struct limitshare *s, int64_t who, int64_t each_ms, struct instant now)
{
	if (!s)
		return;
	pthread_mutex_lock(&s->lock);
	if (s->n < NOTED_MAX)
		s->noted[s->n++] = (struct allowance_use){ .who = who, .each_ms = each_ms, .now = now };
	pthread_cond_signal(&s->more);
	pthread_mutex_unlock(&s->lock);
}

void limitshare_stop(struct limitshare *s)
{
	if (!s)
		return;
	pthread_mutex_lock(&s->lock);
	s->stopping = true;
	pthread_cond_signal(&s->more);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	pthread_cond_destroy(&s->more);
	pthread_mutex_destroy(&s->lock);
	free(s);
}
