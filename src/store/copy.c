/* SPDX-License-Identifier: Apache-2.0
 * copy - batches from one database to the other. Statements are written here for each table of the shape; what travels
 * are values with their types, so that neither engine's way of writing them matters.
 */
#include "store/copy.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "store/driver.h"
#include "store/migrate.h"

#define BATCH_ROWS 4000
/* Of a table with bytes (pictures): so many at once, though one row may be larger. */
#define BATCH_BYTES (16 * 1024 * 1024)
#define PAGE_BYTES_MAX ((size_t)2 << 30)
#define KEY_BYTES_MAX ((size_t)64 * 1024)
#define SQL_BYTES_MAX 16384
#define COLUMNS_MAX 100

static enum rc say(struct err *err, enum rc rc, struct db *db, const char *what)
{
	return err_set(err, rc, 0, "%s: %s", what, db_message(db));
}

/* Statements: one text, for the engine of this connection. */

struct text {
	struct buf b;
	struct db_query q;
};

static void text_begin(struct text *s, const char *name)
{
	s->q = (struct db_query){ .name = name, .index = -1 };
	buf_init(&s->b, SQL_BYTES_MAX);
}

static const struct db_query *text_query(struct text *s, struct db *db)
{
	BUG_ON(s->b.overflow);
	s->q.sql[db_engine_of(db)] = buf_cstr(&s->b);
	return &s->q;
}

static void add_name(struct buf *b, const char *name)
{
	buf_printf(b, "\"%s\"", name);
}

static void add_columns(struct buf *b, const struct shape_table *t)
{
	for (size_t i = 0; i < t->n_columns; i++) {
		buf_str(b, i > 0 ? ", " : "");
		add_name(b, t->columns[i]);
	}
}

static void add_key(struct buf *b, const struct shape_table *t, const char *end)
{
	for (size_t i = 0; i < t->n_key; i++) {
		buf_str(b, i > 0 ? ", " : "");
		add_name(b, t->columns[t->key[i]]);
		buf_str(b, end);
	}
}

static void add_parameter(struct text *s, struct db *db)
{
	buf_printf(&s->b, "%c%d", db_engine_of(db) == DB_PGSQL ? '$' : '?', ++s->q.n_params);
}

/* " FROM t WHERE (key) > (...) ORDER BY key LIMIT n" */
static void add_page(struct text *s, struct db *db, const struct shape_table *t, bool has_after)
{
	buf_str(&s->b, " FROM ");
	add_name(&s->b, t->name);
	if (has_after) {
		buf_str(&s->b, " WHERE (");
		add_key(&s->b, t, "");
		buf_str(&s->b, ") > (");
		for (size_t i = 0; i < t->n_key; i++) {
			buf_str(&s->b, i > 0 ? ", " : "");
			add_parameter(s, db);
		}
		buf_char(&s->b, ')');
	}
	buf_str(&s->b, " ORDER BY ");
	add_key(&s->b, t, "");
	buf_str(&s->b, " LIMIT ");
	add_parameter(s, db);
}

static bool has_bytes(const struct shape_table *t)
{
	return strchr(t->types, 'b') != NULL;
}

/* "SELECT count(*) FROM (SELECT sum(n) OVER (ORDER BY key) AS s FROM (SELECT key, length... page)) WHERE s <= bytes" */
static void add_count_of_page(struct text *s, struct db *db, const struct shape_table *t, bool has_after)
{
	buf_str(&s->b, "SELECT count(*) FROM (SELECT sum(w.n) OVER (ORDER BY ");
	add_key(&s->b, t, "");
	buf_str(&s->b, ") AS s FROM (SELECT ");
	add_key(&s->b, t, "");
	buf_str(&s->b, ", 0");
	for (size_t i = 0; i < t->n_columns; i++) {
		if (t->types[i] != 'b')
			continue;
		buf_str(&s->b, " + coalesce(length(");
		add_name(&s->b, t->columns[i]);
		buf_str(&s->b, "), 0)");
	}
	buf_str(&s->b, " AS n");
	add_page(s, db, t, has_after);
	buf_str(&s->b, ") AS w) AS v WHERE v.s <= ");
	add_parameter(s, db);
}

