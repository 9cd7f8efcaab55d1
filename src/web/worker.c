/* SPDX-License-Identifier: Apache-2.0 */
#include "web/worker.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "query_replica.h"

/* Bodies in memory, the rows of a page, strings: far less in practice; past it the process aborts. */
#define ARENA_MAX ((size_t)16 * 1024 * 1024)
/* An arena that grew larger is not kept. */
#define ARENA_KEEP ((size_t)64 * 1024)

#define LOOK_EVERY_US UINT64_C(2000000)
/* Opening a connection to a machine that is gone takes seconds. */
#define LEFT_FOR_US UINT64_C(15000000)
#define ARCHIVE_LEFT_FOR_US UINT64_C(5000000)

void workers_init(struct workers *ws, const char *db_url, const char *replica_url, const char *const *archive_urls,
		  size_t archive_n)
{
	BUG_ON(archive_n > WORKER_ARCHIVES_MAX);
	*ws = (struct workers){ .db_url = db_url, .replica_url = replica_url, .archive_urls = archive_urls,
				.archive_n = archive_n };
	if (pthread_key_create(&ws->key, NULL) != 0)
		BUG("no thread key");
	pthread_mutex_init(&ws->lock, NULL);
}

static void worker_free(struct worker *w)
{
	db_close(w->db);
	db_close(w->replica);
	for (size_t i = 0; i < WORKER_ARCHIVES_MAX; i++)
		db_close(w->archives[i].db);
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

static bool is_fit(struct workers *ws, struct worker *w)
{
	struct replica_behind_row row;
	struct err err = { 0 };

	if (!w->replica && db_open(ws->replica_url, DB_READ, &w->replica, &err) != RC_OK) {
		log_warn("the replica cannot be opened: %s", err.detail);
		w->replica = NULL;
	}
	return w->replica && q_replica_behind(w->replica, NULL, &row) == RC_OK && !row.is_behind;
}

struct db *worker_replica(struct workers *ws, uint64_t now_us)
{
	struct worker *w = worker_get(ws);

	if (!ws->replica_url)
		return NULL;
	if (now_us >= w->look_again_us) {
		w->replica_is_fit = is_fit(ws, w);
		w->look_again_us = now_us + (w->replica_is_fit ? LOOK_EVERY_US : LEFT_FOR_US);
	}
	return w->replica_is_fit ? w->replica : NULL;
}

void worker_leave_replica(struct workers *ws, uint64_t now_us)
{
	struct worker *w = worker_get(ws);

	log_warn("the replica does not answer; pages come from the primary");
	w->replica_is_fit = false;
	w->look_again_us = now_us + LEFT_FOR_US;
}

static void open_archive(const char *url, struct worker_archive *x, uint64_t now_us)
{
	struct err err = { 0 };
	char shown[300];

	if (now_us < x->again_us)
		return;
	if (db_open(url, DB_READ, &x->db, &err) == RC_OK && archive_look(x->db, &x->name, &err) == RC_OK)
		return;
	db_url_show(url, shown, sizeof(shown));
	log_warn("the archive %s is not shown: %s", shown, err.detail);
	db_close(x->db);
	x->db = NULL;
	x->again_us = now_us + ARCHIVE_LEFT_FOR_US;
}

struct db *worker_archive(struct workers *ws, int year, const char *word, uint64_t now_us)
{
	struct worker *w = worker_get(ws);

	for (size_t i = 0; i < ws->archive_n; i++) {
		struct worker_archive *x = &w->archives[i];

		if (!x->db && (x->name.year == 0 || x->name.year == year))
			open_archive(ws->archive_urls[i], x, now_us);
		if (x->db && x->name.year == year && strcmp(x->name.word, word) == 0)
			return x->db;
	}
	return NULL;
}

void worker_leave_archive(struct workers *ws, struct db *db, uint64_t now_us)
{
	struct worker *w = worker_get(ws);

	for (size_t i = 0; i < ws->archive_n; i++) {
		if (w->archives[i].db != db)
			continue;
		db_close(db);
		w->archives[i].db = NULL;
		w->archives[i].again_us = now_us + ARCHIVE_LEFT_FOR_US;
	}
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
