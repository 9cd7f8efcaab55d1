/* SPDX-License-Identifier: Apache-2.0
 * writer - group commit: one thread owns the write connection, takes whole use cases from a
 * queue, runs each in a savepoint, commits the batch with one fsync, and only then says so.
 *
 * Batches form by themselves: while one is being synced, the next one gathers. A job that
 * fails is rolled back alone; a commit that fails fails the whole batch (RC_UNAVAILABLE).
 *
 * On PostgreSQL there are some lines, each with a thread and a session of its own, that make such batches side by side.
 * A job that lost against another (deadlock, serialization failure, a key that was taken meanwhile), or whose batch
 * failed for another's sake, is run again as a whole, in a transaction of its own, before anybody hears of it.
 */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H

#include "store/db.h"

struct writer;

struct write_job {
	/*
	 * Runs on a thread of the writer, within a savepoint. Anything but RC_OK rolls it back. On PostgreSQL it may
	 * be run again after that: what it leaves in arg must not change what it does.
	 */
	enum rc (*run)(struct db *db, void *arg);
	/*
	 * Called on the same thread once the batch is durable (rc of run), or was lost
	 * (RC_UNAVAILABLE). What the job wrote exists if and only if rc is RC_OK.
	 */
	void (*done)(void *arg, enum rc rc);
	void *arg;
	struct write_job *next; /* the writer's, both */
	int64_t since_ns;
};

struct writer_stats {
	uint64_t jobs, batches, largest_batch, failed_batches, queued;
	uint64_t oldest_ms; /* how long the oldest job that was not yet answered has waited; 0: none */
};

/*
 * Takes over db (a DB_WRITE connection). url: where more connections are opened. SQLite: for a thread of its own
 * that checkpoints the WAL off the writer's path; PostgreSQL: for the other lines. NULL: none of these.
 */
CHECKED enum rc writer_start(struct db *db, const char *url, struct writer **ret, struct err *err);
/* job must live until done. RC_UNAVAILABLE when the writer is stopping or its queue is full. */
CHECKED enum rc writer_submit(struct writer *w, struct write_job *job);
/* Submits and waits; for the command line and jobs. */
CHECKED enum rc writer_run(struct writer *w, enum rc (*run)(struct db *, void *), void *arg);
struct writer_stats writer_get_stats(struct writer *w);
/* Finishes what is queued, then closes the connection. */
void writer_stop(struct writer *w);

#endif
