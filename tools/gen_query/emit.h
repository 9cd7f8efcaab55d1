/* SPDX-License-Identifier: Apache-2.0
 * emit - the C that is written: query_<group>.h and .c, schema.c.
 */
#ifndef GEN_QUERY_EMIT_H
#define GEN_QUERY_EMIT_H

#include "query.h"

struct migration {
	int number;
	const char *name, *sql[ENGINES];
};

/* The queries v[0 .. n), all of one file. */
void emit_group(const char *folder, const char *group, const struct query *v, size_t n);
void emit_schema(const char *folder, const struct migration *m, size_t n_migrations,
		 const struct queries *all);

#endif
