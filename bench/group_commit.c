/* SPDX-License-Identifier: Apache-2.0
 * group_commit - the limit that a durable POST is measured against: plain SQLite writing the same
 * rows, group-committed by one writer for many waiting clients.
 *
 * Usage: group_commit SOURCE_DB TARGET_DB CLIENTS
 * Copies every report of SOURCE_DB that TARGET_DB does not have, with all rows that belong to it. Each client
 * thread hands over one report's id and waits until its batch is on disk. Prints reports a second.
 */
#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define MAX_IDS 400000

struct copier {
	pthread_mutex_t lock;
	pthread_cond_t work, done;
	sqlite3 *db;
	sqlite3_stmt *copy[8];
	int n_copy;
	sqlite3_int64 *ids;
	long n_ids, next_id;       /* handed out to clients */
	sqlite3_int64 waiting[512]; /* ids in the forming batch */
	int n_waiting, clients, alive;
	long batch;                /* the forming batch's number */
	long durable;              /* batches below this one are on disk */
};

static void must(int rc, sqlite3 *db)
{
	if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
		return;
	fprintf(stderr, "group_commit: %s\n", sqlite3_errmsg(db));
	exit(1);
}

static void *client(void *arg)
{
	struct copier *c = arg;

	pthread_mutex_lock(&c->lock);
	while (c->next_id < c->n_ids) {
		long mine = c->batch;

		c->waiting[c->n_waiting++] = c->ids[c->next_id++];
		pthread_cond_signal(&c->work);
		while (c->durable <= mine)
			pthread_cond_wait(&c->done, &c->lock);
	}
	c->alive--;
	pthread_cond_signal(&c->work);
	pthread_mutex_unlock(&c->lock);
	return NULL;
}

static void write_batch(struct copier *c, const sqlite3_int64 *ids, int n)
{
	must(sqlite3_exec(c->db, "BEGIN IMMEDIATE", NULL, NULL, NULL), c->db);
	for (int i = 0; i < n; i++)
		for (int s = 0; s < c->n_copy; s++) {
			sqlite3_bind_int64(c->copy[s], 1, ids[i]);
			must(sqlite3_step(c->copy[s]), c->db);
			sqlite3_reset(c->copy[s]);
		}
	must(sqlite3_exec(c->db, "COMMIT", NULL, NULL, NULL), c->db);
}

static void *writer(void *arg)
{
	struct copier *c = arg;
	sqlite3_int64 ids[512];

	pthread_mutex_lock(&c->lock);
	while (c->alive > 0) {
		int n;

		if (c->n_waiting == 0) {
			pthread_cond_wait(&c->work, &c->lock);
			continue;
		}
		n = c->n_waiting;
		for (int i = 0; i < n; i++)
			ids[i] = c->waiting[i];
		c->n_waiting = 0;
		c->batch++;
		pthread_mutex_unlock(&c->lock);
		write_batch(c, ids, n);
		pthread_mutex_lock(&c->lock);
		c->durable = c->batch;
		pthread_cond_broadcast(&c->done);
	}
	pthread_mutex_unlock(&c->lock);
	return NULL;
}

static void prepare(struct copier *c, const char *sql)
{
	must(sqlite3_prepare_v2(c->db, sql, -1, &c->copy[c->n_copy++], NULL), c->db);
}

static void open_databases(struct copier *c, const char *source, const char *target)
{
	char attach[4200];
	sqlite3_stmt *list;

	must(sqlite3_open(target, &c->db), c->db);
	snprintf(attach, sizeof(attach),
		 "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
		 "PRAGMA wal_autocheckpoint=8000; ATTACH '%s' AS src", source);
	must(sqlite3_exec(c->db, attach, NULL, NULL, NULL), c->db);
	c->ids = malloc(MAX_IDS * sizeof(*c->ids));
	must(sqlite3_prepare_v2(c->db, "SELECT id FROM src.report WHERE id > (SELECT coalesce(max(id), 0) FROM main.report)",
				-1, &list, NULL), c->db);
	while (sqlite3_step(list) == SQLITE_ROW && c->n_ids < MAX_IDS)
		c->ids[c->n_ids++] = sqlite3_column_int64(list, 0);
	sqlite3_finalize(list);
	prepare(c, "INSERT INTO main.reporter SELECT * FROM src.reporter WHERE id = (SELECT reporter_id FROM src.report WHERE id = ?1)");
	prepare(c, "INSERT INTO main.report SELECT * FROM src.report WHERE id = ?1");
	prepare(c, "INSERT INTO main.event SELECT * FROM src.event WHERE report_id = ?1");
	prepare(c, "INSERT INTO main.clock SELECT * FROM src.clock WHERE report_id = ?1");
	prepare(c, "INSERT INTO main.index_todo SELECT ?1");
}

int main(int argc, char **argv)
{
	static struct copier c = { .lock = PTHREAD_MUTEX_INITIALIZER, .work = PTHREAD_COND_INITIALIZER,
				   .done = PTHREAD_COND_INITIALIZER };
	pthread_t threads[512], w;
	struct timespec a, b;
	double seconds;

	if (argc != 4) {
		fprintf(stderr, "usage: group_commit SOURCE_DB TARGET_DB CLIENTS\n");
		return 2;
	}
	c.clients = c.alive = (int)strtol(argv[3], NULL, 10);
	if (c.clients < 1 || c.clients > 512)
		return 2;
	open_databases(&c, argv[1], argv[2]);
	clock_gettime(CLOCK_MONOTONIC, &a);
	pthread_create(&w, NULL, writer, &c);
	for (int i = 0; i < c.clients; i++)
		pthread_create(&threads[i], NULL, client, &c);
	for (int i = 0; i < c.clients; i++)
		pthread_join(threads[i], NULL);
	pthread_join(w, NULL);
	clock_gettime(CLOCK_MONOTONIC, &b);
	seconds = (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) / 1e9;
	printf("%ld reports %.3f s %.0f /s\n", c.n_ids, seconds, (double)c.n_ids / seconds);
	return 0;
}
