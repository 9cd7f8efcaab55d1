/* SPDX-License-Identifier: Apache-2.0
 * words - normalisation for the search index, and what is asked of it.
 */
#include "core/words.h"

#include <string.h>

#include "base/buf.h"

/* Base letters of U+00C0 .. U+017F; '?' where one letter does not do ("ae" and the like are left out). */
static const char latin[] =
	"aaaaaa?ceeeeiiii" "dnooooo ouuuuy?s" /* U+00C0 */
	"aaaaaa?ceeeeiiii" "dnooooo ouuuuy?y" /* U+00E0 */
	"aaaaaaccccccccdd" "ddeeeeeeeeeegggg" /* U+0100 */
	"gggghhhhiiiiiiii" "ii??jjkkklllllll" /* U+0120 */
	"lllnnnnnnnnnoooo" "oo??rrrrrrssssss" /* U+0140 */
	"ssttttttuuuuuuuu" "uuuuwwyyyzzzzzzs"; /* U+0160 */

static uint32_t next_point(const char **s)
{
	const unsigned char *p = (const unsigned char *)*s;
	int extra = *p < 0x80 ? 0 : *p < 0xE0 ? 1 : *p < 0xF0 ? 2 : 3;
	uint32_t c = extra == 0 ? *p : *p & (0x3FU >> extra);

	for (int i = 1; i <= extra; i++) {
		if ((p[i] & 0xC0) != 0x80) { /* cut short: never read past the end */
			extra = i - 1;
			break;
		}
		c = (c << 6) | (p[i] & 0x3FU);
	}
	*s += extra + 1;
	return c;
}

/* General punctuation, symbols, blanks: what separates words beyond ASCII. */
static bool is_separator(uint32_t c)
{
	return c < 0xC0 || (c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3040) || c == 0xFEFF || c == 0xFFFD;
}

static bool is_mark(uint32_t c)
{
	return (c >= 0x0300 && c < 0x0370) || c == 0x200D || (c >= 0xFE00 && c < 0xFE10);
}

