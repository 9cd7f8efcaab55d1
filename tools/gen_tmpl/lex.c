/* SPDX-License-Identifier: Apache-2.0 */
#include "lex.h"

static const struct {
	const char *word;
	enum piece_kind kind;
} words[] = {
	{ "include", PIECE_INCLUDE }, { "define", PIECE_DEFINE }, { "else if", PIECE_ELSE_IF },
	{ "else", PIECE_ELSE },	      { "if", PIECE_IF },	  { "for", PIECE_FOR },
	{ "let", PIECE_LET },	      { "end", PIECE_END },	  { "tr", PIECE_TR },
	{ "icon", PIECE_ICON },	      { "asset", PIECE_ASSET },	  { "render", PIECE_RENDER },
};

static void trim(struct piece *d)
{
	while (d->n > 0 && gen_is_blank(d->p[0])) {
		d->p++;
		d->n--;
	}
	while (d->n > 0 && gen_is_blank(d->p[d->n - 1]))
		d->n--;
}

static void classify(struct piece *d)
{
	trim(d);
	d->kind = PIECE_VALUE;
	if (d->n > 0 && d->p[0] == '#') {
		d->kind = PIECE_COMMENT;
		return;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t n = strlen(words[i].word);

		if (d->n < n || memcmp(d->p, words[i].word, n) != 0 || (d->n > n && !gen_is_blank(d->p[n])))
			continue;
		d->kind = words[i].kind;
		d->p += n;
		d->n -= n;
		trim(d);
		return;
	}
}

/* The "}}" that ends the directive; strings, characters and braces of C inside it are skipped. */
static const char *find_end(const char *p, const char *end)
{
	int depth = 0;
	char quote = '\0';

	for (; p < end; p++) {
		if (quote) {
			if (*p == '\\')
				p++;
			else if (*p == quote)
				quote = '\0';
		} else if (*p == '"' || *p == '\'') {
			quote = *p;
		} else if (*p == '{') {
			depth++;
		} else if (*p == '}' && depth > 0) {
			depth--;
		} else if (*p == '}' && p + 1 < end && p[1] == '}') {
			return p;
		}
	}
	return NULL;
}

static const char *find_comment_end(const char *p, const char *end)
{
	for (; p + 1 < end; p++)
		if (p[0] == '}' && p[1] == '}')
			return p;
	return NULL;
}

static bool takes_line(enum piece_kind kind)
{
	return kind >= PIECE_COMMENT && kind <= PIECE_END;
}

/* Alone on its line? Then begin..end becomes the whole line and the indentation of the next. */
static void widen(const struct text *s, const char **begin, const char **end)
{
	const char *b = *begin, *e = *end, *last = s->p + s->n;

	while (b > s->p && b[-1] != '\n' && gen_is_blank(b[-1]))
		b--;
	while (e < last && *e != '\n' && gen_is_blank(*e))
		e++;
	if ((b > s->p && b[-1] != '\n') || (e < last && *e != '\n'))
		return;
	*begin = b;
	e += e < last;
	while (e < last && (*e == ' ' || *e == '\t'))
		e++;
	*end = e;
}

static void push(struct pieces *all, struct piece d)
{
	if (d.kind == PIECE_COMMENT || (d.kind == PIECE_TEXT && d.n == 0))
		return;
	all->p = gen_grow(all->p, (all->n + 1) * sizeof(d));
	all->p[all->n++] = d;
}

static int count_lines(const char *p, const char *end)
{
	int n = 0;

	for (; p < end; p++)
		n += *p == '\n';
	return n;
}

struct pieces lex_template(const char *file, const struct text *source)
{
	struct pieces all = { 0 };
	const char *at = source->p, *last = source->p + source->n, *open;

	while ((open = strstr(at, "{{")) != NULL) {
		struct piece d = { .line = 1 + count_lines(source->p, open) };
		bool is_comment = open + 2 < last && open[2] == '#';
		const char *close = is_comment ? find_comment_end(open + 2, last) : find_end(open + 2, last);
		const char *from = open, *to;

		if (!close)
			gen_fail(file, d.line, "{{ without }}");
		d.p = open + 2;
		d.n = (size_t)(close - d.p);
		classify(&d);
		to = close + 2;
		if (takes_line(d.kind))
			widen(source, &from, &to);
		if (from < at)
			from = at;
		push(&all,
		     (struct piece){ PIECE_TEXT, at, (size_t)(from - at), 1 + count_lines(source->p, at) });
		push(&all, d);
		at = to;
	}
	push(&all, (struct piece){ PIECE_TEXT, at, (size_t)(last - at), 1 + count_lines(source->p, at) });
	return all;
}
