/* SPDX-License-Identifier: Apache-2.0
 * find - a search: what a person typed into a search field, in a scope that the index itself keeps (core/marks.h). Newest
 * first, or the best match first among the newest.
 *
 * What the index does not know (the state of a report, and what changed since it was indexed) is looked up row by row, at
 * most FIND_LOOK_MAX rows a page; the page says so when it stopped there.
 */
#ifndef WEB_FIND_H
#define WEB_FIND_H

#include "app/ctx.h"
#include "core/words.h"
#include "query_find.h"

#define FIND_LOOK_MAX 2000
/* Among so many the best match is looked for. */
#define FIND_BEST_OF 200

struct find {
	struct words_term term[WORDS_TERMS_MAX];
	size_t n_terms;
	struct marks_scope scope;
	bool is_best_first;
	/* May this one be shown, and does it fit? */
	bool (*fits)(void *arg, const struct find_hits_row *hit);
	void *arg;
};

/* Where a page begins: everything older than before; of the best matches among the newest of these, after skip. */
struct find_cursor {
	int64_t before, skip;
};
#define FIND_FIRST ((struct find_cursor){ INT64_MAX, 0 })

struct found {
	struct report_id *ids;
	size_t n;
	bool has_next;
	bool went_far;            /* stopped early: the next page goes on */
	bool is_next_older;       /* of best matches: the next page holds those among older ones */
	struct find_cursor next;
};

/* Fills the terms. False: there is nothing to search for. */
bool find_read(struct ctx *c, const char *typed, struct find *f);
/* Ids as the queries take several: "[4711,17]". */
const char *find_list(struct ctx *c, const struct report_id *ids, size_t n);
CHECKED enum rc find_load(struct ctx *c, const struct find *f, struct find_cursor from, size_t want, struct found *ret);

#endif
