/* SPDX-License-Identifier: Apache-2.0
 * sop - an SOP as the page that PermenPANRB 35/2012 lays out: a head, the table of activities with the flowchart inside,
 * and what was decided where the document contradicts itself. For paper (lapor sop print) and for a public page.
 *
 * Plain data, filled by view/sop_fill.h. The parts stand in any page that has assets/sop.css.
 */
#ifndef VIEW_SOP_H
#define VIEW_SOP_H

#include "core/sop_chart.h"
#include "messages.h"
#include "view/out.h"

struct sop_page_law {
	const char *printed, *title, *reads; /* reads: "" when it is right as printed */
};

/* "a" and a text; letter is "" for the step itself. */
struct sop_page_item {
	const char *letter, *text;
};
struct sop_page_items {
	struct sop_page_item *v;
	size_t n;
};

struct sop_page_time {
	const char *letter;
	const char *printed;  /* "" when only another one holds */
	const char *in_force; /* NULL: as printed */
	enum msg from;        /* "sejak diterima"; MSG_NONE: none */
};

/* "didisposisikan: ke 3"; to is NULL for the end. */
struct sop_page_way {
	const char *letter, *when, *to;
};

/* For SVG: y is "12" or "-50%", counted from the middle of the row. */
struct sop_page_line {
	int x1, x2;
	const char *y1, *y2;
	bool is_dashed;
};
struct sop_page_tip {
	int x, y;             /* of an arrow that points down */
};

struct sop_page_row {
	const char *id, *name, *by;
	struct sop_page_items parts, requirements, outputs, notes;
	struct sop_page_time *times;
	size_t time_n;
	struct sop_page_way *ways;
	size_t way_n;
	const char *tells, *decisions;       /* "" for none; decisions: "E3, E10" */
	bool is_beside;
	const struct sop_chart_row *chart;
	struct sop_page_line *lines;
	size_t line_n;
	struct sop_page_tip *tips;
	size_t tip_n;
};

struct sop_page_decision {
	int conflict;
	const char *printed, *decision;
};

struct sop_page {
	const char *id, *number, *title, *government, *office, *signed_by;
	const char *made_on, *ratified_on, *effective_on;
	struct sop_page_law *laws;
	size_t law_n;
	struct sop_texts qualifications, related, equipment, warnings, records;
	const char **actors;
	size_t actor_n;
	const char *lanes_class;             /* "n4": the width of the lanes in sop.css */
	int lane_w, chart_w;
	struct sop_page_row *rows;
	size_t n;
	const char *total, *sum;             /* as printed, and of the times in force; "" for none */
	struct sop_page_decision *decisions;
	size_t decision_n;
};

#endif
