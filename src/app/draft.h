/* SPDX-License-Identifier: Apache-2.0
 * draft - a report being written: kept on the server for 7 days, bound to a cookie's secret.
 */
#ifndef APP_DRAFT_H
#define APP_DRAFT_H

#include "app/ctx.h"

#define DRAFT_FIELDS_MAX 40
#define DRAFT_TOKEN_LEN 32 /* hex characters in the cookie */

struct draft {
	struct draft_id id;
	struct report_id report;   /* set once sent */
	struct instant saved_at;
	size_t n;
	const char *name[DRAFT_FIELDS_MAX], *value[DRAFT_FIELDS_MAX];
};

/* Writes the token for the cookie. */
CHECKED enum rc draft_create(struct ctx *c, char ret_token[DRAFT_TOKEN_LEN + 1], struct draft *ret);
/* RC_NOT_FOUND: unknown, expired or malformed token. */
CHECKED enum rc draft_load(struct ctx *c, const char *token, struct draft *ret);
const char *draft_get(const struct draft *d, const char *name); /* "" when not set */
void draft_set(struct ctx *c, struct draft *d, const char *name, const char *value);
CHECKED enum rc draft_save(struct ctx *c, struct draft *d);
CHECKED enum rc draft_mark_sent(struct ctx *c, struct draft *d, struct report_id report);

#endif
