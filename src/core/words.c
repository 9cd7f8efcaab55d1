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

char *words_of_report(struct arena *a, struct stem *s, const char *number, const char *title, const char *body)
{
	const char *words = standard(a, words_normal(a, arena_printf(a, "%s %s %s", number, title, body)));
	struct buf b;

	buf_init(&b, 8 * strlen(words) + 64);
	add_stems(&b, s, words);
	add_plain(&b, s, words);
	char *out = arena_strdup(a, buf_cstr(&b));
	buf_done(&b);
	return out;
}

struct query {
	struct arena *a;
	struct stem *s;
	enum words_dialect dialect;
	struct buf b;
	int terms;
};

static void quote(struct query *q, const char *word, size_t n)
{
	char sign = q->dialect == WORDS_FTS5 ? '"' : '\'';

	buf_char(&q->b, sign);
	buf_add(&q->b, word, n);
	buf_char(&q->b, sign);
}

/* False: there are enough of them. */
static bool begin_term(struct query *q)
{
	if (q->terms >= WORDS_QUERY_MAX)
		return false;
	if (q->terms++)
		buf_str(&q->b, q->dialect == WORDS_FTS5 ? " AND " : " & ");
	return true;
}

static void ask_words(struct query *q, const char *words, const char *between)
{
	size_t n;

	for (const char *at = words; *at;) {
		const char *word = next_word(&at, &n), *stem = stem_word(q->s, word, n);

		if (!between && !begin_term(q))
			return;
		quote(q, stem, strlen(stem));
		if (between && *at)
			buf_str(&q->b, between);
	}
}

static void ask_phrase(struct query *q, const char *words)
{
	if (*words == '\0' || !begin_term(q))
		return;
	buf_char(&q->b, '(');
	ask_words(q, words, q->dialect == WORDS_FTS5 ? " + " : " <-> ");
	buf_char(&q->b, ')');
}

/* As a stem or as it was written: whichever begins so. */
static void ask_beginning(struct query *q, const char *word)
{
	const char *more = q->dialect == WORDS_FTS5 ? " *" : ":*";
	const char *plain = arena_printf(q->a, WORDS_PLAIN "%s", word);

	if (!begin_term(q))
		return;
	buf_char(&q->b, '(');
	quote(q, word, strlen(word));
	buf_str(&q->b, more);
	buf_str(&q->b, q->dialect == WORDS_FTS5 ? " OR " : " | ");
	quote(q, plain, strlen(plain));
	buf_str(&q->b, more);
	buf_char(&q->b, ')');
}

/* One piece of what was typed: inside quotes, or up to the next blank or quote. */
static void ask(struct query *q, const char *piece, size_t n, bool is_quoted)
{
	const char *normal = words_normal(q->a, arena_strndup(q->a, piece, n));

	if (is_quoted)
		ask_phrase(q, standard(q->a, normal));
	else if (n > 1 && piece[n - 1] == '*' && *normal && !strchr(normal, ' '))
		ask_beginning(q, normal);
	else
		ask_words(q, standard(q->a, normal), NULL);
}

const char *words_query(struct arena *a, struct stem *s, const char *text, enum words_dialect dialect)
{
	struct query q = { .a = a, .s = s, .dialect = dialect };
	const char *out;

	buf_init(&q.b, 64 * 1024);
	for (const char *p = text; *p;) {
		bool is_quoted = *p == '"';
		size_t n = strcspn(p += is_quoted, is_quoted ? "\"" : " \t\r\n\"");

		ask(&q, p, n, is_quoted);
		p += n;
		if (*p && (is_quoted || *p != '"'))
			p++;
	}
	out = q.b.n && !q.b.overflow ? arena_strdup(a, buf_cstr(&q.b)) : NULL;
	buf_done(&q.b);
	return out;
}
