/* SPDX-License-Identifier: Apache-2.0 */
#include "params.h"

#include <string.h>

struct finder {
	struct query *q;
	const struct scope *scope;
	const struct tokens *t;
};

static const char *const comparisons[] = { "=", "<>", "!=", "<", ">", "<=", ">=", NULL };

static void collect(struct fields *f, const struct tokens *t)
{
	for (size_t i = 0; i < t->n; i++) {
		if (t->v[i].kind != TOKEN_PARAM || field_find(f, t->v[i].s) >= 0)
			continue;
		f->v = grown(f->v, f->n, sizeof(*f->v));
		f->v[f->n++] = (struct field){ .name = t->v[i].s, .line = t->v[i].line };
	}
}

/* Parameter p is used like a column of that type. */
static void use(struct finder *f, size_t p, const struct ctype *type, bool stored)
{
	const struct token *t = &f->t->v[p];
	struct field *param = &f->q->params.v[field_find(&f->q->params, t->s)];
	struct note *note = note_find(f->q->args, f->q->n_args, t->s);
	bool nullable = param->type.nullable || (stored && type->nullable);

	if (type->base == BASE_OPAQUE)
		return;
	if (!note && param->typed && !ctype_equal(&param->type, type))
		fail(f->q->file, t->line, "query %s: parameter :%s is used with columns of two types: add "
		     "\"-- arg: %s TYPE\"", f->q->name, t->s, t->s);
	if (!note) {
		param->type = *type;
		param->typed = true;
	}
	param->type.nullable = nullable;
}

/* May a column that is compared begin after this token? Not inside a calculation. */
static bool begins_operand(const struct tokens *t, size_t i)
{
	static const char *const words[] = { "(",    ",",   "AND",    "OR",   "WHERE", "ON", "NOT",
					     "WHEN", "SET", "HAVING", "THEN", "ELSE",  NULL };

	return i == 0 || token_is_one_of(&t->v[i - 1], words);
}

static bool ends_operand(const struct tokens *t, size_t i)
{
	static const char *const signs[] = { "+", "-", "*", "/", "%", "||", "(", ".", "->", "::", NULL };

	return i >= t->n || !token_is_one_of(&t->v[i], signs);
}

/* column OP :p at i, or :p OP column. */
static void comparison(struct finder *f, size_t i)
{
	const struct tokens *t = f->t;
	struct ctype type;
	size_t next;

	if (t->v[i].kind == TOKEN_PARAM && i + 2 < t->n && token_is_one_of(&t->v[i + 1], comparisons)) {
		if (scope_column_at(f->scope, t, i + 2, &type, &next) == FOUND && ends_operand(t, next))
			use(f, i, &type, false);
	} else if (begins_operand(t, i) && scope_column_at(f->scope, t, i, &type, &next) == FOUND &&
		   token_is_one_of(&t->v[next], comparisons) && t->v[next + 1].kind == TOKEN_PARAM) {
		use(f, next + 1, &type, false);
	}
}

/* (a, b) < (:a, :b): position by position. */
static void row_comparison(struct finder *f, size_t i)
{
	const struct tokens *t = f->t;
	size_t right = tokens_skip_brackets(t, i), next;
	struct ctype type;

	if (right + 1 >= t->n || !token_is_one_of(&t->v[right], comparisons) ||
	    !token_is(&t->v[right + 1], "("))
		return;
	for (i++, right += 2; i < t->n && right < t->n; i = next + 1, right += 2) {
		if (scope_column_at(f->scope, t, i, &type, &next) != FOUND)
			return;
		if (t->v[right].kind == TOKEN_PARAM && !token_is_one_of(&t->v[right + 1], comparisons))
			use(f, right, &type, false);
		if (!token_is(&t->v[next], ",") || !token_is(&t->v[right + 1], ","))
			return;
	}
}

static void store_in(struct finder *f, const char *column, size_t p)
{
	const struct column *c = f->scope->target ? table_column(f->scope->target, column) : NULL;

	if (c)
		use(f, p, &c->type, true);
}

/* SET a = :a, b = :b: from the index after SET. */
static void assignments(struct finder *f, size_t i)
{
	static const char *const end[] = { "WHERE", "FROM", "RETURNING", NULL };
	const struct tokens *t = f->t;

	for (bool fresh = true; i < t->n && !token_is_one_of(&t->v[i], end);) {
		if (fresh && token_is(&t->v[i + 1], "=") && t->v[i + 2].kind == TOKEN_PARAM &&
		    ends_operand(t, i + 3))
			store_in(f, t->v[i].s, i + 2);
		fresh = token_is(&t->v[i], ",");
		i = token_is(&t->v[i], "(") ? tokens_skip_brackets(t, i) : i + 1;
	}
}

