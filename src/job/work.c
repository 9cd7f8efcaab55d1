/* SPDX-License-Identifier: Apache-2.0
 * work - the way from an item to its transaction.
 */
#include "job/work.h"

#include <time.h>

#include "base/log.h"

struct call {
	struct ctx *c;
	enum rc (*run)(struct ctx *c, void *arg);
	void *arg;
};

/* On the writer's thread, in its savepoint. The runner waits meanwhile, so its arena may be used here. */
static enum rc on_writer(struct db *db, void *arg)
{
	struct call *call = arg;
	struct ctx c = *call->c;

	c.db = db;
	enum rc rc = call->run(&c, call->arg);
	call->c->err = c.err;
	return rc;
}

static enum rc run_here(struct work *w, enum rc (*run)(struct ctx *c, void *arg), void *arg)
{
	struct ctx c = *w->c;
	TXN(t);

	TRY(txn_begin(c.db, &t));
	enum rc rc = run(&c, arg);
	w->c->err = c.err;
	if (rc != RC_OK)
		return rc;
	return txn_commit(&t);
}

enum rc work_write(struct work *w, enum rc (*run)(struct ctx *c, void *arg), void *arg)
{
	enum rc rc;

	if (w->writer)
		return writer_run(w->writer, on_writer, &(struct call){ w->c, run, arg });
	/* The writer does the same (store/writer.h). */
	for (int runs = 1;; runs++) {
		rc = run_here(w, run, arg);
		if (rc == RC_OK || runs > db_runs_again(w->c->db))
			return rc;
	}
}

int64_t work_clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t work_elapsed_ms(const struct work *w)
{
	return work_clock_ms() - w->began_ms;
}

void work_failed(struct work *w, const char *what, int64_t id, enum rc rc)
{
	w->tally->failures++;
	log_warn("job: %s %lld: %s %s", what, (long long)id, rc_name(rc), w->c->err.detail);
}
