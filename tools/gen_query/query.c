/* SPDX-License-Identifier: Apache-2.0 */
#include "query.h"

#include "cases.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

struct note *note_find(struct note *notes, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(notes[i].name, name) == 0)
			return &notes[i];
	return NULL;
}

int field_find(const struct fields *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->v[i].name, name) == 0)
			return (int)i;
	return -1;
}

static bool is_name(const char *s)
{
	if (!islower((unsigned char)*s))
		return false;
	for (; *s; s++)
		if (!islower((unsigned char)*s) && !isdigit((unsigned char)*s) && *s != '_')
			return false;
	return true;
}

static const char *trim(const char *s)
{
	size_t n;

	while (*s == ' ' || *s == '\t')
		s++;
	n = strlen(s);
	while (n > 0 && isspace((unsigned char)s[n - 1]))
		n--;
	return take_text(s, n);
}

/* The text after "name:" in a line comment, NULL when the line is another one. */
static const char *header(const struct token *t, const char *name)
{
	size_t n = strlen(name);
	const char *s = t->s;

	if (t->kind != TOKEN_LINE)
		return NULL;
	while (*s == ' ')
		s++;
	return strncmp(s, name, n) == 0 && s[n] == ':' ? trim(s + n + 1) : NULL;
}

static enum query_kind kind_parse(const char *file, int line, const char *name, const char *word)
{
	static const char *const words[] = { ":one", ":opt", ":many", ":exec" };

	for (int i = 0; i < 4; i++)
		if (strcmp(words[i], word) == 0)
			return (enum query_kind)i;
	if (!*word)
		fail(file, line, "query %s: the kind is missing: :one, :opt, :many or :exec", name);
	fail(file, line, "query %s: unknown kind \"%s\" (:one, :opt, :many, :exec)", name, word);
}

static void check_name_is_new(const struct queries *all, const struct query *q)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->v[i].name, q->name) == 0)
			fail(q->file, q->line, "duplicate query name %s (see %s:%d)", q->name, all->v[i].file,
			     all->v[i].line);
}

static struct query query_begin(const struct queries *all, const struct token *t, const char *file,
				const char *text)
{
	struct query q = { .file = file, .line = t->line };
	char name[64] = "", kind[64] = "", more[2] = "";

	sscanf(text, "%63s %63s %1s", name, kind, more);
	if (!is_name(name) || *more)
		fail(file, t->line, "\"-- name: lower_case :kind\" is expected, not \"%s\"", text);
	q.name = take_text(name, strlen(name));
	check_name_is_new(all, &q);
	q.kind = kind_parse(file, t->line, name, kind);
	return q;
}

static void note_read(struct query *q, const struct schema *s, int line, const char *text, bool arg)
{
	struct note **notes = arg ? &q->args : &q->cols, note = { .line = line };
	size_t *n = arg ? &q->n_args : &q->n_cols, len = strcspn(text, " \t");
	const char *what = arg ? "parameter" : "column";

	note.name = take_text(text, len);
	if (!is_name(note.name))
		fail(q->file, line, "\"-- %s: name type\" is expected, not \"%s\"", arg ? "arg" : "col",
		     text);
	if (!ctype_parse(s, text + len, &note.type))
		fail(q->file, line, "%s %s: unknown %s type \"%s\" (int, text, blob, bool, instant, day, "
		     "TABLE_id, enum NAME)", what, note.name, what, trim(text + len));
	if (note_find(*notes, *n, note.name))
		fail(q->file, line, "duplicate %s %s", what, note.name);
	*notes = grown(*notes, *n, sizeof(note));
	(*notes)[(*n)++] = note;
}

/* The header lines from i on; the index of the first token of the statement. */
static size_t headers_read(struct query *q, const struct schema *s, const struct tokens *t, size_t i)
{
	const char *text;

	for (; i < t->n && t->v[i].kind == TOKEN_LINE; i++) {
		int line = t->v[i].line;

		if ((text = header(&t->v[i], "arg")))
			note_read(q, s, line, text, true);
		else if ((text = header(&t->v[i], "col")))
			note_read(q, s, line, text, false);
		else if ((text = header(&t->v[i], "scan")))
			q->scan = text;
		else if ((text = header(&t->v[i], "cases")))
			q->family = cases_read(q, line, text);
		else if ((text = header(&t->v[i], "sum")))
			q->sum = text;
		else if (header(&t->v[i], "ahead"))
			q->is_ahead = true;
		else if (header(&t->v[i], "name"))
			break;
	}
	if (q->scan && !*q->scan)
		fail(q->file, q->line, "query %s: \"-- scan:\" needs a reason", q->name);
	return i;
}

static size_t statement_end(const struct query *q, const struct tokens *t, size_t i)
{
	for (; i < t->n; i++) {
		if (token_is(&t->v[i], ";"))
			return i;
		if (header(&t->v[i], "name"))
			break;
	}
	fail(q->file, q->line, "query %s does not end with ;", q->name);
}

/* Outside of statements only remarks may stand. */
static void check_between(const char *path, const struct token *t)
{
	if (t->kind != TOKEN_LINE && t->kind != TOKEN_COMMENT)
		fail(path, t->line, "a statement without \"-- name: ...\" before it");
	if (header(t, "arg") || header(t, "col") || header(t, "scan") || header(t, "cases") || header(t, "sum") ||
	    header(t, "ahead"))
		fail(path, t->line, "\"--%s\" belongs right below \"-- name:\"", t->s);
}

/* The statement stands in v[from .. to). */
static void add(struct queries *all, const struct schema *s, struct query q, const struct tokens *t, size_t from,
		size_t to)
{
	check_name_is_new(all, &q);
	for (int e = 0; e < ENGINES; e++)
		q.sql[e] = tokens_for(t, from, to, (enum engine)e, false);
	q.index = (int)all->n;
	query_resolve(&q, s);
	all->v = grown(all->v, all->n, sizeof(q));
	all->v[all->n++] = q;
}

static void add_cases(struct queries *all, const struct schema *s, const struct query *q, const struct tokens *t,
		      size_t from, size_t to)
{
	size_t first = all->n;

	for (size_t i = 0; i < q->family->n; i++) {
		struct tokens mine = cases_pick(q, i, t, from, to);
		struct query one = *q;

		one.name = cases_name(q, i);
		one.is_first = i == 0;
		add(all, s, one, &mine, 0, mine.n);
		cases_check(&all->v[first], &all->v[all->n - 1]);
	}
}

void query_read(struct queries *all, const struct schema *s, const char *path)
{
	struct tokens t = tokens_read(path, file_read(path));
	const char *text;

	for (size_t i = 0; i < t.n; i++) {
		if (!(text = header(&t.v[i], "name"))) {
			check_between(path, &t.v[i]);
			continue;
		}
		struct query q = query_begin(all, &t.v[i], path, text);
		size_t from = headers_read(&q, s, &t, i + 1), to = statement_end(&q, &t, from);

		if (from == to)
			fail(path, q.line, "query %s is empty", q.name);
		if (q.family)
			add_cases(all, s, &q, &t, from, to);
		else
			add(all, s, q, &t, from, to);
		query_check_notes(&q);
		i = to;
	}
}
