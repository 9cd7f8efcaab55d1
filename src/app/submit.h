/* SPDX-License-Identifier: Apache-2.0
 * submit - a report comes in: from the six steps, from one request, from the counter.
 */
#ifndef APP_SUBMIT_H
#define APP_SUBMIT_H

#include "app/ctx.h"
#include "core/complete.h"

struct submit_in {
	enum kind kind;
	const char *title, *body;
	bool has_happened_on;
	struct day happened_on;
	const char *region_code, *place;   /* NULL or "" when not given */
	struct agency_id asked_agency;
	struct category_id category;
	enum visibility visibility;
	const char *name, *email, *phone;
	enum channel channel;
	const char *idempotency_key;       /* NULL: none; not to be guessed: it gives the first answer, code included */
	struct draft_id draft;             /* its attachments move to the report; 0: none */
	const struct attachment_id *files; size_t n_files; /* stored already, for one-request sending */
	const char *source_ref;            /* imported reports */
};

/* One entry per refused field; names are those of the form. */
struct field_problem {
	const char *field;   /* "judul" */
	enum field_error error;
};
struct field_problems {
	struct field_problem p[16];
	size_t n;
};
void field_problem_add(struct field_problems *f, const char *field, enum field_error error);

struct submit_out {
	struct report_id report;
	char number[20], code[12];
	bool repeated;   /* the same key or draft was sent before: this is the first answer */
};

/* RC_INVALID with ret_problems filled when fields are wrong. Text must be valid UTF-8; it is cleaned here. */
CHECKED enum rc submit_report(struct ctx *c, const struct submit_in *in, struct submit_out *ret,
			      struct field_problems *ret_problems);

#endif
