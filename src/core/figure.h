/* SPDX-License-Identifier: Apache-2.0
 * figure - which figures of the statistics one event adds to.
 *
 * Pure, so that the counters kept with each transition and a recount from the events agree.
 */
#ifndef CORE_FIGURE_H
#define CORE_FIGURE_H

#include "core/project.h"

struct figure {
	const char *name; /* day_figure.figure */
	int64_t n;
};
#define FIGURES_MAX 8

struct figure_input {
	const struct projection *before, *after;
	const struct chain_event *e;
	/* Clocks that ran when it happened, and those of them that were late: bits 1 << enum clock_kind. */
	unsigned ran, late;
	int follow_up_wd; /* working days from disposition to this event */
};

/*
 * received; verified, verified_in_time; disposed; followed_up, followed_up_in_time, follow_up_wd (a sum); answered,
 * answered_in_time; closed, closed_by_system|admin|reporter; archived, archived_by_...; reopened; escalated;
 * rated, rating_sum. Each report counts once for all but closed, archived, reopened.
 */
size_t figure_list(const struct figure_input *in, struct figure ret[FIGURES_MAX]);

#endif
