/* SPDX-License-Identifier: Apache-2.0
 * query - the statements of a .sql file: header lines, text for each engine, columns and
 * parameters with their C types.
 */
#ifndef GEN_QUERY_QUERY_H
#define GEN_QUERY_QUERY_H

#include "schema.h"

enum query_kind { QUERY_ONE, QUERY_OPT, QUERY_MANY, QUERY_EXEC };

/* A declared type: "-- arg:" or "-- col:". */
struct note {
	const char *name;
	struct ctype type;
	int line;
	bool used;
};

/* A result column or a parameter, in order. */
struct field {
	const char *name;
	struct ctype type;
	bool typed;
	int line;
};

struct fields {
	struct field *v;
	size_t n;
};

/* One text that is several statements, one a case ("-- cases:", cases.h); the first holds what they share. */
struct family {
	const char *name, **cases;
	size_t n;
	struct fields params; /* of any of them */
};

struct query {
	const char *file, *name, *scan, *sum;
	struct family *family; /* NULL: it stands alone */
	bool is_first;         /* of its family */
	int line, index;
	enum query_kind kind;
	bool is_ahead; /* "-- ahead:" */
	bool writes; /* INSERT, UPDATE, DELETE */
	struct tokens sql[ENGINES];
	struct note *args, *cols;
	size_t n_args, n_cols;
	struct fields columns, params;
};

struct queries {
	struct query *v;
	size_t n;
};

/* Reads a file's queries and adds them; names are unique over all files. */
void query_read(struct queries *all, const struct schema *s, const char *path);
/* Finds the types of columns and parameters (resolve.c). */
void query_resolve(struct query *q, const struct schema *s);
/* Fails for a declared type that nothing has. */
void query_check_notes(const struct query *q);
struct note *note_find(struct note *notes, size_t n, const char *name);
int field_find(const struct fields *f, const char *name); /* -1: none */

#endif
