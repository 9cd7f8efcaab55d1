/* SPDX-License-Identifier: Apache-2.0
 * desk_search - which reports an officer's search for words shows: those at the officer's place now, as core/access says.
 */
#ifndef WEB_DESK_SEARCH_H
#define WEB_DESK_SEARCH_H

#include "web/find.h"

struct desk_search {
	const char *typed;
	int64_t category, holder; /* 0: any */
	enum state state;
	const char *region;       /* "": any */
	bool is_best_first;
	const char *after;        /* where the page begins, as desk_search_next wrote it */
};

CHECKED enum rc desk_search_load(struct ctx *c, const struct desk_search *s, size_t want, struct found *ret);
const char *desk_search_next(struct ctx *c, const struct found *page);

#endif
