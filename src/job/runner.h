/* SPDX-License-Identifier: Apache-2.0
 * runner - everything that happens because time passed: reminders, expiry, closing by the system, the
 * Ombudsman flag, missed deadlines, messages to be sent, words to be indexed, rubbish to be removed.
 *
 * Every item is a transaction of its own that looks again whether it is still due, so that a second run, or a
 * second runner, does nothing twice. The network is never used inside a transaction.
 */
#ifndef JOB_RUNNER_H
#define JOB_RUNNER_H

#include "app/ctx.h"
#include "store/writer.h"

struct job_tally {
	int64_t reminders, closed, expired, escalated, missed; /* clocks */
	int64_t opened;                                        /* periodic reports */
	int64_t sent, send_failures, given_up;                 /* messages */
	int64_t indexed, removed;                              /* reports; drafts, sessions, uploads */
	int64_t failures;                                      /* items that failed and are tried at the next run */
};

/*
 * Runs all that is due at c->now. w NULL: c->db is a DB_WRITE connection and each item is a transaction on it;
 * else c->db only reads and every item goes through the writer. c->who becomes the system. RC_OK also when single
 * items failed (see failures).
 */
CHECKED enum rc job_run_due(struct ctx *c, struct writer *w, struct job_tally *ret);

/* The runner of `lapor serve`: a thread with its own reading connection. */
struct job;
struct job_settings {
	const char *db_url;
	struct writer *writer;
	const struct settings *settings;
	const struct file_stores *files;
	int interval_ms;      /* between runs */
};
CHECKED enum rc job_start(const struct job_settings *s, struct job **ret, struct err *err);
/* Wakes the thread before its interval is over: something was written. Any thread. */
void job_wake(struct job *j);
/* Waits for the item being worked on. NULL is fine. */
void job_stop(struct job *j);
/* When the last run ended and what all runs did so far; for /metrics. */
void job_get_tally(struct job *j, struct instant *ret_last, struct job_tally *ret_sum);

#endif
