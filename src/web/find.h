/* SPDX-License-Identifier: Apache-2.0
 * find - what a person typed into a search field, as the database engine of this request understands it.
 */
#ifndef WEB_FIND_H
#define WEB_FIND_H

#include "app/ctx.h"

/* NULL: nothing to search for. */
const char *find_words(struct ctx *c, const char *typed);

#endif
