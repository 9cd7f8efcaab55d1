/* SPDX-License-Identifier: Apache-2.0
 * public_figures - the figures of the home and the statistics page, summed from the counters day_figure.
 */
#ifndef WEB_PUBLIC_FIGURES_H
#define WEB_PUBLIC_FIGURES_H

#include "app/ctx.h"
#include "view/public.h"

/* Of the current month so far; "finished" looks at the last 90 days. */
CHECKED enum rc public_figures_month(struct ctx *c, struct pub_figures *ret);
/* The most frequent categories of the figures' span, without those of none. */
CHECKED enum rc public_figures_categories(struct ctx *c, const struct pub_figures *f, size_t max,
					  const struct home_category **ret, size_t *ret_n);
/* Everything of the statistics page. */
CHECKED enum rc public_figures_page(struct ctx *c, struct stats_page *ret);

#endif
