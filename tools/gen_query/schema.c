/* SPDX-License-Identifier: Apache-2.0 */
#include "schema.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

const struct table *schema_table(const struct schema *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcasecmp(s->tables[i].name, name) == 0)
			return &s->tables[i];
	return NULL;
}

const struct column *table_column(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcasecmp(t->columns[i].name, name) == 0)
			return &t->columns[i];
	return NULL;
}

bool ctype_equal(const struct ctype *a, const struct ctype *b)
{
	return a->base == b->base &&
	       (a->name == b->name || (a->name && b->name && !strcmp(a->name, b->name)));
}

const char *ctype_c(const struct ctype *t)
{
	struct text c = { 0 };

	switch (t->base) {
	case BASE_INT: return "int64_t ";
	case BASE_BOOL: return "bool ";
	case BASE_INSTANT: return "struct instant ";
	case BASE_DAY: return "struct day ";
	case BASE_TEXT: return "const char *";
	case BASE_BLOB: return "struct db_blob ";
	case BASE_ENUM: text_fmt(&c, "enum %s ", t->name); return c.p;
	case BASE_ID: text_fmt(&c, "struct %s_id ", t->name); return c.p;
	case BASE_OPAQUE: break;
	}
	return NULL;
}

static bool simple_parse(const char *word, struct ctype *ret)
{
	static const struct { const char *word; enum base base; } words[] = {
		{ "int", BASE_INT }, { "text", BASE_TEXT }, { "blob", BASE_BLOB }, { "bool", BASE_BOOL },
		{ "instant", BASE_INSTANT }, { "day", BASE_DAY },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(words[i].word, word) == 0) {
			*ret = (struct ctype){ .base = words[i].base };
			return true;
		}
	}
	return false;
}

static bool id_parse(const struct schema *s, const char *word, struct ctype *ret)
{
	size_t n = strlen(word);
	const struct table *t;
	const struct column *id;

	if (n < 4 || strcmp(word + n - 3, "_id") != 0)
		return false;
	t = schema_table(s, take_text(word, n - 3));
	id = t ? table_column(t, "id") : NULL;
	if (!id || id->type.base != BASE_ID)
		return false;
	*ret = (struct ctype){ .base = BASE_ID, .name = t->name };
	return true;
}

bool ctype_parse(const struct schema *s, const char *words, struct ctype *ret)
{
	char a[64] = "", b[64] = "", c[64] = "", more[2] = "";
	int n = sscanf(words, "%63s %63s %63s %1s", a, b, c, more);
	const char *last;
	bool ok;

	if (n >= 2 && strcmp(a, "enum") == 0) {
		*ret = (struct ctype){ .base = BASE_ENUM, .name = take_text(b, strlen(b)) };
		ok = true;
		last = c;
	} else {
		ok = n >= 1 && n <= 2 && (simple_parse(a, ret) || id_parse(s, a, ret));
		last = b;
	}
	if (!ok || n > 3 || (*last && strcmp(last, "null") != 0))
		return false;
	ret->nullable = *last != '\0';
	return true;
}

static struct ctype sql_type(const struct tokens *t, size_t i, const char *column)
{
	static const struct { const char *sql; enum base base; } types[] = {
		{ "INTEGER", BASE_INT }, { "BIGINT", BASE_INT }, { "TEXT", BASE_TEXT }, { "BLOB", BASE_BLOB },
		{ "BYTEA", BASE_BLOB }, { "TSVECTOR", BASE_OPAQUE },
	};

	for (size_t k = 0; k < sizeof(types) / sizeof(types[0]); k++)
		if (token_is(&t->v[i], types[k].sql))
			return (struct ctype){ .base = types[k].base, .nullable = true };
	fail(t->file, t->v[i].line,
	     "column %s: unknown column type \"%s\" (INTEGER, TEXT and BLOB are known)", column, t->v[i].s);
}

/* The comment after a type: the C type, when it names one; other remarks are none of ours. */
static void type_comment(const struct schema *s, const struct tokens *t, size_t i, struct ctype *type)
{
	struct ctype named;
	char first[16] = "";

	sscanf(t->v[i].s, "%15s", first);
	if (strcmp(first, "enum") != 0 && strcmp(first, "instant") != 0 && strcmp(first, "day") != 0 &&
	    strcmp(first, "bool") != 0)
		return;
	if (type->base != BASE_INT || !ctype_parse(s, t->v[i].s, &named))
		fail(t->file, t->v[i].line, "\"%s\" is no C type for this column", t->v[i].s);
	type->base = named.base;
	type->name = named.name;
}

