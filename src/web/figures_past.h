/* SPDX-License-Identifier: Apache-2.0
 * figures_past - what the days of this month that are over count for in each category. They hardly change any more: the
 * almanac keeps them in memory, and a page adds what today has.
 */
#ifndef WEB_FIGURES_PAST_H
#define WEB_FIGURES_PAST_H

#include "app/ctx.h"

/* By id; verified reports. */
struct figure_count {
	int64_t category, n;
};
struct figure_counts {
	const struct figure_count *p;
	size_t n;
};

struct figures_past {
	struct day until; /* the day after the last */
	struct figure_counts categories;
};

CHECKED enum rc figures_past_load(struct db *db, struct arena *a, struct day today, const struct figures_past **ret);
/* Of the month so far, today included: in the order of the directory's categories, 0 where there are none. */
CHECKED enum rc figures_categories(struct ctx *c, struct day today, int64_t **ret);

#endif
