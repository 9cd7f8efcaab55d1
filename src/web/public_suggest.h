/* SPDX-License-Identifier: Apache-2.0
 * public_suggest - which agencies a text seems to be about, by a list of plain words. A help for choosing,
 * never a decision: "I do not know" stands beside it.
 */
#ifndef WEB_PUBLIC_SUGGEST_H
#define WEB_PUBLIC_SUGGEST_H

#include "base/arena.h"

#define PUBLIC_SUGGEST_MAX 3

struct public_suggestion {
	const char *word;     /* of the report: "lampu jalan" */
	const char *fragment; /* of the agency's name, in normal words: "perhubungan" */
};

/* Pure. Different fragments only, those found in the order of the list. Returns how many. */
size_t public_suggest(struct arena *a, const char *title, const char *body,
		      struct public_suggestion ret[PUBLIC_SUGGEST_MAX]);

#endif
