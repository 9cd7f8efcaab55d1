/* SPDX-License-Identifier: Apache-2.0
 * desk_walk - the lists of the inbox. Each walks one index (queries/desk.sql, inbox_walk) from where the last page ended;
 * filters look at what was walked, a bounded number of rows a page. What an officer may see is decided twice: by the index
 * that is walked, and row by row in core/access.
 */
#ifndef WEB_DESK_WALK_H
#define WEB_DESK_WALK_H

#include "app/ctx.h"
#include "query_desk.h"
#include "view/desk.h"

#define DESK_WALK_PAGE 50

/* What an officer filters by; nothing: 0, "". */
struct desk_filter {
	int64_t category, holder;
	enum state state;
	const char *region;
};

struct desk_walk {
	enum desk_list list;
	enum queue queue;        /* that the list shows; QUEUE_NONE: another one */
	struct agency_id line;   /* the node whose reports are watched or archived: the officer's, or its OPD for a unit */
	struct desk_filter filter;
	bool latest_first;
	const char *after;       /* the end of the page before, as it wrote it */
};

struct desk_walk_row {
	const struct inbox_walk_row *r;
	unsigned access;
};
struct desk_walked {
	struct desk_walk_row row[DESK_WALK_PAGE];
	size_t n;
	const char *next;        /* for after; NULL: that was all */
	int most;                /* rows it would look at */
};

CHECKED enum rc desk_walk_load(struct ctx *c, const struct desk_walk *w, struct desk_walked *ret);
/* What this person may do with it: bits of core/access. */
unsigned desk_walk_access(const struct ctx *c, const struct inbox_walk_row *r);
/* Nothing ever lies with these. */
bool desk_walk_only_reads(enum role role);
bool desk_filter_is_set(const struct desk_filter *f);

#endif
