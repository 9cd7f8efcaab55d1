/* SPDX-License-Identifier: Apache-2.0
 * resolve - which columns a statement gives and which C type each of them has.
 *
 * A plain column has the type of the schema; an expression needs "AS name" and "-- col:".
 */
#include "params.h"
#include "query.h"
#include "scope.h"

#include <string.h>
#include <strings.h>

static const char *const reserved[] = { "auto",     "break",    "case",     "char",   "const",   "continue",
					"default",  "do",       "double",   "else",   "enum",    "extern",
					"float",    "for",      "goto",     "if",     "inline",  "int",
					"long",     "register", "restrict", "return", "short",   "signed",
					"sizeof",   "static",   "struct",   "switch", "typedef", "union",
					"unsigned", "void",     "volatile", "while",  "bool",    "a",
					"db",       "ret",      NULL };

void resolve_check_name(const struct query *q, const char *name, int line)
{
	for (size_t i = 0; reserved[i]; i++)
		if (strcmp(reserved[i], name) == 0)
			fail(q->file, line, "query %s: \"%s\" cannot be a name in C: choose another one",
			     q->name, name);
}

/* The first word of the statement proper, after WITH tables. */
static size_t verb_index(const struct query *q, const struct tokens *t)
{
	static const char *const verbs[] = { "SELECT", "INSERT", "UPDATE", "DELETE", NULL };

	for (size_t i = 0; i < t->n; i++) {
		if (token_is(&t->v[i], "(")) {
			i = tokens_skip_brackets(t, i) - 1;
			continue;
		}
		if (token_is_one_of(&t->v[i], verbs))
			return i;
	}
	fail(q->file, q->line, "query %s: SELECT, INSERT, UPDATE or DELETE is expected", q->name);
}

/* The index after the result list that begins at i. */
static size_t list_end(const struct tokens *t, size_t i)
{
	static const char *const words[] = { "FROM", "UNION", "WHERE", "ORDER", "LIMIT", "EXCEPT", NULL };

	while (i < t->n && !token_is_one_of(&t->v[i], words))
		i = token_is(&t->v[i], "(") ? tokens_skip_brackets(t, i) : i + 1;
	return i;
}

static size_t returning_index(const struct tokens *t, size_t i)
{
	while (i < t->n && !token_is(&t->v[i], "RETURNING"))
		i = token_is(&t->v[i], "(") ? tokens_skip_brackets(t, i) : i + 1;
	return i;
}

static void type_column(struct query *q, const struct scope *s, const struct tokens *t, size_t from,
			size_t to, struct field *f)
{
	struct note *note = note_find(q->cols, q->n_cols, f->name);
	size_t next = from;
	enum found found;

	if (note) {
		note->used = true;
		f->type = note->type;
		return;
	}
	bool qualified = to == from + 3 && token_is(&t->v[from + 1], ".");

	if (t->v[from].kind != TOKEN_WORD || (to != from + 1 && !qualified))
		fail(q->file, f->line, "query %s: column %s is an expression: add \"-- col: %s TYPE\"",
		     q->name, f->name, f->name);
	found = qualified ? scope_column_at(s, t, from, &f->type, &next)
			  : scope_column(s, NULL, t->v[from].s, true, &f->type);
	if (found == FOUND_MANY)
		fail(q->file, f->line, "query %s: column %s is ambiguous: write table.%s", q->name, f->name,
		     t->v[to - 1].s);
	if (found == FOUND_NONE || f->type.base == BASE_OPAQUE)
		fail(q->file, f->line, "query %s: no type for column %s: add \"-- col: %s TYPE\"", q->name,
		     f->name, f->name);
}

/* One entry of the result list, v[from .. to). */
static void add_column(struct query *q, const struct scope *s, const struct tokens *t, size_t from, size_t to)
{
	struct field f = { .line = t->v[from].line };
	size_t end = to;

	if (from == to)
		fail(q->file, f.line, "query %s: an empty column", q->name);
	if (token_is(&t->v[to - 1], "*") && (to == from + 1 || token_is(&t->v[to - 2], ".")))
		fail(q->file, f.line, "query %s: write out the columns instead of *", q->name);
	if (to - from >= 3 && token_is(&t->v[to - 2], "AS"))
		end = to - 2;
	if (t->v[to - 1].kind != TOKEN_WORD ||
	    (end == to && to - from != 1 && !(to - from == 3 && token_is(&t->v[from + 1], "."))))
		fail(q->file, f.line, "query %s: an expression in the result needs \"AS name\"", q->name);
	f.name = t->v[to - 1].s;
	resolve_check_name(q, f.name, f.line);
	if (field_find(&q->columns, f.name) >= 0)
		fail(q->file, f.line, "query %s: duplicate column %s: use AS", q->name, f.name);
	type_column(q, s, t, from, end, &f);
	q->columns.v = grown(q->columns.v, q->columns.n, sizeof(f));
	q->columns.v[q->columns.n++] = f;
}

static void columns_read(struct query *q, const struct scope *s, const struct tokens *t, size_t from,
			 size_t to)
{
	size_t start = from;

	for (size_t i = from; i < to;) {
		if (token_is(&t->v[i], ",")) {
			add_column(q, s, t, start, i);
			start = ++i;
		} else {
			i = token_is(&t->v[i], "(") ? tokens_skip_brackets(t, i) : i + 1;
		}
	}
	add_column(q, s, t, start, to);
}

static void check_kind(const struct query *q)
{
	if (q->kind == QUERY_EXEC && q->columns.n > 0)
		fail(q->file, q->line, "query %s gives columns: :one, :opt or :many, not :exec", q->name);
	if (q->kind != QUERY_EXEC && q->columns.n == 0)
		fail(q->file, q->line, "query %s gives no columns: use :exec or RETURNING", q->name);
}

void query_check_notes(const struct query *q)
{
	for (size_t i = 0; i < q->n_cols; i++)
		if (!q->cols[i].used)
			fail(q->file, q->cols[i].line, "query %s has no column %s", q->name, q->cols[i].name);
	for (size_t i = 0; i < q->n_args; i++)
		if (!q->args[i].used)
			fail(q->file, q->args[i].line, "query %s has no parameter :%s", q->name,
			     q->args[i].name);
}

void query_resolve(struct query *q, const struct schema *s)
{
	const struct tokens *t = &q->sql[SQLITE];
	size_t verb = verb_index(q, t), from;
	struct scope scope = scope_read(s, t);

	q->writes = !token_is(&t->v[verb], "SELECT");
	if (q->writes) {
		from = returning_index(t, verb);
		if (from < t->n)
			columns_read(q, &scope, t, from + 1, t->n);
	} else {
		from = verb + 1;
		if (token_is(&t->v[from], "DISTINCT"))
			from++;
		columns_read(q, &scope, t, from, list_end(t, from));
	}
	check_kind(q);
	params_resolve(q, &scope);
}
