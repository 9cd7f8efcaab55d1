/* SPDX-License-Identifier: Apache-2.0 */
#include "web/clock_words.h"

#include <string.h>

#include "app/settings.h"
#include "core/sop_run.h"
#include "core/sop_shelf.h"
#include "i18n/vocab.h"

#define SENTENCE_MAX ((size_t)8 * 1024)

/* A sentence being written. */
struct words {
	struct buf b;
	struct ctx *c;
	enum lang lang;
	enum zone zone;
};

static struct words begin(struct ctx *c)
{
	struct words w = { .c = c, .lang = c->lang, .zone = c->settings->zone };

	buf_init(&w.b, SENTENCE_MAX);
	return w;
}

static const char *end(struct words *w)
{
	const char *text = arena_strdup(w->c->a, buf_cstr(&w->b));

	buf_done(&w->b);
	return text;
}

static void say(struct words *w, enum msg m)
{
	buf_str(&w->b, msg_text(w->lang, m));
}

/* "Pejabat Penghubung, Admin Koordinator": who does the step, as they are called there. */
static void say_actors(struct words *w, const struct sop *s, const struct sop_step *step)
{
	for (size_t i = 0; i < step->by_n; i++) {
		buf_str(&w->b, i == 0 ? " (" : ", ");
		buf_str(&w->b, s->actors[step->by[i]].name);
	}
	if (step->by_n > 0)
		buf_char(&w->b, ')');
}

static void say_step(struct words *w, const char *rule)
{
	size_t i;
	const struct sop_book *book = sop_shelf_by_rule(w->c->sops, rule, &i);

	/* Not on the shelf of this moment: the rule itself says which one it is. */
	if (!book) {
		msg_why_step(&w->b, w->lang, w->zone, rule);
		return;
	}
	const struct sop *s = book->sop;
	const struct sop_step *step = &s->steps[i];

	msg_why_sop_step(&w->b, w->lang, w->zone, step->id, *s->number ? s->number : s->title);
	say_actors(w, s, step);
}

static enum msg rule_of_kind(enum clock_kind kind)
{
	switch (kind) {
	case CLOCK_NONE: return MSG_why_rule_reopen;
	case CLOCK_VERIFY: return MSG_why_rule_verify;
	case CLOCK_AGENCY: return MSG_why_rule_agency;
	case CLOCK_FOLLOW_UP: return MSG_why_rule_follow_up;
	case CLOCK_COMPLETE: return MSG_why_rule_complete;
	case CLOCK_REPLY: return MSG_why_rule_reply;
	case CLOCK_PENDING: return MSG_why_rule_pending;
	case CLOCK_OMBUDSMAN: return MSG_why_rule_ombudsman;
	case CLOCK_STEP: break;
	}
	return MSG_why_rule_step;
}

/* "62/2018:pengaduan": the set, and of a completion the class. */
static void say_national(struct words *w, enum clock_kind kind, const char *rule)
{
	const char *colon = strchr(rule, ':');
	const char *set = colon ? arena_strndup(w->c->a, rule, (size_t)(colon - rule)) : rule;
	const struct ruleset *rules = rules_by_id(set);
	enum class_ class = CLASS_NONE;

	say(w, rule_of_kind(kind));
	if (kind == CLOCK_COMPLETE && colon && class_parse(colon + 1, &class)) {
		buf_char(&w->b, ' ');
		buf_str(&w->b, msg_text(w->lang, vocab_class(class)));
	}
	buf_str(&w->b, ", ");
	if (rules && rules->is_assumed)
		msg_why_set_assumed(&w->b, w->lang, w->zone, set);
	else
		msg_why_set(&w->b, w->lang, w->zone, set);
}

static void say_rule(struct words *w, enum clock_kind kind, const char *rule)
{
	if (kind == CLOCK_STEP)
		say_step(w, rule);
	else
		say_national(w, kind, rule);
}

static bool is_office_time(enum limit_unit unit)
{
	return unit == LIMIT_MINUTES || unit == LIMIT_HOURS;
}

