/* SPDX-License-Identifier: Apache-2.0
 * desk_report - the report page of officers: GET, and the same page again when a form was refused.
 *
 * desk_load.c asks the database, desk_story.c makes tree, conversation and history out of the events,
 * desk_offer.c the forms that this person may use now. This file puts them together.
 */
#ifndef WEB_DESK_REPORT_H
#define WEB_DESK_REPORT_H

#include "query_desk.h"
#include "view/desk_sop.h"
#include "web/response.h"

/* What came with a form that was not carried out, so that nothing typed is lost. */
struct desk_typed {
	enum action action;     /* whose form it was; ACT_NONE: none */
	bool is_conflict;       /* somebody was faster */
	bool is_verify_form;    /* the large form, whatever step failed */
	const char *problem;    /* a sentence */
	const char *reason, *note, *title, *body;
	int64_t to, category;
	enum class_ class;
	enum visibility visibility;
	bool relevant, complete, clear;
	const char *task;       /* word of an ACT_TASK, and its fields */
	struct desk_task_typed task_fields;
	bool is_revealed;       /* not refused: identity and personal data may stand on this page */
};

/* What the page is made of, as the database has it. */
struct desk_loaded {
	struct desk_report_row r;
	unsigned bits;          /* enum access_bits of this person */
	uint64_t actions;       /* bits 1 << action of the table for this person here */
	struct desk_events_row *events;
	size_t n_events;
	struct desk_clocks_row *clocks;
	size_t n_clocks;
	struct desk_files_row *files;
	size_t n_files;
};

/*
 * Renders the page into res; the caller sets res->status before. typed may be NULL. A report that is not in this
 * person's line sends on to its public page; one that may not be seen is RC_NOT_FOUND.
 */
CHECKED enum rc desk_report_show(struct ctx *c, const struct request *req, struct response *res, const char *number,
				 const struct desk_typed *typed);

/* desk_load.c. ret_bits: enum access_bits; RC_NOT_FOUND when they do not contain ACCESS_SEE. */
CHECKED enum rc desk_load_row(struct ctx *c, const char *number, struct desk_report_row *ret, unsigned *ret_bits);
CHECKED enum rc desk_load(struct ctx *c, const char *number, struct desk_loaded *ret);
struct clock desk_load_clock(const struct desk_clocks_row *row);
bool desk_load_may(const struct desk_loaded *l, enum action action);

/* desk_story.c: out of events and files. */
void desk_story_tell(struct ctx *c, const struct desk_loaded *l, struct desk_report *p);

/* desk_offer.c: verification form, editor, small forms. */
CHECKED enum rc desk_offer_forms(struct ctx *c, const struct desk_loaded *l, const struct desk_typed *typed,
				 struct desk_report *p);
/* Says on top what was not done, once all forms are there. */
void desk_offer_refusal(const struct desk_typed *t, struct desk_report *p);

#endif
