/* SPDX-License-Identifier: Apache-2.0
 * scope - the tables that a statement names, and which column a word means in it.
 *
 * All tables of the statement are one scope, sub-selects included: what that leaves ambiguous
 * has to be qualified or declared by whoever wrote it.
 */
#ifndef GEN_QUERY_SCOPE_H
#define GEN_QUERY_SCOPE_H

#include "schema.h"

struct scope_entry {
	const char *alias;
	const struct table *table;
	int depth; /* brackets around it */
};

struct scope {
	struct scope_entry *v;
	size_t n;
	const struct table *target; /* of INSERT, UPDATE, DELETE; NULL for SELECT */
};

struct scope scope_read(const struct schema *s, const struct tokens *t);

enum found { FOUND, FOUND_NONE, FOUND_MANY };
/* alias may be NULL. Outer tables go before those in brackets when outer_first is set. */
enum found scope_column(const struct scope *s, const char *alias, const char *name, bool outer_first,
			struct ctype *ret);
/* "column" or "alias.column" at i; *ret_next is the index after it. FOUND_NONE when it is none. */
enum found scope_column_at(const struct scope *s, const struct tokens *t, size_t i, struct ctype *ret,
			   size_t *ret_next);

#endif
