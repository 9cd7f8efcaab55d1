/* SPDX-License-Identifier: Apache-2.0 */
#include "store/rows.h"

#include "store/driver.h"

#define SQL_BYTES_MAX 65536

void rows_begin(struct rows_text *s, const char *name)
{
	s->q = (struct db_query){ .name = name, .index = -1 };
	buf_init(&s->b, SQL_BYTES_MAX);
}

void rows_begin_select(struct rows_text *s, const struct shape_table *t)
{
	rows_begin(s, t->name);
	buf_str(&s->b, "SELECT ");
	rows_add_columns(&s->b, t);
	buf_str(&s->b, " FROM ");
	rows_add_name(&s->b, t->name);
}

void rows_begin_count(struct rows_text *s, const char *table)
{
	rows_begin(s, table);
	buf_str(&s->b, "SELECT count(*) FROM ");
	rows_add_name(&s->b, table);
}

const struct db_query *rows_query(struct rows_text *s, struct db *db)
{
	BUG_ON(s->b.overflow);
	s->q.sql[db_engine_of(db)] = buf_cstr(&s->b);
	return &s->q;
}

void rows_add_name(struct buf *b, const char *name)
{
	buf_printf(b, "\"%s\"", name);
}

void rows_add_columns(struct buf *b, const struct shape_table *t)
{
	for (size_t i = 0; i < t->n_columns; i++) {
		buf_str(b, i > 0 ? ", " : "");
		rows_add_name(b, t->columns[i]);
	}
}

void rows_add_key(struct buf *b, const struct shape_table *t, const char *end)
{
	for (size_t i = 0; i < t->n_key; i++) {
		buf_str(b, i > 0 ? ", " : "");
		rows_add_name(b, t->columns[t->key[i]]);
		buf_str(b, end);
	}
}

void rows_add_order(struct buf *b, const struct shape_table *t, const char *end)
{
	buf_str(b, " ORDER BY ");
	rows_add_key(b, t, end);
}

void rows_add_parameter(struct rows_text *s, struct db *db)
{
	buf_printf(&s->b, "%c%d", db_engine_of(db) == DB_PGSQL ? '$' : '?', ++s->q.n_params);
}

enum rc rows_number(struct db *db, const struct db_query *q, const struct db_value *params, int64_t *ret)
{
	struct db_cursor cur;
	bool row = false;
	enum rc rc;

	TRY(db_start(db, NULL, q, params, &cur));
	rc = db_step(&cur, &row);
	if (rc == RC_OK)
		*ret = row ? db_column_int(&cur, 0) : 0;
	db_finish(&cur);
	return rc;
}

enum rc rows_count(struct db *db, const struct shape_table *t, int64_t *ret)
{
	struct rows_text s;
	enum rc rc;

	rows_begin_count(&s, t->name);
	rc = rows_number(db, rows_query(&s, db), NULL, ret);
	buf_done(&s.b);
	return rc;
}

enum rc rows_read(struct db *db, struct arena *a, const struct db_query *q, const struct db_value *params,
		  size_t n_columns, size_t max, struct rows *ret)
{
	struct db_value *values = arena_new_many(a, struct db_value, max * n_columns);
	struct db_cursor cur;
	size_t n = 0;
	bool row;
	enum rc rc;

	TRY(db_start(db, a, q, params, &cur));
	while ((rc = db_step(&cur, &row)) == RC_OK && row) {
		BUG_ON(n == max);
		for (size_t i = 0; i < n_columns; i++)
			values[n * n_columns + i] = db_column(&cur, (int)i);
		n++;
	}
	db_finish(&cur);
	*ret = (struct rows){ values, n };
	return rc;
}

enum rc rows_insert(struct db *db, const struct shape_table *t, const struct rows *rows)
{
	bool is_pgsql = db_engine_of(db) == DB_PGSQL;
	struct rows_text s;
	enum rc rc;
	TXN(txn);

	rows_begin(&s, t->name);
	buf_str(&s.b, is_pgsql ? "COPY " : "INSERT INTO ");
	rows_add_name(&s.b, t->name);
	buf_str(&s.b, " (");
	rows_add_columns(&s.b, t);
	buf_str(&s.b, is_pgsql ? ") FROM STDIN (FORMAT binary" : ") VALUES (");
	for (size_t i = 0; !is_pgsql && i < t->n_columns; i++) {
		buf_str(&s.b, i > 0 ? ", " : "");
		rows_add_parameter(&s, db);
	}
	buf_char(&s.b, ')');
	s.q.n_params = (int)t->n_columns;
	rc = txn_begin(db, &txn);
	if (rc == RC_OK)
		rc = db->driver->insert_rows(db, rows_query(&s, db), rows->values, rows->n);
	if (rc == RC_OK)
		rc = txn_commit(&txn);
	buf_done(&s.b);
	return rc;
}

static void hash_value(struct hash_state *h, const struct db_value *v)
{
	hash_int(h, v->type);
	if (v->type == DB_INT)
		hash_int(h, v->i);
	else if (v->type != DB_NULL)
		hash_piece(h, v->p, v->n);
}

void rows_hash(struct hash_state *h, const struct shape_table *t, const struct rows *rows)
{
	for (size_t i = 0; i < rows->n * t->n_columns; i++)
		hash_value(h, &rows->values[i]);
}

void rows_hash_names(struct hash_state *h, const struct shape_table *t)
{
	hash_text(h, t->name);
	for (size_t i = 0; i < t->n_columns; i++)
		hash_text(h, t->columns[i]);
}
