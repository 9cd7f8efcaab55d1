/* SPDX-License-Identifier: Apache-2.0
 * shape - which tables the schema has, with their columns and keys: for what treats all tables alike.
 *
 * Taken from the migrations themselves, so that a new table is one of them by being there. Everything that knows its
 * tables by name uses generated queries instead.
 */
#ifndef STORE_SHAPE_H
#define STORE_SHAPE_H

#include "store/db.h"

/* Columns are in the order of their names, on both engines. */
struct shape_table {
	const char *name;
	const char **columns;
	char *types;           /* a letter each: i integer, t text, b blob */
	size_t n_columns;
	size_t *key;           /* the columns of the primary key, in its order */
	size_t n_key;
};

struct shape {
	struct shape_table *tables; /* by name */
	size_t n;
};

/* While it is there the database is half copied, and nobody may use it (store/copy.h). */
#define SHAPE_MARKER "unfinished_copy"

/* What migrate_latest() makes. */
CHECKED enum rc shape_load(struct arena *a, struct shape *ret, struct err *err);
/* RC_INVALID when db has other tables or columns than these; err names the first. */
CHECKED enum rc shape_check(struct db *db, struct arena *a, const struct shape *shape, struct err *err);

#endif
