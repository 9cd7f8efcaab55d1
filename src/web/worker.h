/* SPDX-License-Identifier: Apache-2.0
 * worker - what each thread of the web keeps for itself: read-only connections, and empty arenas.
 */
#ifndef WEB_WORKER_H
#define WEB_WORKER_H

#include <pthread.h>

#include "app/archive.h"
#include "store/db.h"

#define WORKER_SPARES 16
#define WORKER_ARCHIVES_MAX 32

struct worker {
	struct worker *next;
	struct db *db;          /* NULL when it could not be opened; tried again at the next request */
	struct db *replica;
	/* In the order of the options; opened when a report in them is asked for. year 0: not known yet. */
	struct worker_archive {
		struct db *db;
		struct archive_name name;
		uint64_t again_us;  /* not opened before */
	} archives[WORKER_ARCHIVES_MAX];
	bool replica_is_fit;    /* as of the last look */
	uint64_t look_again_us;
	struct arena *spare[WORKER_SPARES];
	size_t n_spare;
};

struct workers {
	pthread_key_t key;
	pthread_mutex_t lock;
	struct worker *all;
	const char *db_url, *replica_url;
	const char *const *archive_urls;
	size_t archive_n;
};

/* replica_url: NULL for none. At most WORKER_ARCHIVES_MAX archives. */
void workers_init(struct workers *ws, const char *db_url, const char *replica_url, const char *const *archive_urls,
		  size_t archive_n);
/* After all threads ended. */
void workers_done(struct workers *ws);
/* The calling thread's, made at its first call. */
struct worker *worker_get(struct workers *ws);
/* Its connection, NULL (logged) when there is none. */
struct db *worker_db(struct workers *ws);
/* A connection to the replica; NULL when there is none that is at most seconds behind. */
struct db *worker_replica(struct workers *ws, uint64_t now_us);
/* It failed: not asked again for a while. */
void worker_leave_replica(struct workers *ws, uint64_t now_us);
/* The archive of that year that is known by that word; NULL when it is not there. */
struct db *worker_archive(struct workers *ws, int year, const char *word, uint64_t now_us);
/* It failed: opened again after a while. */
void worker_leave_archive(struct workers *ws, struct db *db, uint64_t now_us);
struct arena *worker_take_arena(struct workers *ws);
void worker_give_arena(struct workers *ws, struct arena *a);

#endif
