/* SPDX-License-Identifier: Apache-2.0
 * periodic_count - the figures of an agency and a period from the live rows.
 */
#ifndef APP_PERIODIC_COUNT_H
#define APP_PERIODIC_COUNT_H

#include "app/ctx.h"
#include "core/periodic_form.h"

/* ret: agency, first and last are set; everything else but the words and the rule is filled. */
CHECKED enum rc periodic_count(struct ctx *c, struct periodic_form *ret);

#endif
