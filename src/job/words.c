/* SPDX-License-Identifier: Apache-2.0
 * words - feeds the search index, just after the commit that the citizen waited for. What is public is found by its
 * public words only; what is not yet verified by its own, which only officers can search.
 */
#include "job/work.h"

#include "core/words.h"
#include "query_report.h"

struct batch {
	const struct index_todo_next_row *rows;
	size_t n;
};

static enum rc index_one(struct ctx *c, struct report_id id)
{
	struct report_index_source_row r;

	TRY(q_report_index_source(c->db, c->a, id, &r));
	const char *title = r.public_title ? r.public_title : r.title;
	const char *body = r.public_body ? r.public_body : r.body;
	const char *words = words_of_report(c->a, r.number, title, body);
	return q_report_words_insert(c->db, &(struct report_words_insert_args){ .report_id = id, .words = words }, NULL);
}

/*
 * In three rounds: at a deletion the text index writes out what it holds in memory, which would be a segment for each
 * report when deletions and insertions take turns.
 */
static enum rc index_batch(struct ctx *c, void *arg)
{
	const struct batch *b = arg;

	for (size_t i = 0; i < b->n; i++)
		TRY(q_report_words_delete(c->db, b->rows[i].report_id, NULL));
	for (size_t i = 0; i < b->n; i++) {
		struct arena_mark mark = arena_mark(c->a);
		TRY(index_one(c, b->rows[i].report_id));
		arena_rewind(c->a, mark);
	}
	for (size_t i = 0; i < b->n; i++)
		TRY(q_index_todo_done(c->db, b->rows[i].report_id, NULL));
	return RC_OK;
}

enum rc words_run(struct work *w)
{
	size_t n;

	do {
		struct index_todo_next_row *rows;
		struct arena_mark mark = arena_mark(w->c->a);

		TRY(q_index_todo_next(w->c->db, w->c->a, WORK_BATCH, &rows, &n));
		struct batch b = { rows, n };
		enum rc rc = n > 0 ? work_write(w, index_batch, &b) : RC_OK;
		if (rc != RC_OK) {
			work_failed(w, "index from report", rows[0].report_id.v, rc);
			return RC_OK;
		}
		w->tally->indexed += (int64_t)n;
		arena_rewind(w->c->a, mark);
	} while (n == WORK_BATCH);
	return RC_OK;
}
