/* SPDX-License-Identifier: Apache-2.0
 * explain - every date has its sentence: of every clock that a story left, running or ended, the words that pages show name
 * the rule, the limit, and each holiday that lies on the way.
 */
#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "play.h"
#include "query_clock.h"
#include "query_report.h"
#include "web/clock_words.h"

static struct clock clock_of(const struct clock_all_row *r)
{
	return (struct clock){ .kind = r->kind, .started_at = r->started_at, .limit = { (int)r->limit_n, r->limit_unit },
			       .rule = r->rule, .due_at = r->due_at, .paused_at = r->paused_at,
			       .paused_wd = (int)r->paused_wd, .ended_at = r->ended_at };
}

/* What the sentence must hold, worked out apart from it. */
static bool names_all(struct world *w, const struct world_report *r, const struct clock *k, const char *sentence)
{
	enum zone z = calendar_zone(w->calendar);
	struct day from = instant_day(k->started_at, z), to = instant_day(k->due_at, z);
	char limit[24];

	snprintf(limit, sizeof(limit), "%d ", k->limit.n);
	if (!strstr(sentence, k->kind == CLOCK_STEP ? "langkah " : "PermenPANRB "))
		return world_fail(w, "%s: no rule in: %s", r->name, sentence);
	if (!strstr(sentence, limit))
		return world_fail(w, "%s: no limit %sin: %s", r->name, limit, sentence);
	for (struct day d = day_add(from, 1); d.n <= to.n; d = day_add(d, 1)) {
		const struct holiday *h = day_weekday(d) < 5 ? calendar_holiday(w->calendar, d) : NULL;

		if (h && !strstr(sentence, h->name) && !strstr(sentence, " lainnya"))
			return world_fail(w, "%s: %s is not named in: %s", r->name, h->name, sentence);
	}
	return true;
}

bool play_all_explained(struct world *w)
{
	struct ctx c;

	if (!world_ctx(w, "visitor", &c))
		return false;
	c.lang = LANG_ID;
	for (size_t i = 0; i < w->n_reports; i++) {
		struct clock_all_row *rows;
		size_t n;

		if (q_clock_all(w->db, w->a, w->reports[i].id, &rows, &n) != RC_OK)
			return world_fail(w, "no clocks");
		for (size_t j = 0; j < n; j++) {
			struct clock k = clock_of(&rows[j]);

			if (!names_all(w, &w->reports[i], &k, clock_words_sentence(&c, &k)))
				return false;
		}
	}
	return true;
}

/* expect R1 explains tindak-lanjut "Idul Fitri": one of the clocks of the kind, several steps may run beside each other */
bool play_expect_explained(struct world *w, const struct sentence *s, const struct world_report *r)
{
	const char *word = play_word(s, 3), *sentence = NULL, *wanted = play_quoted(s);
	struct clock_all_row *rows;
	struct ctx c;
	size_t n;

	if (!world_ctx(w, "visitor", &c) || q_clock_all(w->db, w->a, r->id, &rows, &n) != RC_OK)
		return world_fail(w, "no clocks");
	for (size_t i = 0; i < n; i++) {
		struct clock k = clock_of(&rows[i]);

		if (strcmp(clock_kind_word(k.kind), word) != 0)
			continue;
		sentence = clock_words_sentence(&c, &k);
		if (strstr(sentence, wanted))
			return true;
	}
	if (!sentence)
		return world_fail(w, "there is no clock %s", word);
	return world_fail(w, "no \"%s\" in: %s", wanted, sentence);
}