/* One row of values, from the index after its beginning: items that are a parameter alone. */
static size_t values(struct finder *f, const char *const *columns, size_t n, size_t i)
{
	const struct tokens *t = f->t;
	size_t k = 0;

	for (bool fresh = true; i < t->n && !token_is(&t->v[i], ")") && !token_is(&t->v[i], "FROM");) {
		bool alone = token_is(&t->v[i + 1], ",") || token_is(&t->v[i + 1], ")") ||
			     token_is(&t->v[i + 1], "FROM") || token_is(&t->v[i + 1], "WHERE") ||
			     i + 1 >= t->n;

		if (fresh && alone && t->v[i].kind == TOKEN_PARAM && k < n)
			store_in(f, columns[k], i);
		fresh = token_is(&t->v[i], ",");
		k += fresh;
		i = token_is(&t->v[i], "(") ? tokens_skip_brackets(t, i) : i + 1;
	}
	return i + 1;
}

/* INSERT INTO table (columns) VALUES (...), (...) or SELECT ...; i: INTO. */
static void insertion(struct finder *f, size_t i)
{
	const struct tokens *t = f->t;
	const char **columns = NULL;
	size_t n = 0, k = i + 3;

	if (!token_is(&t->v[i + 2], "("))
		fail(f->q->file, t->v[i].line, "query %s: INSERT needs its list of columns", f->q->name);
	for (; k < t->n && !token_is(&t->v[k], ")"); k++) {
		if (t->v[k].kind != TOKEN_WORD)
			continue;
		if (f->scope->target && !table_column(f->scope->target, t->v[k].s) &&
		    strcmp(t->v[k].s, f->scope->target->name) != 0)
			fail(f->q->file, t->v[k].line, "query %s: table %s has no column %s", f->q->name,
			     f->scope->target->name, t->v[k].s);
		columns = grown(columns, n, sizeof(*columns));
		columns[n++] = t->v[k].s;
	}
	k++;
	if (token_is(&t->v[k], "SELECT")) {
		values(f, columns, n, k + 1);
		return;
	}
	while (token_is(&t->v[k], "VALUES") || token_is(&t->v[k], ","))
		k = values(f, columns, n, k + 2);
}

static void find_uses(struct finder *f)
{
	for (size_t i = 0; i < f->t->n; i++) {
		const struct token *t = &f->t->v[i];

		if (token_is(t, "INTO"))
			insertion(f, i);
		else if (token_is(t, "SET"))
			assignments(f, i + 1);
		else if (token_is(t, "("))
			row_comparison(f, i);
		if (t->kind == TOKEN_WORD || t->kind == TOKEN_PARAM)
			comparison(f, i);
	}
}

static void type_by_name(struct finder *f, struct field *p)
{
	enum found found = FOUND_NONE;

	if (f->scope->target && table_column(f->scope->target, p->name)) {
		p->type = table_column(f->scope->target, p->name)->type;
		found = FOUND;
	} else {
		found = scope_column(f->scope, NULL, p->name, true, &p->type);
	}
	if (found == FOUND && p->type.base != BASE_OPAQUE) {
		p->type.nullable = false;
		return;
	}
	fail(f->q->file, p->line, "query %s: no type for parameter :%s: add \"-- arg: %s TYPE\"", f->q->name,
	     p->name, p->name);
}

static void check_engines(const struct query *q)
{
	struct fields other = { 0 };

	collect(&other, &q->sql[PGSQL]);
	for (size_t i = 0; i < other.n; i++)
		if (field_find(&q->params, other.v[i].name) < 0)
			fail(q->file, other.v[i].line, "query %s: parameter :%s is used for pgsql only",
			     q->name, other.v[i].name);
	for (size_t i = 0; i < q->params.n; i++)
		if (field_find(&other, q->params.v[i].name) < 0)
			fail(q->file, q->params.v[i].line, "query %s: parameter :%s is used for sqlite only",
			     q->name, q->params.v[i].name);
}

void params_resolve(struct query *q, const struct scope *s)
{
	struct finder f = { .q = q, .scope = s, .t = &q->sql[SQLITE] };

	collect(&q->params, f.t);
	check_engines(q);
	for (size_t i = 0; i < q->params.n; i++) {
		struct field *p = &q->params.v[i];
		struct note *note = note_find(q->args, q->n_args, p->name);

		resolve_check_name(q, p->name, p->line);
		if (!note)
			continue;
		note->used = true;
		p->type = note->type;
		p->typed = true;
	}
	find_uses(&f);
	for (size_t i = 0; i < q->params.n; i++)
		if (!q->params.v[i].typed)
			type_by_name(&f, &q->params.v[i]);
}
