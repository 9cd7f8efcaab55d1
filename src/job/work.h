/* SPDX-License-Identifier: Apache-2.0
 * work - what the parts of the runner share: one item, one transaction, through the writer when there is one.
 * Internal to job.
 */
#ifndef JOB_WORK_H
#define JOB_WORK_H

#include "job/runner.h"

#define WORK_BATCH 200

struct work {
	struct ctx *c;          /* reads */
	struct writer *writer;  /* NULL: c->db writes */
	struct job_tally *tally;
	int64_t began_ms;       /* on the clock that only goes on */
};

/* How long this round lasts already; ctx.now is its beginning. */
int64_t work_elapsed_ms(const struct work *w);
int64_t work_clock_ms(void);

/*
 * run gets a context whose db writes, within a transaction that is kept if and only if it returns RC_OK.
 * On PostgreSQL it is run again as a whole when it lost against another writer.
 */
CHECKED enum rc work_write(struct work *w, enum rc (*run)(struct ctx *c, void *arg), void *arg);
/* Counts a failed item and logs why; the report's id is all that is said about it. */
void work_failed(struct work *w, const char *what, int64_t id, enum rc rc);

CHECKED enum rc clocks_run(struct work *w);
CHECKED enum rc ombudsman_run(struct work *w);
CHECKED enum rc periodic_run(struct work *w);
CHECKED enum rc outbox_run(struct work *w);
CHECKED enum rc words_run(struct work *w);
CHECKED enum rc cleanup_run(struct work *w);

#endif