/* One column from its name at i to the comma or bracket at its end, whose index is returned. */
static size_t column_read(const struct schema *s, struct table *table, const struct tokens *t, size_t i)
{
	struct column c = { .name = t->v[i].s };

	if (t->v[i].kind != TOKEN_WORD)
		fail(t->file, t->v[i].line, "a column's name is expected before \"%s\"", t->v[i].s);
	if (table_column(table, c.name))
		fail(t->file, t->v[i].line, "duplicate column %s.%s", table->name, c.name);
	c.type = sql_type(t, ++i, c.name);
	for (i++;
	     i < t->n && !token_is(&t->v[i], ",") && !token_is(&t->v[i], ")") && !token_is(&t->v[i], ";");) {
		if (t->v[i].kind == TOKEN_COMMENT)
			type_comment(s, t, i, &c.type);
		if (token_is(&t->v[i], "NULL") && token_is(&t->v[i - 1], "NOT"))
			c.type.nullable = false;
		if (token_is(&t->v[i], "PRIMARY"))
			c.type.nullable = false;
		if (token_is(&t->v[i], "PRIMARY") && strcasecmp(c.name, "id") == 0 &&
		    c.type.base == BASE_INT) {
			c.type.base = BASE_ID;
			c.type.name = table->name;
		}
		if (token_is(&t->v[i], "REFERENCES") && c.type.base == BASE_INT) {
			c.type.base = BASE_ID;
			c.type.name = t->v[i + 1].s;
		}
		i = token_is(&t->v[i], "(") ? tokens_skip_brackets(t, i) : i + 1;
	}
	table->columns = grown(table->columns, table->n, sizeof(c));
	table->columns[table->n++] = c;
	return i;
}

static bool is_constraint(const struct token *t)
{
	static const char *const words[] = { "PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "CONSTRAINT", NULL };

	return token_is_one_of(t, words);
}

static size_t skip_remarks(const struct tokens *t, size_t i)
{
	while (t->v[i].kind == TOKEN_COMMENT || t->v[i].kind == TOKEN_LINE)
		i++;
	return i;
}

static size_t constraint_skip(const struct tokens *t, size_t i)
{
	while (i < t->n && !token_is(&t->v[i], ",") && !token_is(&t->v[i], ")"))
		i = token_is(&t->v[i], "(") ? tokens_skip_brackets(t, i) : i + 1;
	return i;
}

/* i: the table's name. */
static size_t create_table(struct schema *s, const struct tokens *t, size_t i)
{
	struct table table = { .name = t->v[i].s };
	int line = t->v[i].line;

	if (schema_table(s, table.name))
		fail(t->file, line, "duplicate table %s", table.name);
	if (!token_is(&t->v[++i], "("))
		fail(t->file, line, "table %s: ( is expected", table.name);
	do {
		i = skip_remarks(t, i + 1);
		i = is_constraint(&t->v[i]) ? constraint_skip(t, i) : column_read(s, &table, t, i);
	} while (token_is(&t->v[i], ","));
	if (!token_is(&t->v[i], ")"))
		fail(t->file, line, "table %s does not end with )", table.name);
	s->tables = grown(s->tables, s->n, sizeof(table));
	s->tables[s->n++] = table;
	return i;
}

static struct table *table_at(struct schema *s, const struct tokens *t, size_t i)
{
	const struct table *table = schema_table(s, t->v[i].s);

	if (!table)
		fail(t->file, t->v[i].line, "unknown table %s", t->v[i].s);
	return &s->tables[table - s->tables];
}

static struct column *column_at(struct table *table, const struct tokens *t, size_t i)
{
	const struct column *c = table_column(table, t->v[i].s);

	if (!c)
		fail(t->file, t->v[i].line, "table %s has no column %s", table->name, t->v[i].s);
	return &table->columns[c - table->columns];
}

static void drop_table(struct schema *s, const struct tokens *t, size_t i)
{
	struct table *table = table_at(s, t, i);

	*table = s->tables[--s->n];
}

static void drop_column(struct table *table, const struct tokens *t, size_t i)
{
	struct column *c = column_at(table, t, i);
	size_t after = table->n - (size_t)(c - table->columns) - 1;

	memmove(c, c + 1, after * sizeof(*c));
	table->n--;
}

/* i: the table's name in ALTER TABLE. */
static void alter_table(struct schema *s, const struct tokens *t, size_t i)
{
	struct table *table = table_at(s, t, i);
	const struct token *v = &t->v[i + 1];

	if (token_is(v, "ADD") && token_is(v + 1, "COLUMN"))
		column_read(s, table, t, i + 3);
	else if (token_is(v, "DROP") && token_is(v + 1, "COLUMN"))
		drop_column(table, t, i + 3);
	else if (token_is(v, "RENAME") && token_is(v + 1, "COLUMN"))
		column_at(table, t, i + 3)->name = t->v[i + 5].s;
	else if (token_is(v, "RENAME") && token_is(v + 1, "TO"))
		table->name = v[2].s;
	else if (!is_constraint(v + 1)) /* constraints change no column */
		fail(t->file, v->line,
		     "ALTER TABLE: only ADD, DROP and RENAME COLUMN and RENAME TO are understood");
}

void schema_apply(struct schema *s, const struct tokens *all)
{
	/* PostgreSQL's side shows the columns of what is a virtual table on the other. */
	struct tokens t = tokens_for(all, 0, all->n, PGSQL, true);

	for (size_t i = 0; i + 2 < t.n; i++) {
		if (!token_is(&t.v[i + 1], "TABLE"))
			continue;
		if (token_is(&t.v[i], "CREATE"))
			i = create_table(s, &t, i + 2);
		else if (token_is(&t.v[i], "ALTER"))
			alter_table(s, &t, i + 2);
		else if (token_is(&t.v[i], "DROP"))
			drop_table(s, &t, i + 2);
	}
}
