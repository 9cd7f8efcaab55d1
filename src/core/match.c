/* SPDX-License-Identifier: Apache-2.0 */
#include "core/match.h"

#include <string.h>

#define WANTED_MAX 64

/* One word asked for; those of a phrase count one by one, which are near each other anyway. */
struct wanted {
	const char *p;
	size_t n;
	bool is_beginning;
	int last;            /* where it stood last; -1: not yet */
	bool in_title;
};

struct look {
	struct wanted wanted[WANTED_MAX];
	size_t n;
	int stretch;         /* the shortest so far; 0: none holds them all */
};

static void want(struct look *l, const char *p, size_t n, bool is_beginning)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->wanted[i].n == n && memcmp(l->wanted[i].p, p, n) == 0)
			return;
	if (l->n < WANTED_MAX)
		l->wanted[l->n++] = (struct wanted){ .p = p, .n = n, .is_beginning = is_beginning, .last = -1 };
}

static void want_term(struct look *l, const struct words_term *t)
{
	for (const char *p = t->text; *p;) {
		size_t n = strcspn(p, " ");

		want(l, p, n, t->how == WORDS_BEGINNING);
		p += n + (p[n] == ' ');
	}
}

static bool is_met(const struct wanted *w, const char *word, size_t n)
{
	return (w->is_beginning ? n >= w->n : n == w->n) && memcmp(word, w->p, w->n) == 0;
}

static void measure(struct look *l, int at)
{
	int first = at;

	for (size_t i = 0; i < l->n; i++)
		if (l->wanted[i].last < first)
			first = l->wanted[i].last;
	if (first >= 0 && (l->stretch == 0 || at - first + 1 < l->stretch))
		l->stretch = at - first + 1;
}

/* Through the stems in their order; what stands behind them has no place. */
static void read_words(struct look *l, const char *words)
{
	bool in_title = true;
	int at = 0;

	for (const char *p = words; *p; at++) {
		size_t n = strcspn(p, " ");

		if (strncmp(p, WORDS_TITLE_END, strlen(WORDS_TITLE_END)) == 0 && n == strlen(WORDS_TITLE_END))
			in_title = false;
		else if (strncmp(p, WORDS_PLAIN, strlen(WORDS_PLAIN)) == 0 || strncmp(p, MARKS_BEGIN, strlen(MARKS_BEGIN)) == 0)
			return;
		for (size_t i = 0; i < l->n; i++) {
			if (!is_met(&l->wanted[i], p, n))
				continue;
			l->wanted[i].last = at;
			l->wanted[i].in_title |= in_title;
			measure(l, at);
		}
		p += n + (p[n] == ' ');
	}
}

int match_score(const struct words_term *terms, size_t n, const char *words, int64_t age_days)
{
	struct look l = { .n = 0 };
	int in_title = 0, score;

	for (size_t i = 0; i < n; i++)
		want_term(&l, &terms[i]);
	if (l.n == 0)
		return 0;
	read_words(&l, words);
	for (size_t i = 0; i < l.n; i++)
		in_title += l.wanted[i].in_title;
	score = MATCH_TITLE * in_title / (int)l.n;
	if (l.stretch > 0)
		score += MATCH_NEAR * (int)l.n / l.stretch;
	return score + (int)(MATCH_RECENT * MATCH_RECENT_DAYS / (MATCH_RECENT_DAYS + (age_days > 0 ? age_days : 0)));
}
