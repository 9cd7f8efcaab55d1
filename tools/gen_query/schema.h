/* SPDX-License-Identifier: Apache-2.0
 * schema - the tables that the migrations make, with the C type of every column.
 */
#ifndef GEN_QUERY_SCHEMA_H
#define GEN_QUERY_SCHEMA_H

#include "token.h"

enum base { BASE_INT, BASE_BOOL, BASE_INSTANT, BASE_DAY, BASE_ENUM, BASE_ID, BASE_TEXT, BASE_BLOB,
	BASE_OPAQUE /* of one engine only; cannot be selected */ };

struct ctype {
	enum base base;
	const char *name; /* BASE_ENUM: its tag; BASE_ID: the table */
	bool nullable;
};

struct column {
	const char *name;
	struct ctype type;
};

struct table {
	const char *name;
	struct column *columns;
	size_t n;
};

struct schema {
	struct table *tables;
	size_t n;
};

/* Applies one migration: CREATE TABLE, DROP TABLE, ALTER TABLE; other statements are not looked at. */
void schema_apply(struct schema *s, const struct tokens *all);
const struct table *schema_table(const struct schema *s, const char *name);
const struct column *table_column(const struct table *t, const char *name);
/* The same type for C; nullability aside. */
bool ctype_equal(const struct ctype *a, const struct ctype *b);
/* "const char *" and the like, to be put right before a name. */
const char *ctype_c(const struct ctype *t);
/*
 * The words of "-- arg:" and "-- col:", a column's comment: int, text, blob, bool, instant, day,
 * TABLE_id, enum NAME; then "null" when allowed. False when it is none of them.
 */
bool ctype_parse(const struct schema *s, const char *words, struct ctype *ret);

#endif
