/* SPDX-License-Identifier: Apache-2.0
 * rows - statements written for a table of the shape, and the rows that travel by them: values with their types, so that
 * neither engine's way of writing them matters. What copy and part share.
 */
#ifndef STORE_ROWS_H
#define STORE_ROWS_H

#include "base/buf.h"
#include "base/hash.h"
#include "store/shape.h"

/* One text, for the engine of one connection. rows_begin() first, buf_done(&s.b) last. */
struct rows_text {
	struct buf b;
	struct db_query q;
};
void rows_begin(struct rows_text *s, const char *name);
/* In its place: "SELECT columns FROM t", "SELECT count(*) FROM t". */
void rows_begin_select(struct rows_text *s, const struct shape_table *t);
void rows_begin_count(struct rows_text *s, const char *table);
const struct db_query *rows_query(struct rows_text *s, struct db *db);
void rows_add_name(struct buf *b, const char *name);
void rows_add_columns(struct buf *b, const struct shape_table *t);
/* end: what stands behind each column, "" or " DESC". */
void rows_add_key(struct buf *b, const struct shape_table *t, const char *end);
/* " ORDER BY key" */
void rows_add_order(struct buf *b, const struct shape_table *t, const char *end);
void rows_add_parameter(struct rows_text *s, struct db *db);

struct rows {
	struct db_value *values; /* n_columns each */
	size_t n;
};
/* One number; a statement without rows gives 0. */
CHECKED enum rc rows_number(struct db *db, const struct db_query *q, const struct db_value *params, int64_t *ret);
/* How many the table has. */
CHECKED enum rc rows_count(struct db *db, const struct shape_table *t, int64_t *ret);
/* At most max rows. */
CHECKED enum rc rows_read(struct db *db, struct arena *a, const struct db_query *q, const struct db_value *params,
			  size_t n_columns, size_t max, struct rows *ret);
/* All of them by one statement, in a transaction. */
CHECKED enum rc rows_insert(struct db *db, const struct shape_table *t, const struct rows *rows);
void rows_hash_names(struct hash_state *h, const struct shape_table *t);
void rows_hash(struct hash_state *h, const struct shape_table *t, const struct rows *rows);

#endif
