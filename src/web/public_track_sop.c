/* SPDX-License-Identifier: Apache-2.0
 * public_track_sop - where a report stands in the SOP that its agency signed, every date that runs with why it is that one, and
 * how often it was sent around. Offices, not persons.
 */
#include <string.h>

#include "app/settings.h"
#include "core/sop_run.h"
#include "core/sop_shelf.h"
#include "i18n/vocab.h"
#include "web/public_track.h"

static const char *actors_of(struct ctx *c, const struct sop *s, const struct sop_step *step)
{
	const char *all = NULL;

	for (size_t i = 0; i < step->by_n; i++) {
		const char *name = s->actors[step->by[i]].name;

		all = all ? arena_printf(c->a, "%s, %s", all, name) : name;
	}
	return all;
}

static bool runs(const struct clock_all_row *k)
{
	return !instant_is_set(k->ended_at);
}

/* The clock of this step of this version, the newest that runs. */
static const struct clock_all_row *step_clock(const struct track_data *d, const struct sop_book *book, size_t step)
{
	char rule[SOP_RUN_RULE_MAX];

	sop_run_rule(book->sop, book->version, step, rule);
	for (size_t i = d->n_clocks; i-- > 0;)
		if (d->clocks[i].kind == CLOCK_STEP && runs(&d->clocks[i]) && strcmp(d->clocks[i].rule, rule) == 0)
			return &d->clocks[i];
	return NULL;
}

static void tell_step(struct ctx *c, const struct track_data *d, struct track_page *t)
{
	const struct sop_book *book = sop_shelf_find(c->sops, d->r.sop_id);
	size_t at = (size_t)d->r.sop_step - 1;
	const struct clock_all_row *k;
	const struct sop_step *step;

	if (!book || d->r.sop_step < 1 || at >= book->sop->step_n || !d->r.is_open)
		return;
	step = &book->sop->steps[at];
	t->sop = (struct track_sop){
		.on = true, .number = *book->sop->number ? book->sop->number : book->sop->title, .step_id = step->id,
		.step_name = step->name, .actors = actors_of(c, book->sop, step),
		.since_on = instant_day(d->r.step_since_at, c->settings->zone),
	};
	k = step_clock(d, book, at);
	if (k)
		t->sop.clock = public_track_story_clock(c, k);
}

/* Whatever else runs: the class limit, steps beside the way. The Ombudsman's stands in a block of its own. */
static void tell_others(struct ctx *c, const struct track_data *d, struct track_page *t)
{
	const struct clock_all_row *main = public_track_story_clock_now(d->r.state, d->clocks, d->n_clocks);
	struct track_clock *list = arena_new_many(c->a, struct track_clock, d->n_clocks + 1);

	for (size_t i = 0; i < d->n_clocks; i++) {
		const struct clock_all_row *k = &d->clocks[i];

		if (!runs(k) || k == main || k->kind == CLOCK_OMBUDSMAN)
			continue;
		list[t->n_others] = public_track_story_clock(c, k);
		/* The step's own stands with the step. */
		if (!t->sop.clock.on || list[t->n_others].sentence == NULL ||
		    strcmp(list[t->n_others].sentence, t->sop.clock.sentence) != 0)
			t->n_others++;
	}
	t->others = list;
}

/* Between an OPD and its units it goes without counting. */
static bool is_transfer(const struct public_events_row *e)
{
	if (e->action == ACT_REDISPOSE)
		return e->role != ROLE_LIAISON;
	return (e->action == ACT_RETURN_UP && e->role != ROLE_UNIT_OFFICER) || e->action == ACT_ARBITRATE;
}

static void tell_moves(struct ctx *c, const struct track_data *d, struct track_page *t)
{
	struct track_transfer *list = arena_new_many(c->a, struct track_transfer, d->n_events + 1);

	for (size_t i = 0; i < d->n_events; i++) {
		const struct public_events_row *e = &d->events[i];
		enum msg reason = vocab_reason(e->reason);

		if (is_transfer(e))
			list[t->n_moves++] = (struct track_transfer){
				.action = e->action, .from = public_agency_name(c, e->who),
				.to = public_agency_name(c, e->to_name), .at = e->at, .note = e->note,
				.reason = reason == MSG_NONE || reason == MSG_reason_other ? NULL :
											     msg_text(c->lang, reason) };
	}
	t->moves = list;
	t->transfers = d->r.transfers;
}

void public_track_sop_tell(struct ctx *c, const struct track_data *d, struct track_page *t)
{
	tell_step(c, d, t);
	tell_others(c, d, t);
	tell_moves(c, d, t);
}
