/* SPDX-License-Identifier: Apache-2.0
 * copy - batches from one database to the other. Statements are written here for each table of the shape; what travels
 * are values with their types, so that neither engine's way of writing them matters.
 */
#include "store/copy.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "store/migrate.h"
#include "store/rows.h"

#define BATCH_ROWS 4000
/* Of a table with bytes (pictures): so many at once, though one row may be larger. */
#define BATCH_BYTES (16 * 1024 * 1024)
#define PAGE_BYTES_MAX ((size_t)2 << 30)
#define KEY_BYTES_MAX ((size_t)64 * 1024)
#define COLUMNS_MAX 100

static enum rc say(struct err *err, enum rc rc, struct db *db, const char *what)
{
	return err_set(err, rc, 0, "%s: %s", what, db_message(db));
}

/* Behind the table's name: " WHERE (key) > (...) ORDER BY key LIMIT n" */
static void add_page(struct rows_text *s, struct db *db, const struct shape_table *t, bool has_after)
{
	if (has_after) {
		buf_str(&s->b, " WHERE (");
		rows_add_key(&s->b, t, "");
		buf_str(&s->b, ") > (");
		for (size_t i = 0; i < t->n_key; i++) {
			buf_str(&s->b, i > 0 ? ", " : "");
			rows_add_parameter(s, db);
		}
		buf_char(&s->b, ')');
	}
	rows_add_order(&s->b, t, "");
	buf_str(&s->b, " LIMIT ");
	rows_add_parameter(s, db);
}

static bool has_bytes(const struct shape_table *t)
{
	return strchr(t->types, 'b') != NULL;
}

/* "SELECT count(*) FROM (SELECT sum(n) OVER (ORDER BY key) AS s FROM (SELECT key, length... page)) WHERE s <= bytes" */
static void add_count_of_page(struct rows_text *s, struct db *db, const struct shape_table *t, bool has_after)
{
	buf_str(&s->b, "SELECT count(*) FROM (SELECT sum(w.n) OVER (ORDER BY ");
	rows_add_key(&s->b, t, "");
	buf_str(&s->b, ") AS s FROM (SELECT ");
	rows_add_key(&s->b, t, "");
	buf_str(&s->b, ", 0");
	for (size_t i = 0; i < t->n_columns; i++) {
		if (t->types[i] != 'b')
			continue;
		buf_str(&s->b, " + coalesce(length(");
		rows_add_name(&s->b, t->columns[i]);
		buf_str(&s->b, "), 0)");
	}
	buf_str(&s->b, " AS n FROM ");
	rows_add_name(&s->b, t->name);
	add_page(s, db, t, has_after);
	buf_str(&s->b, ") AS w) AS v WHERE v.s <= ");
	rows_add_parameter(s, db);
}

/* How many rows the next batch has, so that it fits into memory. */
static enum rc choose_rows(struct db *db, const struct shape_table *t, const struct db_value *after, int64_t *ret)
{
	struct db_value params[COLUMNS_MAX];
	size_t n = 0;
	struct rows_text s;
	enum rc rc;

	*ret = BATCH_ROWS;
	if (!has_bytes(t))
		return RC_OK;
	for (size_t i = 0; after && i < t->n_key; i++)
		params[n++] = after[i];
	params[n++] = (struct db_value){ .type = DB_INT, .i = BATCH_ROWS };
	params[n++] = (struct db_value){ .type = DB_INT, .i = BATCH_BYTES };
	rows_begin(&s, t->name);
	add_count_of_page(&s, db, t, after != NULL);
	rc = rows_number(db, rows_query(&s, db), params, ret);
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
	struct rows_text s;
	enum rc rc;

	TRY(choose_rows(db, t, after, &limit));
	for (size_t i = 0; after && i < t->n_key; i++)
		params[n++] = after[i];
	params[n] = (struct db_value){ .type = DB_INT, .i = limit };
	rows_begin_select(&s, t);
	add_page(&s, db, t, after != NULL);
	rc = rows_read(db, a, rows_query(&s, db), params, t->n_columns, (size_t)limit, ret);
	buf_done(&s.b);
	return rc;
}

/* The first or the last row; none when the table is empty. */
static enum rc read_end(struct db *db, struct arena *a, const struct shape_table *t, bool last, struct rows *ret)
{
	struct rows_text s;
	enum rc rc;

	rows_begin_select(&s, t);
	rows_add_order(&s.b, t, last ? " DESC" : "");
	buf_str(&s.b, " LIMIT 1");
	rc = rows_read(db, a, rows_query(&s, db), NULL, t->n_columns, 1, ret);
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
		rc = rows_insert(c->to, t, &rows);
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

enum rc copy_digest(struct copy *c, struct db *db, const struct shape_table *t, struct hash *ret, int64_t *ret_rows,
		    struct err *err)
{
	const struct db_value *after = NULL;
	struct hash_state h;
	struct rows rows;

	hash_begin(&h, NULL);
	rows_hash_names(&h, t);
	*ret_rows = 0;
	for (;;) {
		enum rc rc;

		arena_reset(c->page);
		rc = read_batch(db, c->page, t, after, &rows);
		if (rc != RC_OK)
			return say(err, rc, db, t->name);
		if (rows.n == 0)
			break;
		rows_hash(&h, t, &rows);
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

		TRY(rows_count(c->from, t, &n));
		c->rows += n;
		rows_hash_names(&h, t);
		hash_int(&h, n);
		for (int last = 0; last <= 1; last++) {
			arena_reset(c->page);
			TRY(read_end(c->from, c->page, t, last, &rows));
			rows_hash(&h, t, &rows);
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

	TRY(rows_number(c->to, &find_marker, &value, &found));
	if (found == 0)
		return err_set(err, RC_INVALID, 0, "the target holds part of another installation, or the source was "
			       "changed since that copy began: begin anew with an empty target");
	for (size_t i = 0; i < c->shape->n; i++) {
		TRY(rows_count(c->to, &c->shape->tables[i], &n));
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
