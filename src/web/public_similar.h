/* SPDX-License-Identifier: Apache-2.0
 * public_similar - public reports that may be about the same thing: shown before sending, never decided on.
 */
#ifndef WEB_PUBLIC_SIMILAR_H
#define WEB_PUBLIC_SIMILAR_H

#include "app/ctx.h"
#include "view/public.h"

#define PUBLIC_SIMILAR_MAX 3

/* What the title is about and its longest other telling word, quoted for the search; NULL when it has fewer. Pure. */
const char *public_similar_words(struct arena *a, const char *title);
/* Of the last 90 days, open or finished, in the same district when one was chosen. region: "" for none. */
CHECKED enum rc public_similar_load(struct ctx *c, const char *title, const char *region,
				    struct pub_items *ret);

#endif
