/* SPDX-License-Identifier: Apache-2.0 */
#include "scope.h"

#include <string.h>
#include <strings.h>

static const char *const after_table[] = { "ON",     "USING",  "WHERE",   "JOIN",      "LEFT",    "RIGHT",
					   "INNER",  "OUTER",  "CROSS",   "FULL",      "NATURAL", "GROUP",
					   "ORDER",  "LIMIT",  "HAVING",  "UNION",     "EXCEPT",  "INTERSECT",
					   "SET",    "VALUES", "SELECT",  "RETURNING", "DEFAULT", "FOR",
					   "WINDOW", "OFFSET", "INDEXED", "NOT",       "AND",     "OR",
					   "END",    "THEN",   "ELSE",    NULL };

/* Is the word at i the name of a WITH table, "name AS (" or "name (columns) AS ("? */
static bool is_with_name(const struct tokens *t, size_t i)
{
	size_t k = i + 1;

	if (token_is(&t->v[k], "("))
		k = tokens_skip_brackets(t, k);
	if (!token_is(&t->v[k], "AS"))
		return false;
	for (k++; token_is(&t->v[k], "NOT") || token_is(&t->v[k], "MATERIALIZED"); k++)
		;
	return token_is(&t->v[k], "(");
}

static bool is_with_table(const struct tokens *t, const char *name)
{
	if (!token_is(&t->v[0], "WITH"))
		return false;
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].kind == TOKEN_WORD && strcasecmp(t->v[i].s, name) == 0 && is_with_name(t, i))
			return true;
	return false;
}

/* Does a table's name follow the word at i? */
static bool leads_to_table(const struct tokens *t, size_t i)
{
	static const char *const words[] = { "FROM", "JOIN", "INTO", "UPDATE", NULL };
	const struct token *before = i > 0 ? &t->v[i - 1] : NULL;

	if (!token_is_one_of(&t->v[i], words) || t->v[i + 1].kind != TOKEN_WORD)
		return false;
	if (!before)
		return true;
	if (token_is(&t->v[i], "UPDATE"))
		return !token_is(before, "DO") && !token_is(before, "FOR") && !token_is(before, "KEY");
	return !(token_is(&t->v[i], "FROM") && token_is(before, "DISTINCT"));
}

/* The table whose name stands at i, with its alias; the index after both. */
static size_t add_table(struct scope *scope, const struct schema *s, const struct tokens *t, size_t i,
			int depth)
{
	struct scope_entry e = { .alias = t->v[i].s, .depth = depth };
	int line = t->v[i].line;
	const char *name = t->v[i++].s;
	bool known = is_with_table(t, name);

	if (token_is(&t->v[i], "(") && !scope->target && !schema_table(s, name))
		return tokens_skip_brackets(t, i); /* a table function */
	if (!known && !(e.table = schema_table(s, name)))
		fail(t->file, line, "unknown table %s", name);
	if (token_is(&t->v[i], "AS"))
		i++;
	if (t->v[i].kind == TOKEN_WORD && !token_is_one_of(&t->v[i], after_table))
		e.alias = t->v[i++].s;
	scope->v = grown(scope->v, scope->n, sizeof(e));
	scope->v[scope->n++] = e;
	return i;
}

static void add_excluded(struct scope *scope)
{
	struct scope_entry e = { .alias = "excluded", .table = scope->target };

	scope->v = grown(scope->v, scope->n, sizeof(e));
	scope->v[scope->n++] = e;
}

struct scope scope_read(const struct schema *s, const struct tokens *t)
{
	struct scope scope = { 0 };
	int depth = 0;

	for (size_t i = 0; i < t->n; i++) {
		if (token_is(&t->v[i], "("))
			depth++;
		if (token_is(&t->v[i], ")"))
			depth--;
		if (!leads_to_table(t, i))
			continue;
		bool list = token_is(&t->v[i], "FROM");
		bool is_target = token_is(&t->v[i], "INTO") || token_is(&t->v[i], "UPDATE") ||
				 (i > 0 && token_is(&t->v[i - 1], "DELETE"));
		size_t k = i;

		if (is_target)
			scope.target = schema_table(s, t->v[i + 1].s);
		do {
			k = add_table(&scope, s, t, k + 1, depth);
		} while (list && token_is(&t->v[k], ",") && t->v[k + 1].kind == TOKEN_WORD);
		i = k - 1;
	}
	if (scope.target)
		add_excluded(&scope);
	return scope;
}

static enum found look(const struct scope *s, const char *alias, const char *name, int max_depth,
		       struct ctype *ret)
{
	enum found found = FOUND_NONE;

	for (size_t i = 0; i < s->n; i++) {
		const struct scope_entry *e = &s->v[i];
		const struct column *c = e->table ? table_column(e->table, name) : NULL;

		if (!c || e->depth > max_depth)
			continue;
		if (alias && strcasecmp(e->alias, alias) != 0 && strcasecmp(e->table->name, alias) != 0)
			continue;
		if (found == FOUND && !ctype_equal(ret, &c->type))
			return FOUND_MANY;
		*ret = c->type;
		found = FOUND;
	}
	return found;
}

enum found scope_column(const struct scope *s, const char *alias, const char *name, bool outer_first,
			struct ctype *ret)
{
	enum found found = outer_first ? look(s, alias, name, 0, ret) : FOUND_NONE;

	return found == FOUND_NONE ? look(s, alias, name, 1 << 20, ret) : found;
}

enum found scope_column_at(const struct scope *s, const struct tokens *t, size_t i, struct ctype *ret,
			   size_t *ret_next)
{
	bool qualified = i + 2 < t->n && token_is(&t->v[i + 1], ".") && t->v[i + 2].kind == TOKEN_WORD;

	if (t->v[i].kind != TOKEN_WORD)
		return FOUND_NONE;
	*ret_next = i + (qualified ? 3 : 1);
	return scope_column(s, qualified ? t->v[i].s : NULL, t->v[i + (qualified ? 2 : 0)].s, false, ret);
}
