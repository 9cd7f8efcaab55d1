/* SPDX-License-Identifier: Apache-2.0
 * worddiff - longest common run of words, after what both begin and end with.
 */
#include "core/worddiff.h"

#include <string.h>

/* The table has one cell for each pair of words in the middle: 2 bytes each. */
#define CELLS_MAX ((size_t)2 * 1024 * 1024)

struct word {
	const char *p;
	size_t n;            /* of the word itself */
	size_t all;          /* with the blanks behind it */
};

struct words {
	struct word *v;
	size_t n;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static struct words split(struct arena *a, const char *s)
{
	struct words w = { arena_new_many(a, struct word, strlen(s) / 2 + 2), 0 };

	while (is_blank(*s))
		s++;
	while (*s) {
		struct word *word = &w.v[w.n++];

		word->p = s;
		while (*s && !is_blank(*s))
			s++;
		word->n = (size_t)(s - word->p);
		while (is_blank(*s))
			s++;
		word->all = (size_t)(s - word->p);
	}
	return w;
}

static bool same(const struct word *x, const struct word *y)
{
	return x->n == y->n && memcmp(x->p, y->p, x->n) == 0;
}

/* Pieces being gathered: neighbours of one kind are one piece. */
struct out_pieces {
	struct arena *a;
	struct worddiff d;
	const char *from;
	size_t bytes;
};

static void flush(struct out_pieces *o)
{
	if (o->bytes > 0)
		o->d.p[o->d.n - 1].text = arena_strndup(o->a, o->from, o->bytes);
	o->bytes = 0;
}

static void add(struct out_pieces *o, enum worddiff_kind kind, const struct word *w)
{
	bool goes_on = o->bytes > 0 && o->d.p[o->d.n - 1].kind == kind && o->from + o->bytes == w->p;

	if (!goes_on) {
		flush(o);
		o->d.p[o->d.n++] = (struct worddiff_piece){ kind, "" };
		o->from = w->p;
	}
	o->bytes += w->all;
	o->d.is_equal = o->d.is_equal && kind == WORDDIFF_SAME;
}

/* table[i * (m + 1) + k]: the longest common run of x from i and y from k. */
static uint16_t *lengths(struct arena *a, const struct word *x, size_t n, const struct word *y, size_t m)
{
	uint16_t *t = arena_new_many(a, uint16_t, (n + 1) * (m + 1));

	memset(t, 0, (n + 1) * (m + 1) * sizeof(*t));
	for (size_t i = n; i-- > 0;)
		for (size_t k = m; k-- > 0;) {
			uint16_t down = t[(i + 1) * (m + 1) + k], right = t[i * (m + 1) + k + 1];

			t[i * (m + 1) + k] = same(&x[i], &y[k]) ? (uint16_t)(t[(i + 1) * (m + 1) + k + 1] + 1) :
					     down > right	? down : right;
		}
	return t;
}

static void tell_middle(struct out_pieces *o, const struct word *x, size_t n, const struct word *y, size_t m)
{
	bool compares = (n + 1) * (m + 1) <= CELLS_MAX;
	const uint16_t *t = compares ? lengths(o->a, x, n, y, m) : NULL;
	size_t i = 0, k = 0;

	while (i < n && k < m) {
		if (t && same(&x[i], &y[k])) {
			add(o, WORDDIFF_SAME, &y[k++]);
			i++;
		} else if (!t || t[(i + 1) * (m + 1) + k] >= t[i * (m + 1) + k + 1]) {
			add(o, WORDDIFF_REMOVED, &x[i++]);
		} else {
			add(o, WORDDIFF_ADDED, &y[k++]);
		}
	}
	while (i < n)
		add(o, WORDDIFF_REMOVED, &x[i++]);
	while (k < m)
		add(o, WORDDIFF_ADDED, &y[k++]);
}

struct worddiff worddiff_make(struct arena *a, const char *old_text, const char *new_text)
{
	struct words x = split(a, old_text), y = split(a, new_text);
	struct out_pieces o = { .a = a, .d = { .p = arena_new_many(a, struct worddiff_piece, x.n + y.n + 1), .is_equal = true } };
	size_t begin = 0, end = 0;

	while (begin < x.n && begin < y.n && same(&x.v[begin], &y.v[begin]))
		add(&o, WORDDIFF_SAME, &y.v[begin++]);
	while (begin + end < x.n && begin + end < y.n && same(&x.v[x.n - 1 - end], &y.v[y.n - 1 - end]))
		end++;
	tell_middle(&o, x.v + begin, x.n - begin - end, y.v + begin, y.n - begin - end);
	for (size_t i = y.n - end; i < y.n; i++)
		add(&o, WORDDIFF_SAME, &y.v[i]);
	flush(&o);
	return o.d;
}
