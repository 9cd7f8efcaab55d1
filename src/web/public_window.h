/* SPDX-License-Identifier: Apache-2.0
 * public_window - the public list: which reports come next under these filters, without ever scanning or
 * counting.
 *
 * One filter drives: an index gives its reports newest first, in windows of bounded size. A filter that
 * stands for several values (a district and its villages, "in progress" and its states) is as many windows,
 * merged. The others are looked up in the rows of the windows. When little fits, the search stops and says
 * where it stopped. A search for words combines them all inside the index (web/find.h).
 */
#ifndef WEB_PUBLIC_WINDOW_H
#define WEB_PUBLIC_WINDOW_H

#include "app/ctx.h"
#include "web/find.h"

#define WINDOW_SOURCES_MAX 80
#define WINDOW_PAGE 20

/* Where a page begins: everything older than this. */
struct window_cursor {
	int64_t at_ms, id;
};
/* Later than every report, and still 18 digits for the address. */
#define WINDOW_LAST INT64_C(999999999999999999)
#define WINDOW_NEWEST ((struct window_cursor){ WINDOW_LAST, WINDOW_LAST })

/* A filter: empty lists let everything pass. */
struct window_filter {
	struct find *find;                 /* its terms; NULL for none. Its scope is made from the rest of the filter */
	const int64_t *categories; size_t n_categories;
	struct agency_id agency;           /* an OPD or the agency above; 0 none */
	bool agency_is_opd;
	const char *region;                /* code; with everything below it */
	const char *const *regions; size_t n_regions; /* it and what lies below, when these are few */
	const enum state *states; size_t n_states;
	int year, month;                   /* received in it; month 0: the whole year; year 0: at any time */
	struct instant since, until;       /* its beginning and its end */
};

struct window_page {
	struct report_id ids[WINDOW_PAGE];
	size_t n;
	bool has_next;
	bool went_far;                     /* stopped early: the next page continues the search */
	bool is_next_older;                /* of best matches: the next page holds those among older ones */
	struct window_cursor next;
};

CHECKED enum rc public_window_load(struct ctx *c, const struct window_filter *f, struct window_cursor from,
			    struct window_page *ret);
/* "1763812345678-4711"; false when it is none. */
bool public_window_cursor_parse(const char *s, struct window_cursor *ret);
const char *public_window_cursor_word(struct arena *a, struct window_cursor cur);

#endif
