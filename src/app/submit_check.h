/* SPDX-License-Identifier: Apache-2.0
 * submit_check - what a stranger sent, cleaned and checked field by field. Internal to app.
 */
#ifndef APP_SUBMIT_CHECK_H
#define APP_SUBMIT_CHECK_H

#include "app/submit.h"

/* NULL for what was not given. */
struct submit_clean {
	const char *title, *body, *place, *region_code, *name, *email, *phone;
};

/* RC_INVALID with every wrong field in ret_problems. */
CHECKED enum rc submit_check(struct ctx *c, const struct submit_in *in, struct submit_clean *ret,
			     struct field_problems *ret_problems);

#endif
