/* SPDX-License-Identifier: Apache-2.0 */
#include "token.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define TOKENS_AHEAD 8

struct scan {
	const char *file, *p;
	int line;
	struct tokens out;
};

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

void tokens_add(struct tokens *out, struct token t)
{
	out->v = grown(out->v, out->n, sizeof(t));
	out->v[out->n++] = t;
}

/* Several ends: whoever looks a few tokens ahead finds them and needs no bounds of its own. */
void tokens_end(struct tokens *out, int line)
{
	for (int i = 0; i < TOKENS_AHEAD; i++)
		tokens_add(out, (struct token){ .kind = TOKEN_END, .s = "", .line = line });
	out->n -= TOKENS_AHEAD;
}

/* Takes the text up to and with the terminator; the token is its inside. */
static struct token scan_until(struct scan *s, enum token_kind kind, size_t opening, const char *close,
			       const char *what)
{
	const char *stop = strstr(s->p + opening, close);
	struct token t = { .kind = kind, .line = s->line };

	if (!stop)
		fail(s->file, s->line, "unterminated %s", what);
	t.s = take_text(s->p + opening, (size_t)(stop - s->p) - opening);
	for (; s->p < stop; s->p++)
		s->line += *s->p == '\n';
	s->p = stop + strlen(close);
	return t;
}

static struct token scan_line_comment(struct scan *s)
{
	size_t n = strcspn(s->p, "\n");
	struct token t = { .kind = TOKEN_LINE, .s = take_text(s->p + 2, n - 2), .line = s->line };

	s->p += n;
	return t;
}

/* Strings keep their quotes; a doubled quote inside stays doubled. */
static struct token scan_string(struct scan *s, char quote)
{
	struct token t = { .kind = TOKEN_STRING, .line = s->line };
	const char *from = s->p++;

	for (; *s->p; s->p++) {
		s->line += *s->p == '\n';
		if (*s->p == quote && s->p[1] == quote) {
			s->p++;
		} else if (*s->p == quote) {
			s->p++;
			t.s = take_text(from, (size_t)(s->p - from));
			return t;
		}
	}
	fail(s->file, t.line, "unterminated string");
}

static struct token scan_word(struct scan *s, enum token_kind kind)
{
	const char *from = s->p;
	struct token t = { .kind = kind, .line = s->line };

	while (is_word(*s->p))
		s->p++;
	t.s = take_text(from, (size_t)(s->p - from));
	return t;
}

static struct token scan_punct(struct scan *s)
{
	static const char *const pairs[] = { "<=", ">=", "<>", "!=", "||", "::", "@@", "->" };
	struct token t = { .kind = TOKEN_PUNCT, .line = s->line };
	size_t n = 1;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (strncmp(s->p, pairs[i], 2) == 0)
			n = 2;
	t.s = take_text(s->p, n);
	s->p += n;
	return t;
}

static struct token scan_one(struct scan *s)
{
	char c = s->p[0], d = s->p[1];
	struct token t;

	if (c == '-' && d == '-')
		return scan_line_comment(s);
	if (c == '/' && d == '*')
		return scan_until(s, TOKEN_COMMENT, 2, "*/", "comment: */ is missing");
	if (c == '$' && d == '$') {
		t = scan_until(s, TOKEN_STRING, 2, "$$", "$$ string");
		struct text whole = { 0 };
		text_fmt(&whole, "$$%s$$", t.s);
		t.s = whole.p;
		return t;
	}
	if (c == '\'' || c == '"')
		return scan_string(s, c);
	if (isdigit((unsigned char)c))
		return scan_word(s, TOKEN_NUMBER);
	if (is_word(c))
		return scan_word(s, TOKEN_WORD);
	if (c == ':' && (isalpha((unsigned char)d) || d == '_')) {
		s->p++;
		return scan_word(s, TOKEN_PARAM);
	}
	return scan_punct(s);
}

static struct tokens scan_all(const char *file, const char *sql, int line)
{
	struct scan s = { .file = file, .p = sql, .line = line, .out = { .file = file } };

	for (;;) {
		bool space = false, newline = false;

		for (; *s.p && isspace((unsigned char)*s.p); s.p++) {
			space = true;
			if (*s.p == '\n') {
				newline = true;
				s.line++;
			}
		}
		if (!*s.p)
			break;
		struct token t = scan_one(&s);
		t.space = space;
		t.newline = newline;
		tokens_add(&s.out, t);
	}
	tokens_end(&s.out, s.line);
	return s.out;
}

struct tokens tokens_inside(const char *file, const char *block, int line)
{
	struct tokens in = scan_all(file, block, line);

	in.v[0].space = true;
	return in;
}

struct tokens tokens_read(const char *file, const char *sql)
{
	return scan_all(file, sql, 1);
}

/* The inside of an engine block, NULL when the comment is none. */
static const char *block_of(const struct token *t, enum engine *ret_engine)
{
	static const char *const names[ENGINES] = { "sqlite:", "pgsql:" };

	for (int e = 0; t->kind == TOKEN_COMMENT && e < ENGINES; e++) {
		if (strncmp(t->s, names[e], strlen(names[e])) == 0) {
			*ret_engine = (enum engine)e;
			return t->s + strlen(names[e]);
		}
	}
	return NULL;
}

static bool is_comment(const struct token *t)
{
	return t->kind == TOKEN_COMMENT || t->kind == TOKEN_LINE;
}

struct tokens tokens_for(const struct tokens *all, size_t from, size_t to, enum engine engine,
			 bool keep_comments)
{
	struct tokens out = { .file = all->file };
	bool gap = false;

	for (size_t i = from; i < to; i++) {
		struct token t = all->v[i];
		enum engine of;
		const char *block = block_of(&t, &of);

		if (block && of == engine) {
			struct tokens in = tokens_inside(all->file, block, t.line);

			in = tokens_for(&in, 0, in.n, engine, keep_comments);
			for (size_t k = 0; k < in.n; k++)
				tokens_add(&out, in.v[k]);
			gap = true;
		} else if (block || (!keep_comments && is_comment(&t))) {
			gap = true;
		} else {
			t.space |= gap;
			gap = false;
			tokens_add(&out, t);
		}
	}
	tokens_end(&out, to > from ? all->v[to - 1].line : 0);
	return out;
}

bool token_is(const struct token *t, const char *s)
{
	return (t->kind == TOKEN_WORD || t->kind == TOKEN_PUNCT) && strcasecmp(t->s, s) == 0;
}

bool token_is_one_of(const struct token *t, const char *const *words)
{
	for (; *words; words++)
		if (token_is(t, *words))
			return true;
	return false;
}

size_t tokens_skip_brackets(const struct tokens *t, size_t i)
{
	int line = t->v[i].line, depth = 0;

	for (; i < t->n; i++) {
		if (token_is(&t->v[i], "("))
			depth++;
		else if (token_is(&t->v[i], ")") && --depth == 0)
			return i + 1;
	}
	fail(t->file, line, "( without )");
}
