/* SPDX-License-Identifier: Apache-2.0
 * pool - a few threads for slow work (passwords, images), with a bounded queue: when it is full the
 * answer is "try again", not a longer queue. Keeps HTTP threads and the writer free.
 */
#ifndef WEB_POOL_H
#define WEB_POOL_H

#include "base/err.h"

struct pool;

struct pool_job {
	void (*run)(void *arg);
	void *arg;
	struct pool_job *next; /* the pool's */
};

struct pool_stats {
	uint64_t jobs, refused, queued;
};

struct pool *pool_start(unsigned threads, unsigned queue_max);
/* job must live until it has run. RC_UNAVAILABLE when the queue is full or the pool is stopping. */
CHECKED enum rc pool_submit(struct pool *p, struct pool_job *job);
struct pool_stats pool_get_stats(struct pool *p);
/* Runs what is queued, then ends the threads. NULL is fine. */
void pool_stop(struct pool *p);

#endif
