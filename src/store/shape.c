/* SPDX-License-Identifier: Apache-2.0
 * shape - applies the migrations to a database in memory and reads its catalogue; compares the catalogue of another.
 */
#include "store/shape.h"

#include <string.h>

#include "store/migrate.h"

/* The word index is a virtual table on SQLite, whose number has no column of its own. */
static const struct db_query list_columns = {
	.name = "shape_columns",
	.index = -1,
	.n_columns = 4,
	.sql = {
		"SELECT t.name, c.name, c.type, c.pk FROM pragma_table_list t JOIN pragma_table_info(t.name) c"
		" WHERE t.schema = 'main' AND t.type IN ('table', 'virtual') AND substr(t.name, 1, 7) <> 'sqlite_'"
		" AND t.name <> '" SHAPE_MARKER "'"
		" UNION ALL SELECT name, 'rowid', 'INTEGER', 1 FROM pragma_table_list"
		" WHERE schema = 'main' AND type = 'virtual' ORDER BY 1, 2",
		"SELECT c.relname, a.attname, '', 0 FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
		" WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'f')"
		" AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''"
		" AND c.relname <> '" SHAPE_MARKER "' ORDER BY 1, 2",
	},
};

struct column {
	const char *table, *name, *type;
	int64_t place_in_key; /* from 1; 0: not part of it */
};

/* The most columns a database may have; more than the schema has by far. */
#define COLUMNS_MAX 2000

static enum rc read_columns(struct db *db, struct arena *a, struct column **ret, size_t *ret_n)
{
	struct column *list = arena_new_many(a, struct column, COLUMNS_MAX);
	struct db_cursor cur;
	size_t n = 0;
	bool row;
	enum rc rc;

	TRY(db_start(db, a, &list_columns, NULL, &cur));
	while ((rc = db_step(&cur, &row)) == RC_OK && row && n < COLUMNS_MAX)
		list[n++] = (struct column){ db_column(&cur, 0).p, db_column(&cur, 1).p, db_column(&cur, 2).p,
					     db_column_int(&cur, 3) };
	db_finish(&cur);
	*ret = list;
	*ret_n = n;
	return rc;
}

static char letter_of(const char *type)
{
	return strcmp(type, "INTEGER") == 0 ? 'i' : strcmp(type, "BLOB") == 0 ? 'b' : 't';
}

/* c: the columns of one table. */
static struct shape_table make_table(struct arena *a, const struct column *c, size_t n)
{
	struct shape_table t = { .name = c->table, .n_columns = n };

	t.columns = arena_new_many(a, const char *, n);
	t.types = arena_alloc(a, n + 1);
	t.key = arena_new_many(a, size_t, n);
	for (size_t i = 0; i < n; i++) {
		t.columns[i] = c[i].name;
		t.types[i] = letter_of(c[i].type);
		if (c[i].place_in_key > 0) {
			t.key[c[i].place_in_key - 1] = i;
			t.n_key++;
		}
	}
	return t;
}

static enum rc take_tables(struct db *db, struct arena *a, struct shape *ret)
{
	struct column *list;
	size_t n, last;

	TRY(read_columns(db, a, &list, &n));
	*ret = (struct shape){ .tables = arena_new_many(a, struct shape_table, n) };
	for (size_t first = 0; first < n; first = last) {
		for (last = first; last < n && strcmp(list[last].table, list[first].table) == 0;)
			last++;
		ret->tables[ret->n] = make_table(a, &list[first], last - first);
		/* Without a key its rows have no order in which they could be taken. */
		BUG_ON(ret->tables[ret->n++].n_key == 0);
	}
	return RC_OK;
}

enum rc shape_load(struct arena *a, struct shape *ret, struct err *err)
{
	struct db *model;
	enum rc rc;

	TRY(db_open("sqlite::memory:", DB_WRITE, &model, err));
	rc = migrate_up(model, err);
	if (rc == RC_OK && (rc = take_tables(model, a, ret)) != RC_OK)
		err_set(err, rc, 0, "the schema cannot be read: %s", db_message(model));
	db_close(model);
	return rc;
}

/* The shape's columns one after the other; false after the last. */
static bool next_column(const struct shape *s, size_t *table, size_t *column, const char **ret_table, const char **ret_name)
{
	if (*table < s->n && *column == s->tables[*table].n_columns) {
		(*table)++;
		*column = 0;
	}
	if (*table == s->n)
		return false;
	*ret_table = s->tables[*table].name;
	*ret_name = s->tables[*table].columns[(*column)++];
	return true;
}

static enum rc differ(struct err *err, const char *table, const char *name, const char *how)
{
	return err_set(err, RC_INVALID, 0, "the schemas differ: %s.%s %s; lapor init makes what is missing, what was "
		       "added by hand has to go", table, name, how);
}

enum rc shape_check(struct db *db, struct arena *a, const struct shape *shape, struct err *err)
{
	size_t n, i = 0, at_table = 0, at_column = 0;
	const char *table, *name;
	struct column *list;
	enum rc rc = read_columns(db, a, &list, &n);

	if (rc != RC_OK)
		return err_set(err, rc, 0, "the tables cannot be listed: %s", db_message(db));
	for (; next_column(shape, &at_table, &at_column, &table, &name); i++) {
		int order = i == n ? 1 : strcmp(list[i].table, table);

		if (order == 0)
			order = strcmp(list[i].name, name);
		if (order < 0)
			return differ(err, list[i].table, list[i].name, "is not of lapor");
		if (order > 0)
			return differ(err, table, name, "is not there");
	}
	return i == n ? RC_OK : differ(err, list[i].table, list[i].name, "is not of lapor");
}
