/* SPDX-License-Identifier: Apache-2.0
 * check_words - the search index holds the words and the marks of every report that does not wait to be indexed, and nothing
 * else. A report whose marks are wrong would be missed by those who may read it.
 */
#include "cmd/check.h"

#include "core/words.h"
#include "query_check_words.h"

#include <string.h>

#define PAGE_ROWS 500

static const char *expected(struct check *k, struct stem *stem, const struct check_words_rows_row *r)
{
	const struct marks_facts facts = {
		.report = r->id, .is_public = r->is_public, .is_open = r->is_open, .class = r->class,
		.holder = r->holder_id, .agency = r->agency_id, .opd = r->opd_id, .unit = r->unit_id,
		.category = r->category_id, .region_code = r->region_code,
		.received_on = instant_day(r->received_at, k->s->settings.zone),
	};

	return words_of_report(k->page, r->number,
			       words_of_texts(k->page, stem, r->public_title ? r->public_title : r->title,
					      r->public_body ? r->public_body : r->body),
			       marks_of_report(k->page, &facts));
}

static void check_one(struct check *k, struct stem *stem, const struct check_words_rows_row *r)
{
	struct arena_mark mark = arena_mark(k->page);

	if (r->waits)
		return;
	if (!r->words)
		check_find(k, "%s: the search does not know it", r->number);
	else if (strcmp(r->words, expected(k, stem, r)) != 0)
		check_find(k, "%s: the search knows it by other words, places or dates than it has", r->number);
	arena_rewind(k->page, mark);
}

static enum rc check_pages(struct check *k, struct stem *stem)
{
	struct report_id after = { 0 };

	for (;;) {
		struct check_words_rows_row *rows;
		size_t n;

		arena_reset(k->page);
		TRY(q_check_words_rows(k->s->db, k->page, &(struct check_words_rows_args){ after, PAGE_ROWS }, &rows, &n));
		if (n == 0)
			return RC_OK;
		for (size_t i = 0; i < n; i++)
			check_one(k, stem, &rows[i]);
		after = rows[n - 1].id;
	}
}

enum rc check_words_all(struct check *k)
{
	struct check_loose_words_row loose;
	struct stem *stem = stem_new();
	enum rc rc = check_pages(k, stem);

	stem_free(stem);
	TRY(rc);
	TRY(q_check_loose_words(k->s->db, k->s->a, &loose));
	if (loose.n > 0)
		check_find(k, "the search knows %lld reports that are not there", (long long)loose.n);
	return RC_OK;
}