/* Rows. */

struct rows {
	struct db_value *values; /* n_columns each */
	size_t n;
};

/* One number; a statement without rows gives 0. */
static enum rc read_number(struct db *db, const struct db_query *q, const struct db_value *params, int64_t *ret)
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

static enum rc read_rows(struct db *db, struct arena *a, const struct db_query *q, const struct db_value *params,
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

/* How many rows the next batch has, so that it fits into memory. */
static enum rc choose_rows(struct db *db, const struct shape_table *t, const struct db_value *after, int64_t *ret)
{
	struct db_value params[COLUMNS_MAX];
	size_t n = 0;
	struct text s;
	enum rc rc;

	*ret = BATCH_ROWS;
	if (!has_bytes(t))
		return RC_OK;
	for (size_t i = 0; after && i < t->n_key; i++)
		params[n++] = after[i];
	params[n++] = (struct db_value){ .type = DB_INT, .i = BATCH_ROWS };
	params[n++] = (struct db_value){ .type = DB_INT, .i = BATCH_BYTES };
	text_begin(&s, t->name);
	add_count_of_page(&s, db, t, after != NULL);
	rc = read_number(db, text_query(&s, db), params, ret);
	if (*ret == 0)
		*ret = 1;
	buf_done(&s.b);
	return rc;
}

/* after: the key of the row before; NULL: from the first on. */
static enum rc read_batch(struct db *db, struct arena *a, const struct shape_table *t, const struct db_value *after,
			  struct rows *ret)
{
	struct db_value params[COLUMNS_MAX];
	int64_t limit;
	size_t n = 0;
	struct text s;
	enum rc rc;

	TRY(choose_rows(db, t, after, &limit));
	for (size_t i = 0; after && i < t->n_key; i++)
		params[n++] = after[i];
	params[n] = (struct db_value){ .type = DB_INT, .i = limit };
	text_begin(&s, t->name);
	buf_str(&s.b, "SELECT ");
	add_columns(&s.b, t);
	add_page(&s, db, t, after != NULL);
	rc = read_rows(db, a, text_query(&s, db), params, t->n_columns, (size_t)limit, ret);
	buf_done(&s.b);
	return rc;
}

/* The first or the last row; none when the table is empty. */
static enum rc read_end(struct db *db, struct arena *a, const struct shape_table *t, bool last, struct rows *ret)
{
	struct text s;
	enum rc rc;

	text_begin(&s, t->name);
	buf_str(&s.b, "SELECT ");
	add_columns(&s.b, t);
	buf_str(&s.b, " FROM ");
	add_name(&s.b, t->name);
	buf_str(&s.b, " ORDER BY ");
	add_key(&s.b, t, last ? " DESC" : "");
	buf_str(&s.b, " LIMIT 1");
	rc = read_rows(db, a, text_query(&s, db), NULL, t->n_columns, 1, ret);
	buf_done(&s.b);
	return rc;
}

static enum rc count_rows(struct db *db, const struct shape_table *t, int64_t *ret)
{
	struct text s;
	enum rc rc;

	text_begin(&s, t->name);
	buf_str(&s.b, "SELECT count(*) FROM ");
	add_name(&s.b, t->name);
	rc = read_number(db, text_query(&s, db), NULL, ret);
	buf_done(&s.b);
	return rc;
}

static enum rc insert_batch(struct db *db, const struct shape_table *t, const struct rows *rows)
{
	bool is_pgsql = db_engine_of(db) == DB_PGSQL;
	struct text s;
	enum rc rc;
	TXN(txn);

	text_begin(&s, t->name);
	buf_str(&s.b, is_pgsql ? "COPY " : "INSERT INTO ");
	add_name(&s.b, t->name);
	buf_str(&s.b, " (");
	add_columns(&s.b, t);
	buf_str(&s.b, is_pgsql ? ") FROM STDIN (FORMAT binary" : ") VALUES (");
	for (size_t i = 0; !is_pgsql && i < t->n_columns; i++) {
		buf_str(&s.b, i > 0 ? ", " : "");
		add_parameter(&s, db);
	}
	buf_char(&s.b, ')');
	s.q.n_params = (int)t->n_columns;
	rc = txn_begin(db, &txn);
	if (rc == RC_OK)
		rc = db->driver->insert_rows(db, text_query(&s, db), rows->values, rows->n);
	if (rc == RC_OK)
		rc = txn_commit(&txn);
	buf_done(&s.b);
	return rc;
}

/* The key of the last row, in memory that outlives the batch. */
static const struct db_value *keep_key(struct copy *c, const struct shape_table *t, const struct rows *rows)
{
	const struct db_value *last = &rows->values[(rows->n - 1) * t->n_columns];
	struct db_value *key;

	arena_reset(c->key);
	key = arena_new_many(c->key, struct db_value, t->n_key);
	for (size_t i = 0; i < t->n_key; i++) {
		key[i] = last[t->key[i]];
		if (key[i].p)
			key[i].p = arena_strndup(c->key, key[i].p, key[i].n);
	}
	return key;
}

enum rc copy_table(struct copy *c, const struct shape_table *t, struct err *err)
{
	const struct db_value *after = NULL;
	struct rows rows;
	enum rc rc;

	arena_reset(c->page);
	rc = read_end(c->to, c->page, t, true, &rows);
	if (rc != RC_OK)
		return say(err, rc, c->to, "the target cannot be read");
	for (;;) {
		if (rows.n > 0)
			after = keep_key(c, t, &rows);
		arena_reset(c->page);
		rc = read_batch(c->from, c->page, t, after, &rows);
		if (rc != RC_OK)
			return say(err, rc, c->from, "the source cannot be read");
		if (rows.n == 0)
			return RC_OK;
		rc = insert_batch(c->to, t, &rows);
		if (rc != RC_OK)
			return say(err, rc, c->to, "the target does not take the rows (once that is put right, the same "
				   "command goes on from here)");
		c->done += (int64_t)rows.n;
		if (c->shown)
			c->shown(c);
	}
}

/* Digests. */

enum rc copy_settle(struct copy *c, struct err *err)
{
	enum rc rc = db_engine_of(c->to) == DB_PGSQL ? db_script(c->to, "ANALYZE") : RC_OK;

	return rc == RC_OK ? RC_OK : say(err, rc, c->to, "the target cannot be looked through");
}

static void hash_value(struct hash_state *h, const struct db_value *v)
{
	hash_int(h, v->type);
	if (v->type == DB_INT)
		hash_int(h, v->i);
	else if (v->type != DB_NULL)
		hash_piece(h, v->p, v->n);
}

static void hash_rows(struct hash_state *h, const struct shape_table *t, const struct rows *rows)
{
	for (size_t i = 0; i < rows->n * t->n_columns; i++)
		hash_value(h, &rows->values[i]);
}

static void hash_names(struct hash_state *h, const struct shape_table *t)
{
	hash_text(h, t->name);
	for (size_t i = 0; i < t->n_columns; i++)
		hash_text(h, t->columns[i]);
}

enum rc copy_digest(struct copy *c, struct db *db, const struct shape_table *t, struct hash *ret, int64_t *ret_rows,
		    struct err *err)
{
	const struct db_value *after = NULL;
	struct hash_state h;
	struct rows rows;

	hash_begin(&h, NULL);
	hash_names(&h, t);
	*ret_rows = 0;
	for (;;) {
		enum rc rc;

		arena_reset(c->page);
		rc = read_batch(db, c->page, t, after, &rows);
		if (rc != RC_OK)
			return say(err, rc, db, t->name);
		if (rows.n == 0)
			break;
		hash_rows(&h, t, &rows);
		after = keep_key(c, t, &rows);
		*ret_rows += (int64_t)rows.n;
		c->done += (int64_t)rows.n;
		if (c->shown)
			c->shown(c);
	}
	*ret = hash_end(&h);
	return RC_OK;
}

/* Beginning. */

/* Large tables are counted, indexes built: as long as it takes. */
static enum rc lift_limits(struct db *db)
{
	return db_engine_of(db) == DB_PGSQL ? db_script(db, "SET statement_timeout = 0;") : RC_OK;
}

/* Nothing changes in the source until the end. On SQLite the transaction alone sees to it. */
static enum rc hold_source(struct copy *c)
{
	TRY(lift_limits(c->from));
	TRY(txn_begin(c->from, &c->reading));
	for (size_t i = 0; db_engine_of(c->from) == DB_PGSQL && i < c->shape->n; i++) {
		char sql[200];

		snprintf(sql, sizeof(sql), "LOCK TABLE \"%s\" IN SHARE MODE", c->shape->tables[i].name);
		TRY(db_script(c->from, sql));
	}
	return RC_OK;
}

/* How many rows there are, with the first and the last of each table: what tells one installation from another. */
static enum rc look_at_source(struct copy *c, struct hash *ret)
{
	struct hash_state h;

	hash_begin(&h, NULL);
	c->rows = 0;
	for (size_t i = 0; i < c->shape->n; i++) {
		const struct shape_table *t = &c->shape->tables[i];
		struct rows rows;
		int64_t n;

		TRY(count_rows(c->from, t, &n));
		c->rows += n;
		hash_names(&h, t);
		hash_int(&h, n);
		for (int last = 0; last <= 1; last++) {
			arena_reset(c->page);
			TRY(read_end(c->from, c->page, t, last, &rows));
			hash_rows(&h, t, &rows);
		}
	}
	*ret = hash_end(&h);
	return RC_OK;
}

#define HEX_BYTES (2 * HASH_BYTES + 1)

static void to_hex(const struct hash *h, char out[HEX_BYTES])
{
	for (size_t i = 0; i < HASH_BYTES; i++)
		snprintf(out + 2 * i, 3, "%02x", h->b[i]);
}

static const struct db_query add_marker = {
	.name = "copy_marker",
	.index = -1,
	.n_params = 1,
	.writes = true,
	.sql = { "INSERT INTO " SHAPE_MARKER " (n, what) VALUES (0, ?1)",
		 "INSERT INTO " SHAPE_MARKER " (n, what) VALUES (0, $1)" },
};
static const struct db_query find_marker = {
	.name = "copy_find_marker",
	.index = -1,
	.n_params = 1,
	.sql = { "SELECT count(*) FROM " SHAPE_MARKER " WHERE n = 0 AND what = ?1",
		 "SELECT count(*) FROM " SHAPE_MARKER " WHERE n = 0 AND what = $1" },
};

/* Foreign keys and indexes are made again from what the marker table keeps of them. Keys stay: batches need them. */
static const char rest_pgsql[] =
	"DO $$ DECLARE r record; i bigint := 0; BEGIN FOR r IN"
	" SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS away,"
	" format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS again,"
	" 2 AS turn FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
	" UNION ALL SELECT format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid), 1"
	" FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = current_schema()::regnamespace"
	" AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid) ORDER BY turn"
	" LOOP i := i + 1; INSERT INTO " SHAPE_MARKER " VALUES (i, r.again); EXECUTE r.away; END LOOP; END $$;";
static const char wake_pgsql[] =
	"DO $$ DECLARE r record; BEGIN FOR r IN SELECT what FROM " SHAPE_MARKER " WHERE n > 0 ORDER BY n"
	" LOOP EXECUTE r.what; END LOOP;"
	" FOR r IN SELECT c.oid::regclass AS place, a.attname AS col FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
	" WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attidentity <> ''"
	" LOOP EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), coalesce((SELECT max(%I) FROM %s), 0) + 1, false)',"
	" r.place, r.col, r.col, r.place); END LOOP; END $$;";

/* Migrations may have filled tables, but the source's rows are all that counts. */
static enum rc empty_tables(struct copy *c)
{
	for (size_t i = 0; i < c->shape->n; i++) {
		char sql[200];

		snprintf(sql, sizeof(sql), "DELETE FROM \"%s\"", c->shape->tables[i].name);
		TRY(db_script(c->to, sql));
	}
	return RC_OK;
}

/* All or nothing: what is killed here leaves an empty database behind. */
static enum rc begin_target(struct copy *c, const char *identity, struct err *err)
{
	const struct db_value value = { .type = DB_TEXT, .p = identity, .n = strlen(identity) };
	bool is_pgsql = db_engine_of(c->to) == DB_PGSQL;
	TXN(t);

	TRY(txn_begin(c->to, &t));
	TRY(migrate_up(c->to, err));
	TRY(db_script(c->to, "CREATE TABLE " SHAPE_MARKER " (n BIGINT PRIMARY KEY, what TEXT NOT NULL)"));
	TRY(db_exec(c->to, &add_marker, &value, NULL));
	TRY(db_script(c->to, is_pgsql ? rest_pgsql : ""));
	TRY(empty_tables(c));
	return txn_commit(&t);
}

static enum rc resume_target(struct copy *c, const char *identity, struct err *err)
{
	const struct db_value value = { .type = DB_TEXT, .p = identity, .n = strlen(identity) };
	int64_t found, n;

	TRY(read_number(c->to, &find_marker, &value, &found));
	if (found == 0)
		return err_set(err, RC_INVALID, 0, "the target holds part of another installation, or the source was "
			       "changed since that copy began: begin anew with an empty target");
	for (size_t i = 0; i < c->shape->n; i++) {
		TRY(count_rows(c->to, &c->shape->tables[i], &n));
		c->done += n;
	}
	return RC_OK;
}

static enum rc take_target(struct copy *c, const char *identity, struct err *err)
{
	enum migrate_state state;

	TRY(lift_limits(c->to));
	TRY(db_engine_of(c->to) == DB_SQLITE ? db_script(c->to, "PRAGMA foreign_keys = OFF;") : RC_OK);
	TRY(migrate_look(c->to, &state));
	switch (state) {
	case MIGRATE_EMPTY: return begin_target(c, identity, err);
	case MIGRATE_HALF_COPIED: return resume_target(c, identity, err);
	case MIGRATE_OURS:
		return err_set(err, RC_INVALID, 0, "the target holds an installation already: give it an empty database");
	case MIGRATE_FOREIGN: break;
	}
	return err_set(err, RC_INVALID, 0, "the target belongs to another program: give it an empty database");
}

enum rc copy_begin(struct copy *c, struct err *err)
{
	char identity[HEX_BYTES];
	struct hash h;
	enum rc rc;

	c->page = arena_new(PAGE_BYTES_MAX);
	c->key = arena_new(KEY_BYTES_MAX);
	for (size_t i = 0; i < c->shape->n; i++)
		BUG_ON(c->shape->tables[i].n_columns > COLUMNS_MAX - 2);
	rc = hold_source(c);
	if (rc == RC_OK)
		rc = look_at_source(c, &h);
	if (rc != RC_OK)
		return say(err, rc, c->from, "the source cannot be held still (the owner of its tables can do that)");
	TRY(shape_check(c->from, c->page, c->shape, err));
	to_hex(&h, identity);
	rc = take_target(c, identity, err);
	if (rc != RC_OK && !err->detail[0])
		return say(err, rc, c->to, "the target cannot be prepared");
	return rc;
}

/* Ending. */

enum rc copy_finish(struct copy *c, struct err *err)
{
	enum rc rc;
	TXN(t);

	rc = txn_begin(c->to, &t);
	if (rc == RC_OK && db_engine_of(c->to) == DB_PGSQL)
		rc = db_script(c->to, wake_pgsql);
	if (rc == RC_OK)
		rc = db_script(c->to, "DROP TABLE " SHAPE_MARKER);
	if (rc == RC_OK)
		rc = txn_commit(&t);
	return rc == RC_OK ? RC_OK : say(err, rc, c->to, "the target cannot be finished");
}

void copy_close(struct copy *c)
{
	txn_end(&c->reading);
	arena_free(c->page);
	arena_free(c->key);
}
