/* SPDX-License-Identifier: Apache-2.0
 * words - feeds the search index, just after the commit that the citizen waited for. What is public is found by its
 * public words only; what is not yet verified by its own, which only officers can search.
 */
#include "job/work.h"

#include "app/settings.h"
#include "core/words.h"
#include "query_report.h"

struct batch {
	int64_t first; /* for the log */
	struct stem *stem;
	size_t n;      /* how many it had */
};

static enum rc index_one(struct ctx *c, struct stem *stem, struct report_id id)
{
	struct report_index_source_row r;

	TRY(q_report_index_source(c->db, c->a, id, &r));
	const char *title = r.public_title ? r.public_title : r.title;
	const char *body = r.public_body ? r.public_body : r.body;
	const struct marks_facts facts = {
		.report = id, .is_public = r.is_public, .is_open = r.is_open, .class = r.class, .holder = r.holder_id,
		.agency = r.agency_id, .opd = r.opd_id, .unit = r.unit_id, .category = r.category_id,
		.region_code = r.region_code, .received_on = instant_day(r.received_at, c->settings->zone),
	};
	const char *words = words_of_report(c->a, r.number, words_of_texts(c->a, stem, title, body),
					    marks_of_report(c->a, &facts));
	return q_report_words_insert(c->db, &(struct report_words_insert_args){ .report_id = id, .words = words }, NULL);
}

/*
 * In three rounds: at a deletion the text index writes out what it holds in memory, which would be a segment for each
 * report when deletions and insertions take turns. It writes out as well when an id is smaller than the one before: they
 * come newest first, and are taken from the end.
 */
static enum rc index_batch(struct ctx *c, void *arg)
{
	struct index_todo_take_row *rows;
	struct batch *b = arg;

	TRY(q_index_todo_take(c->db, c->a, WORK_BATCH, &rows, &b->n));
	b->first = b->n > 0 ? rows[0].report_id.v : 0;
	for (size_t i = b->n; i-- > 0;)
		TRY(q_report_words_delete(c->db, rows[i].report_id, NULL));
	for (size_t i = b->n; i-- > 0;) {
		struct arena_mark mark = arena_mark(c->a);
		TRY(index_one(c, b->stem, rows[i].report_id));
		arena_rewind(c->a, mark);
	}
	for (size_t i = 0; i < b->n; i++)
		TRY(q_index_todo_done(c->db, rows[i].report_id, NULL));
	return RC_OK;
}

static enum rc tidy(struct ctx *c, void *arg)
{
	(void)arg;
	return q_report_words_tidy(c->db, NULL);
}

/* Asked without writing: most rounds find nothing. */
static enum rc is_anything_to_do(struct work *w, bool *ret)
{
	struct index_todo_next_row *rows;
	size_t n;

	TRY(q_index_todo_next(w->c->db, w->c->a, 1, &rows, &n));
	*ret = n > 0;
	return RC_OK;
}

enum rc words_run(struct work *w)
{
	struct arena_mark mark = arena_mark(w->c->a);
	struct batch b = { .n = WORK_BATCH };
	int64_t indexed = 0;
	enum rc rc = RC_OK;
	bool is_any;

	TRY(is_anything_to_do(w, &is_any));
	if (!is_any)
		return RC_OK;
	b.stem = stem_new();
	while (rc == RC_OK && b.n == WORK_BATCH) {
		arena_rewind(w->c->a, mark);
		rc = work_write(w, index_batch, &b);
		if (rc != RC_OK)
			work_failed(w, "index from report", b.first, rc);
		else
			indexed += (int64_t)b.n;
	}
	stem_free(b.stem);
	w->tally->indexed += indexed;
	if (rc == RC_OK && indexed >= WORDS_BULK && (rc = work_write(w, tidy, NULL)) != RC_OK)
		work_failed(w, "tidy the index after report", b.first, rc);
	return RC_OK;
}
