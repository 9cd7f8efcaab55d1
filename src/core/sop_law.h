/* SPDX-License-Identifier: Apache-2.0
 * sop_law - the national laws that SOPs cite, to tell a wrong or outdated citation. Local rules are not in it: nothing
 * is said about what it does not know.
 */
#ifndef CORE_SOP_LAW_H
#define CORE_SOP_LAW_H

#include "base/arena.h"

struct sop_law {
	const char *name;          /* "Perpres 76/2013" */
	const char *subject;       /* words of its title (words_normal) that no other has in this order */
	const char *superseded_by; /* name, NULL while in force */
};

/* The law of that name; NULL when unknown. */
const struct sop_law *sop_law_find(const char *name);
/* Is it of a kind that the nation makes (UU, PP, Perpres ...), right or wrong? Local rules are not. */
bool sop_law_is_national(const char *name);
/* The law that a title tells of, the one with the longest matching subject; NULL when none is known. */
const struct sop_law *sop_law_by_title(struct arena *a, const char *title);
/* Does the title name this law's subject? */
bool sop_law_has_title(struct arena *a, const struct sop_law *law, const char *title);
/* What is in force today in its place; itself when it was never replaced. */
const struct sop_law *sop_law_in_force(const struct sop_law *law);

#endif
