/* SPDX-License-Identifier: Apache-2.0
 * ombudsman - reminds reporters, once, that they were asked whether the Ombudsman may have their report.
 */
#include "job/work.h"

#include "app/ombudsman.h"
#include "query_ombudsman.h"

struct item {
	struct report_id report;
	bool did;
};

static enum rc run_item(struct ctx *c, void *arg)
{
	struct item *it = arg;

	return ombudsman_remind(c, it->report, &it->did);
}

static void run_rows(struct work *w, const struct ombudsman_remind_due_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct item it = { .report = rows[i].report_id };
		struct arena_mark mark = arena_mark(w->c->a);
		enum rc rc = work_write(w, run_item, &it);

		if (rc == RC_OK)
			w->tally->reminders += it.did;
		else
			work_failed(w, "reminder of report", it.report.v, rc);
		arena_rewind(w->c->a, mark);
	}
}

enum rc ombudsman_run(struct work *w)
{
	struct ombudsman_remind_due_args args = { .now = w->c->now, .max_rows = WORK_BATCH };
	size_t n;

	do {
		struct ombudsman_remind_due_row *rows;
		struct arena_mark mark = arena_mark(w->c->a);

		TRY(q_ombudsman_remind_due(w->c->db, w->c->a, &args, &rows, &n));
		run_rows(w, rows, n);
		if (n > 0) {
			args.after_at = rows[n - 1].remind_at;
			args.after_report = rows[n - 1].report_id;
		}
		arena_rewind(w->c->a, mark);
	} while (n == WORK_BATCH);
	return RC_OK;
}
