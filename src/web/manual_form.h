/* SPDX-License-Identifier: Apache-2.0
 * manual_form - the form in which an officer writes down what somebody else reported: read, filled again, refused.
 *
 * Shared by what goes straight in (desk_manual), what is registered first (intake_form) and what was handed over
 * (intake_enter); the pages set what is theirs in struct intake_page.
 */
#ifndef WEB_MANUAL_FORM_H
#define WEB_MANUAL_FORM_H

#include "app/submit.h"
#include "view/office.h"
#include "web/response.h"

/* The form as it was sent. */
struct manual_form {
	struct submit_in in;
	const char *key, *day, *month, *year;
	/* of an intake only */
	const char *channel_note, *answer, *received_day, *received_month, *received_year;
	struct day received_on;
	int64_t sop, version;
	struct field_problems problems;
};

/* An empty one. */
struct manual_form manual_form_fresh(void);
/*
 * use: what the idempotency key is for ("manual"), so that no key serves for two things. Without asks_channel the
 * channel is that with which it was registered.
 */
struct manual_form manual_form_read(struct ctx *c, const struct request *req, const char *use, bool asks_channel);
/* Days as three fields, for a form that is filled beforehand. */
void manual_form_split_day(struct ctx *c, struct day d, const char **ret_day, const char **ret_month,
			   const char **ret_year);
/* Everything that all forms share; problem: a sentence above it, or NULL. */
CHECKED enum rc manual_form_fill(struct ctx *c, const struct manual_form *s, const char *problem,
				 struct intake_page *p);

#endif
