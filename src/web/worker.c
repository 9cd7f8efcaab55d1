/* SPDX-License-Identifier: Apache-2.0 */
#include "web/worker.h"

#include <stdlib.h>

#include "base/log.h"

/* Bodies in memory, the rows of a page, strings: far less in practice; past it the process aborts. */
#define ARENA_MAX ((size_t)16 * 1024 * 1024)
/* An arena that grew larger is not kept. */
#define ARENA_KEEP ((size_t)64 * 1024)

void workers_init(struct workers *ws, const char *db_url)
{
	*ws = (struct workers){ .db_url = db_url };
	if (pthread_key_create(&ws->key, NULL) != 0)
		BUG("no thread key");
	pthread_mutex_init(&ws->lock, NULL);
}

static void worker_free(struct worker *w)
{
	db_close(w->db);
	while (w->n_spare > 0)
		arena_free(w->spare[--w->n_spare]);
	free(w);
}

void workers_done(struct workers *ws)
{
	while (ws->all) {
		struct worker *w = ws->all;

		ws->all = w->next;
		worker_free(w);
	}
	pthread_mutex_destroy(&ws->lock);
	pthread_key_delete(ws->key);
}

struct worker *worker_get(struct workers *ws)
{
	struct worker *w = pthread_getspecific(ws->key);

	if (w)
		return w;
	w = calloc(1, sizeof(*w));
	if (!w || pthread_setspecific(ws->key, w) != 0)
		BUG("out of memory");
	pthread_mutex_lock(&ws->lock);
	w->next = ws->all;
	ws->all = w;
	pthread_mutex_unlock(&ws->lock);
	return w;
}

struct db *worker_db(struct workers *ws)
{
	struct worker *w = worker_get(ws);
	struct err err = { 0 };

	if (!w->db && db_open(ws->db_url, DB_READ, &w->db, &err) != RC_OK) {
		log_error("a reader cannot open the database: %s", err.detail);
		w->db = NULL;
	}
	return w->db;
}

struct arena *worker_take_arena(struct workers *ws)
{
	struct worker *w = worker_get(ws);

	return w->n_spare > 0 ? w->spare[--w->n_spare] : arena_new(ARENA_MAX);
}

void worker_give_arena(struct workers *ws, struct arena *a)
{
	struct worker *w = worker_get(ws);

	if (w->n_spare == WORKER_SPARES || arena_used_bytes(a) > ARENA_KEEP) {
		arena_free(a);
		return;
	}
	arena_reset(a);
	w->spare[w->n_spare++] = a;
}
