/* SPDX-License-Identifier: Apache-2.0
 * sop_chart - where the shapes and arrows of an SOP's flowchart stand: one row for each step with its parts, one lane
 * for each actor, as PermenPANRB 35/2012 draws them inside the table.
 *
 * Pure: plain coordinates, no drawing. The height of a row is not known here (texts wrap), therefore y counts from the
 * middle of the row, and a line that goes on in the next row ends at SOP_CHART_BOTTOM. Arrows enter a shape from above
 * and run between the shapes in the margins of the lanes, so that none crosses a shape or a mark.
 */
#ifndef CORE_SOP_CHART_H
#define CORE_SOP_CHART_H

#include "core/sop.h"

#define SOP_CHART_TOP (-10000)
#define SOP_CHART_BOTTOM 10000

enum sop_chart_kind {
	SOP_CHART_BOX,       /* an activity */
	SOP_CHART_DIAMOND,   /* a step from which ways part */
	SOP_CHART_TERMINATOR, /* the first or last step */
	SOP_CHART_START,     /* before a first step from which ways part */
	SOP_CHART_END,       /* where a way ends at a step that is not the last */
};

struct sop_chart_shape {
	enum sop_chart_kind kind;
	int x, y, half_w, half_h;
	size_t actor;
};

/* Level or upright, in the direction of the way; an arrow's tip is at its second end. */
struct sop_chart_line {
	int x1, y1, x2, y2;
	bool is_arrow, is_dashed; /* dashed: to a step that runs beside */
};

/* The letters of the branches that leave here; x and y of its middle. */
struct sop_chart_mark {
	int x, y, half_w, half_h;
	const char *text;
};

struct sop_chart_row {
	size_t step, end;    /* the step, and the index behind its last part */
	int half_h;          /* the row is at least twice as high */
	struct sop_chart_shape *shapes; /* the first is the step's own */
	size_t shape_n;
	struct sop_chart_line *lines;
	size_t line_n, line_cap;
	struct sop_chart_mark *marks;
	size_t mark_n;
	size_t *to;          /* rows it leads to; SOP_END for the end */
	size_t to_n;
};

struct sop_chart {
	int lane_w, width;
	size_t lane_n;
	struct sop_chart_row *rows;
	size_t n;
};

const struct sop_chart *sop_chart_make(struct arena *a, const struct sop *s);
/* The letter of a branch on its arrow: its part's, or a, b, c of its own (A, B, C beside parts). */
char sop_chart_letter(const struct sop *s, size_t step, size_t branch);

#endif
