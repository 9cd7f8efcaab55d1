/* SPDX-License-Identifier: Apache-2.0
 * minutes - what the pages of berita acara show: the form, what was decided, the sheet that is printed.
 */
#ifndef VIEW_MINUTES_H
#define VIEW_MINUTES_H

#include "core/minutes.h"
#include "view/desk.h"

struct minutes_text_shown {
	bool has_day;
	struct day held_on;
	const char *iso;          /* the day as a form wants it, "" for none */
	const char *place, *findings, *conclusion, *proposed_answer;
	const char *people;       /* as written */
	const char *const *lines; /* of people, one each */
	size_t n_lines;
};

struct minutes_version {
	int64_t version;
	enum minutes_state state;
	struct minutes_text_shown text;
	const char *writer, *decider, *remark; /* decider NULL: not yet decided */
	struct instant written_at, decided_at;
	const char *digest;                    /* hex; NULL unless approved */
};

struct minutes_page {
	const char *csrf, *number, *title, *government, *opd;
	const struct minutes_version *versions; /* newest first */
	size_t n_versions;
	bool may_write, may_decide;
	struct minutes_text_shown form;
	int64_t seen;                           /* goes with the form */
	const struct desk_file *photos;
	size_t n_photos;
	const char *problem, *decide_problem, *remark_typed;
};

/* One line of the list of what waits for the head. */
struct minutes_waiting_line {
	const char *number, *title;
	int64_t version;
	struct instant written_at;
};
struct minutes_list {
	const struct minutes_waiting_line *lines;
	size_t n;
};

#endif
