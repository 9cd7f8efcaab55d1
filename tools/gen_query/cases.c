/* SPDX-License-Identifier: Apache-2.0 */
#include "cases.h"

#include <string.h>

#define BLANKS " \t\n"

/* The next word of a list; NULL at the end. */
static const char *next_word(const char **at, const char *end)
{
	const char *word = *at;
	size_t n;

	word += strspn(word, BLANKS);
	if (word >= end)
		return NULL;
	n = strcspn(word, BLANKS ":");
	*at = word + n;
	return take_text(word, n);
}

static bool is_case(const struct family *f, const char *word)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->cases[i], word) == 0)
			return true;
	return false;
}

struct family *cases_read(const struct query *q, int line, const char *text)
{
	struct family *f = take(sizeof(*f));
	const char *end = text + strlen(text), *word;

	*f = (struct family){ .name = q->name };
	if (q->kind != QUERY_MANY)
		fail(q->file, line, "query %s: \"-- cases:\" is for :many", q->name);
	while ((word = next_word(&text, end))) {
		if (is_case(f, word))
			fail(q->file, line, "query %s: duplicate case %s", q->name, word);
		f->cases = grown(f->cases, f->n, sizeof(*f->cases));
		f->cases[f->n++] = word;
	}
	if (f->n < 2)
		fail(q->file, line, "query %s: \"-- cases:\" names two or more", q->name);
	return f;
}

const char *cases_name(const struct query *q, size_t i)
{
	struct text name = { 0 };

	text_fmt(&name, "%s_%s", q->family->name, q->family->cases[i]);
	return name.p;
}

/* The inside of a block of cases, NULL when the comment is none. */
static const char *block_of(const struct query *q, const struct token *t, const char *mine, bool *ret_is_mine)
{
	const char *colon = t->kind == TOKEN_COMMENT ? strchr(t->s, ':') : NULL, *at = t->s, *word;

	*ret_is_mine = false;
	if (!colon || strncmp(t->s, "sqlite:", 7) == 0 || strncmp(t->s, "pgsql:", 6) == 0)
		return NULL;
	while ((word = next_word(&at, colon))) {
		if (!is_case(q->family, word))
			fail(q->file, t->line, "query %s has no case \"%s\"", q->name, word);
		*ret_is_mine |= strcmp(word, mine) == 0;
	}
	return colon + 1;
}

struct tokens cases_pick(const struct query *q, size_t i, const struct tokens *t, size_t from, size_t to)
{
	struct tokens out = { .file = t->file };

	for (size_t k = from; k < to; k++) {
		struct tokens in;
		bool is_mine;
		const char *block = block_of(q, &t->v[k], q->family->cases[i], &is_mine);

		if (!block) {
			tokens_add(&out, t->v[k]);
		} else if (is_mine) {
			in = tokens_inside(t->file, block, t->v[k].line);
			for (size_t n = 0; n < in.n; n++)
				tokens_add(&out, in.v[n]);
		}
	}
	tokens_end(&out, t->v[to - 1].line);
	return out;
}

void cases_check(const struct query *first, const struct query *one)
{
	struct fields *all = &first->family->params;
	bool same = one->columns.n == first->columns.n;

	for (size_t i = 0; same && i < one->columns.n; i++)
		same = strcmp(one->columns.v[i].name, first->columns.v[i].name) == 0 &&
		       ctype_equal(&one->columns.v[i].type, &first->columns.v[i].type);
	if (!same)
		fail(one->file, one->line, "query %s has other columns than %s", one->name, first->name);
	for (size_t i = 0; i < one->params.n; i++) {
		const struct field *p = &one->params.v[i];
		int known = field_find(all, p->name);

		if (known >= 0 && !ctype_equal(&all->v[known].type, &p->type))
			fail(one->file, p->line, "query %s: parameter :%s has another type than in the cases before",
			     one->name, p->name);
		if (known >= 0)
			continue;
		all->v = grown(all->v, all->n, sizeof(*p));
		all->v[all->n++] = *p;
	}
}