static void say_limit(struct words *w, struct limit limit)
{
	switch (limit.unit) {
	case LIMIT_MINUTES: msg_why_minutes(&w->b, w->lang, w->zone, limit.n); return;
	case LIMIT_HOURS: msg_why_hours(&w->b, w->lang, w->zone, limit.n); return;
	case LIMIT_WORKDAYS: msg_why_workdays(&w->b, w->lang, w->zone, limit.n); return;
	case LIMIT_DAYS: msg_why_days(&w->b, w->lang, w->zone, limit.n); return;
	}
}

/* "; di antaranya 2 hari libur: Wafat Yesus Kristus (18 Apr 2025), ..." */
static void say_holidays(struct words *w, const struct clock_explanation *e)
{
	buf_str(&w->b, "; ");
	if (e->n_holidays == 0) {
		say(w, e->limit.unit == LIMIT_DAYS ? MSG_why_none_days : MSG_why_none);
		return;
	}
	if (e->limit.unit == LIMIT_DAYS)
		msg_why_free_days(&w->b, w->lang, w->zone, e->free_weekdays);
	else
		msg_why_free(&w->b, w->lang, w->zone, e->free_weekdays);
	for (size_t i = 0; i < e->n_holidays; i++) {
		buf_str(&w->b, i == 0 ? " " : ", ");
		msg_why_holiday(&w->b, w->lang, w->zone, e->holidays[i]->name, e->holidays[i]->on);
	}
	if (e->free_weekdays > (int)e->n_holidays) {
		buf_str(&w->b, ", ");
		msg_why_more(&w->b, w->lang, w->zone, e->free_weekdays - (int)e->n_holidays);
	}
}

static void say_span(struct words *w, const struct clock *k, const struct clock_explanation *e)
{
	buf_char(&w->b, ' ');
	if (is_office_time(e->limit.unit))
		msg_why_span_time(&w->b, w->lang, w->zone, k->started_at, k->due_at);
	else
		msg_why_span(&w->b, w->lang, w->zone, e->start_on, e->due_on);
}

const char *clock_words_explained(struct ctx *c, const struct clock *k, const struct clock_explanation *e)
{
	struct words w = begin(c);

	say(&w, MSG_why_begin);
	buf_char(&w.b, ' ');
	say_limit(&w, e->limit);
	if (e->paused_wd > 0) {
		buf_char(&w.b, ' ');
		msg_why_paused(&w.b, w.lang, w.zone, e->paused_wd);
	}
	say_span(&w, k, e);
	buf_str(&w.b, ", ");
	say(&w, MSG_why_by);
	buf_char(&w.b, ' ');
	say_rule(&w, k->kind, e->rule && *e->rule ? e->rule : "");
	say_holidays(&w, e);
	if (instant_is_set(k->paused_at)) {
		buf_str(&w.b, "; ");
		msg_why_stopped(&w.b, w.lang, w.zone, instant_day(k->paused_at, w.zone));
	}
	if (e->provisional) {
		buf_str(&w.b, "; ");
		say(&w, MSG_why_provisional);
	}
	buf_char(&w.b, '.');
	return end(&w);
}

const char *clock_words_sentence(struct ctx *c, const struct clock *k)
{
	struct clock_explanation e;

	clock_explain(k, c->calendar, &e);
	return clock_words_explained(c, k, &e);
}

const char *clock_words_rule(struct ctx *c, const struct clock *k)
{
	struct words w = begin(c);

	say_rule(&w, k->kind, k->rule ? k->rule : "");
	return end(&w);
}

struct clock clock_words_reopen(struct ctx *c, const struct ruleset *rules, struct instant closed_at)
{
	return (struct clock){
		.kind = CLOCK_NONE, .started_at = closed_at, .limit = rules->reopen,
		.rule = arena_printf(c->a, "%s:reopen", rules->id), .due_at = clock_due(c->calendar, rules->reopen, closed_at, 0),
	};
}
