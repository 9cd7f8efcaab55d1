/* SPDX-License-Identifier: Apache-2.0
 * public_draft - the draft behind the six steps: found by its cookie, filled from forms, checked step by
 * step.
 *
 * The invariant: what a form brings is in the draft before anything is said about it, so that a wrong field,
 * an expired form or a closed window loses nothing that was typed.
 */
#ifndef WEB_PUBLIC_DRAFT_H
#define WEB_PUBLIC_DRAFT_H

#include "app/draft.h"
#include "view/public.h"
#include "web/public_common.h"

#define PUBLIC_DRAFT_COOKIE "draf"
#define PUBLIC_SENT_COOKIE "terkirim" /* tracking code of a report sent in one request */
#define PUBLIC_DRAFT_DAYS 7
#define PUBLIC_AGENCY_UNKNOWN "tidak-tahu"

/* For showing: an empty draft when there is none, or when it was sent already. */
CHECKED enum rc public_draft_show(struct ctx *c, const struct request *req, struct draft *ret);
/* The same with sent ones: ret->report tells. RC_NOT_FOUND without a cookie that is known. */
CHECKED enum rc public_draft_find(struct ctx *c, const struct request *req, struct draft *ret);
/*
 * For a form: the draft (a new one, with its cookie, when there is none), its fields overwritten by those of
 * the form that are named (NULL-terminated). Nothing is written yet but the new row; without a valid form
 * token nothing at all.
 */
CHECKED enum rc public_draft_take(struct ctx *c, const struct request *req, struct response *res,
				  const char *const *fields, struct draft *ret);
/* What is wrong with the fields of a step, 1 .. 5. */
CHECKED enum rc public_draft_check(struct ctx *c, const struct draft *d, int step,
				   struct field_problems *ret);
/* The first step with a problem; 0 when all five are fine. */
CHECKED enum rc public_draft_gap(struct ctx *c, const struct draft *d, int *ret_step);
/* All fields as a use case takes them. */
CHECKED enum rc public_draft_input(struct ctx *c, const struct draft *d, struct submit_in *ret);
/* False when none of the three parts is filled; a date that is none is FIELD_DATE_INVALID. */
bool public_draft_day(const struct draft *d, struct day *ret_day, enum field_error *ret_error);
/* The deepest region chosen, "" for none. */
const char *public_draft_region(const struct draft *d);

/* "/lapor", "/lapor/isi", ... by number of the step. */
const char *public_step_path(int step);
/* The head of a step's page. */
struct step_page public_step(struct ctx *c, const struct request *req, struct response *res,
			     const struct draft *d, int step, const struct field_problems *problems);
/* After a step's form was saved: to the next step, to the check page, or away when the person wants to go on
 * later. */
CHECKED enum rc public_step_leave(struct ctx *c, const struct request *req, struct response *res, int step);

#endif
