/* SPDX-License-Identifier: Apache-2.0 */
#include "web/pool.h"

#include <pthread.h>
#include <stdlib.h>

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct pool_job *first, **last;
	unsigned queued, queue_max, n_threads;
	uint64_t jobs, refused;
	bool stopping;
	pthread_t thread[];
};

static struct pool_job *take(struct pool *p)
{
	struct pool_job *job;

	pthread_mutex_lock(&p->lock);
	while (!p->first && !p->stopping)
		pthread_cond_wait(&p->more, &p->lock);
	job = p->first;
	if (job) {
		p->first = job->next;
		if (!p->first)
			p->last = &p->first;
		p->queued--;
		p->jobs++;
	}
	pthread_mutex_unlock(&p->lock);
	return job;
}

static void *work(void *arg)
{
	struct pool *p = arg;
	struct pool_job *job;

	while ((job = take(p)) != NULL)
		job->run(job->arg);
	return NULL;
}

struct pool *pool_start(unsigned threads, unsigned queue_max)
{
	struct pool *p = calloc(1, sizeof(*p) + threads * sizeof(p->thread[0]));

	if (!p)
		BUG("out of memory");
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->more, NULL);
	p->last = &p->first;
	p->queue_max = queue_max;
	p->n_threads = threads;
	for (unsigned i = 0; i < threads; i++)
		if (pthread_create(&p->thread[i], NULL, work, p) != 0)
			BUG("no thread for the worker pool");
	return p;
}

enum rc pool_submit(struct pool *p, struct pool_job *job)
{
	bool ok;

	job->next = NULL;
	pthread_mutex_lock(&p->lock);
	ok = !p->stopping && p->queued < p->queue_max;
	if (ok) {
		*p->last = job;
		p->last = &job->next;
		p->queued++;
		pthread_cond_signal(&p->more);
	} else {
		p->refused++;
	}
	pthread_mutex_unlock(&p->lock);
	return ok ? RC_OK : RC_UNAVAILABLE;
}

struct pool_stats pool_get_stats(struct pool *p)
{
	struct pool_stats s;

	pthread_mutex_lock(&p->lock);
	s = (struct pool_stats){ .jobs = p->jobs, .refused = p->refused, .queued = p->queued };
	pthread_mutex_unlock(&p->lock);
	return s;
}

void pool_stop(struct pool *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->stopping = true;
	pthread_cond_broadcast(&p->more);
	pthread_mutex_unlock(&p->lock);
	for (unsigned i = 0; i < p->n_threads; i++)
		pthread_join(p->thread[i], NULL);
	pthread_cond_destroy(&p->more);
	pthread_mutex_destroy(&p->lock);
	free(p);
}