char *words_normal(struct arena *a, const char *text)
{
	size_t n = strlen(text), used = 0;
	char *out = arena_alloc(a, n + 1);
	bool blank = false;

	for (const char *s = text; *s;) {
		const char *from = s;
		uint32_t c = next_point(&s);
		char one = 0;
		bool kept = true;

		if (is_mark(c))
			continue;
		if (c < 0x80)
			one = c >= 'A' && c <= 'Z' ? (char)(c + 32) : (char)c;
		else if (c >= 0xC0 && c < 0x180 && latin[c - 0xC0] != '?')
			one = latin[c - 0xC0];
		if (c < 0x80)
			kept = (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9');
		else if (one == ' ' || is_separator(c))
			kept = false;
		if (!kept) {
			blank = used > 0;
			continue;
		}
		if (blank)
			out[used++] = ' ';
		blank = false;
		if (one) {
			out[used++] = one;
		} else {
			memcpy(out + used, from, (size_t)(s - from));
			used += (size_t)(s - from);
		}
	}
	out[used] = '\0';
	return out;
}

/* The next word from *at on, "" at the end; words are divided by one blank. */
static const char *next_word(const char **at, size_t *ret_n)
{
	const char *word = *at;

	*ret_n = strcspn(word, " ");
	*at = word + *ret_n + (word[*ret_n] == ' ');
	return word;
}

/* Everyday spellings replaced; the result is normal too. */
static const char *standard(struct arena *a, const char *normal)
{
	struct buf b;
	size_t n;

	buf_init(&b, 4 * strlen(normal) + 64);
	for (const char *at = normal; *at;) {
		const char *word = next_word(&at, &n), *better = stem_standard(word, n);

		if (b.n)
			buf_char(&b, ' ');
		if (better)
			buf_str(&b, better);
		else
			buf_add(&b, word, n);
	}
	const char *out = arena_strdup(a, buf_cstr(&b));
	buf_done(&b);
	return out;
}

static void add_stems(struct buf *b, struct stem *s, const char *words)
{
	size_t n;

	for (const char *at = words; *at;) {
		const char *word = next_word(&at, &n);

		if (b->n)
			buf_char(b, ' ');
		buf_str(b, stem_word(s, word, n));
	}
}

static void add_plain(struct buf *b, struct stem *s, const char *words)
{
	size_t n;

	for (const char *at = words; *at;) {
		const char *word = next_word(&at, &n), *stem = stem_word(s, word, n);

		if (strlen(stem) == n && memcmp(stem, word, n) == 0)
			continue;
		buf_str(b, " " WORDS_PLAIN);
		buf_add(b, word, n);
	}
}

char *words_of_texts(struct arena *a, struct stem *s, const char *title, const char *body)
{
	const char *first = standard(a, words_normal(a, title));
	const char *second = standard(a, words_normal(a, body));
	struct buf b;

	buf_init(&b, 8 * (strlen(first) + strlen(second)) + 64);
	add_stems(&b, s, first);
	buf_str(&b, b.n ? " " WORDS_TITLE_END : WORDS_TITLE_END);
	add_stems(&b, s, second);
	add_plain(&b, s, first);
	add_plain(&b, s, second);
	char *out = arena_strdup(a, buf_cstr(&b));
	buf_done(&b);
	return out;
}

char *words_of_report(struct arena *a, const char *number, const char *texts, const char *marks)
{
	return arena_printf(a, "%s %s %s", words_normal(a, number), texts, marks);
}

struct terms {
	struct arena *a;
	struct stem *s;
	struct words_term *term;
	size_t n;
};

static void add_term(struct terms *t, enum words_how how, const char *text)
{
	if (t->n < WORDS_TERMS_MAX && *text)
		t->term[t->n++] = (struct words_term){ how, text };
}

static void add_words(struct terms *t, const char *words)
{
	size_t n;

	for (const char *at = words; *at;) {
		const char *word = next_word(&at, &n);

		add_term(t, WORDS_STEM, arena_strdup(t->a, stem_word(t->s, word, n)));
	}
}

static void add_phrase(struct terms *t, const char *words)
{
	struct buf b;

	buf_init(&b, 4 * strlen(words) + 64);
	add_stems(&b, t->s, words);
	add_term(t, WORDS_PHRASE, arena_strdup(t->a, buf_cstr(&b)));
	buf_done(&b);
}

/* One piece of what was typed: inside quotes, or up to the next blank or quote. */
static void add_piece(struct terms *t, const char *piece, size_t n, bool is_quoted)
{
	const char *normal = words_normal(t->a, arena_strndup(t->a, piece, n));

	if (is_quoted)
		add_phrase(t, standard(t->a, normal));
	else if (n > 1 && piece[n - 1] == '*' && *normal && !strchr(normal, ' '))
		add_term(t, WORDS_BEGINNING, normal);
	else
		add_words(t, standard(t->a, normal));
}

size_t words_terms(struct arena *a, struct stem *s, const char *typed, struct words_term ret[WORDS_TERMS_MAX])
{
	struct terms t = { a, s, ret, 0 };

	for (const char *p = typed; *p;) {
		bool is_quoted = *p == '"';
		size_t n = strcspn(p += is_quoted, is_quoted ? "\"" : " \t\r\n\"");

		add_piece(&t, p, n, is_quoted);
		p += n;
		if (*p && (is_quoted || *p != '"'))
			p++;
	}
	return t.n;
}

/* How an engine writes it. */
static const struct dialect {
	char quote;
	const char *and, *or, *not, *next, *begins;
} dialects[] = {
	[WORDS_FTS5] = { '"', " AND ", " OR ", " NOT ", " + ", " *" },
	[WORDS_TSQUERY] = { '\'', " & ", " | ", " & !", " <-> ", ":*" },
};

static void quote(struct buf *b, const struct dialect *d, const char *word, size_t n)
{
	buf_char(b, d->quote);
	buf_add(b, word, n);
	buf_char(b, d->quote);
}

static void ask_phrase(struct buf *b, const struct dialect *d, const char *stems)
{
	size_t n;

	buf_char(b, '(');
	for (const char *at = stems; *at;) {
		const char *stem = next_word(&at, &n);

		quote(b, d, stem, n);
		if (*at)
			buf_str(b, d->next);
	}
	buf_char(b, ')');
}

/* As a stem or as it was written: whichever begins so. */
static void ask_beginning(struct buf *b, const struct dialect *d, const char *word)
{
	buf_char(b, '(');
	quote(b, d, word, strlen(word));
	buf_str(b, d->begins);
	buf_str(b, d->or);
	buf_char(b, d->quote);
	buf_str(b, WORDS_PLAIN);
	buf_str(b, word);
	buf_char(b, d->quote);
	buf_str(b, d->begins);
	buf_char(b, ')');
}

static void ask_term(struct buf *b, const struct dialect *d, const struct words_term *t)
{
	if (b->n)
		buf_str(b, d->and);
	switch (t->how) {
	case WORDS_STEM: quote(b, d, t->text, strlen(t->text)); return;
	case WORDS_PHRASE: ask_phrase(b, d, t->text); return;
	case WORDS_BEGINNING: ask_beginning(b, d, t->text); return;
	}
}

/* One of them. */
static void ask_marks(struct buf *b, const struct dialect *d, const struct marks_list *m)
{
	buf_char(b, '(');
	for (size_t i = 0; i < m->n; i++) {
		if (i > 0)
			buf_str(b, d->or);
		quote(b, d, m->mark[i], strlen(m->mark[i]));
	}
	buf_char(b, ')');
}

const char *words_query(struct arena *a, const struct words_term *terms, size_t n, const struct marks_scope *scope,
			enum words_dialect dialect)
{
	const struct dialect *d = &dialects[dialect];
	struct marks_list marks[MARKS_LISTS_MAX];
	size_t n_marks = marks_of_scope(a, scope, marks);
	const char *out;
	struct buf b;

	if (n == 0)
		return NULL;
	buf_init(&b, 64 * 1024);
	for (size_t i = 0; i < n; i++)
		ask_term(&b, d, &terms[i]);
	for (size_t i = 0; i < n_marks; i++) {
		buf_str(&b, d->and);
		ask_marks(&b, d, &marks[i]);
	}
	out = arena_strdup(a, buf_cstr(&b));
	if (scope->is_public)
		out = arena_printf(a, "(%s)%s%c" MARKS_HIDDEN "%c", out, d->not, d->quote, d->quote);
	buf_done(&b);
	return out;
}

const char *words_within(struct arena *a, const struct marks_list *marks, enum words_dialect dialect)
{
	const struct dialect *d = &dialects[dialect];
	const char *out;
	struct buf b;

	buf_init(&b, 4096);
	ask_marks(&b, d, marks);
	if (dialect == WORDS_FTS5)
		buf_str(&b, d->and);
	out = arena_strdup(a, buf_cstr(&b));
	buf_done(&b);
	return out;
}
