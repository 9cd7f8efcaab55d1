/* SPDX-License-Identifier: Apache-2.0
 * desk_sop - where the report is in the SOP of its agency, and what an answer can begin with.
 */
#include "web/desk_sop.h"

#include <string.h>

#include "core/access.h"
#include "messages.h"
#include "query_minutes.h"

const struct sop *desk_sop_of(const struct ctx *c, const struct desk_report_row *r, size_t *ret_at)
{
	const struct sop_book *book = sop_shelf_find(c->sops, r->sop_id);

	*ret_at = SOP_END;
	if (!book)
		return NULL;
	if (r->sop_step > 0 && (size_t)r->sop_step <= book->sop->step_n)
		*ret_at = (size_t)r->sop_step - 1;
	return book->sop;
}

bool desk_sop_allows(const struct ctx *c, const struct desk_loaded *l, enum sop_task task)
{
	size_t at;
	const struct sop *s = desk_sop_of(c, &l->r, &at);

	return s && desk_load_may(l, ACT_TASK) && at != SOP_END &&
	       sop_run_allows(s, at, (struct sop_act){ .task = task }, c->who.role);
}

static bool is_act(const struct desk_events_row *e, struct sop_act act)
{
	if (act.task == SOP_TASK_NONE)
		return e->action == act.action;
	return e->action == ACT_TASK && e->reason && strcmp(e->reason, sop_task_word(act.task)) == 0;
}

const struct desk_events_row *desk_sop_done(const struct desk_loaded *l, struct sop_act act, bool any)
{
	for (size_t i = l->n_events; i-- > 0;) {
		const struct desk_events_row *e = &l->events[i];

		if (!any && e->at.ms < l->r.step_since_at.ms)
			return NULL;
		if (is_act(e, act))
			return e;
	}
	return NULL;
}

const char *desk_sop_clock_name(struct ctx *c, const struct clock *k)
{
	size_t step;
	const struct sop_book *book = k->kind == CLOCK_STEP ? sop_shelf_by_rule(c->sops, k->rule, &step) : NULL;
	const char *made;
	struct buf b;

	if (!book)
		return NULL;
	buf_init(&b, 1024);
	msg_desk_sop_clock(&b, c->lang, calendar_zone(c->calendar), book->sop->steps[step].id, book->sop->steps[step].name);
	made = arena_strdup(c->a, buf_cstr(&b));
	buf_done(&b);
	return made;
}

static const char *names_of(struct ctx *c, const struct sop *s, const struct sop_step *step)
{
	const char *all = "";

	for (size_t i = 0; i < step->by_n; i++)
		all = arena_printf(c->a, "%s%s%s", all, i ? ", " : "", s->actors[step->by[i]].name);
	return all;
}

static enum level level_of(const struct desk_report_row *r)
{
	if (r->unit_id.v && r->holder_id.v == r->unit_id.v)
		return LEVEL_UNIT;
	if (r->opd_id.v && r->holder_id.v == r->opd_id.v)
		return LEVEL_OPD;
	return r->agency_id.v && r->holder_id.v == r->agency_id.v ? LEVEL_AGENCY : LEVEL_NATIONAL;
}

/* Of the step's roles the one who works where it lies; the head only signs. All of them when it lies elsewhere. */
static const char *holder_of(struct ctx *c, const struct desk_report_row *r, const struct sop *s,
			     const struct sop_step *step)
{
	for (size_t i = 0; i < step->by_n; i++) {
		const struct sop_actor *actor = &s->actors[step->by[i]];

		if (role_level(actor->role) == level_of(r) && actor->role != ROLE_OPD_HEAD)
			return actor->name;
	}
	return names_of(c, s, step);
}

/* Does its clock run now? A step beside has no other sign of it. */
static bool runs(const struct ctx *c, const struct desk_loaded *l, const struct sop *s, size_t step)
{
	for (size_t i = 0; i < l->n_clocks; i++) {
		size_t at;
		const struct sop_book *book =
			l->clocks[i].kind == CLOCK_STEP ? sop_shelf_by_rule(c->sops, l->clocks[i].rule, &at) : NULL;

		if (book && book->sop == s && at == step)
			return true;
	}
	return false;
}

static enum desk_sop_place place_of(const struct ctx *c, const struct desk_loaded *l, const struct sop *s, size_t at,
				    size_t step)
{
	if (step == at)
		return DESK_SOP_HERE;
	if (runs(c, l, s, step))
		return DESK_SOP_BESIDE;
	if (at == SOP_END)
		return l->r.is_open ? DESK_SOP_AHEAD : DESK_SOP_PASSED;
	if (s->steps[step].is_beside && s->steps[step].done_n > 0)
		return desk_sop_done(l, s->steps[step].done[0], true) ? DESK_SOP_PASSED : DESK_SOP_AHEAD;
	return step < at ? DESK_SOP_PASSED : DESK_SOP_AHEAD;
}

static void tell_steps(struct ctx *c, const struct desk_loaded *l, const struct sop *s, size_t at, struct desk_sop *ret)
{
	struct desk_sop_step *all = arena_new_many(c->a, struct desk_sop_step, s->step_n + 1);

	for (size_t i = 0; i < s->step_n; i++)
		if (!sop_step_is_part(&s->steps[i]))
			all[ret->n_steps++] = (struct desk_sop_step){
				.id = s->steps[i].id, .name = s->steps[i].name, .who = names_of(c, s, &s->steps[i]),
				.limit = s->steps[i].printed, .place = place_of(c, l, s, at, i) };
	ret->steps = all;
}

static bool has_form(const struct desk_report *p, const char *word)
{
	for (size_t i = 0; i < p->n_actions; i++)
		if (strcmp(p->actions[i].word, word) == 0)
			return true;
	return false;
}

/* The form of the page that does it; the large one holds several. */
static const char *anchor_of(const struct ctx *c, const struct desk_loaded *l, const struct desk_report *p,
			     struct sop_act act)
{
	const char *word = act.task == SOP_TASK_NONE ? action_word(act.action) : NULL;

	if (act.task == SOP_TASK_CHECKLIST)
		return p->verify.is_shown ? "verifikasi" : NULL;
	if (act.task != SOP_TASK_NONE)
		return desk_sop_allows(c, l, act.task) ? arena_printf(c->a, "tugas-%s", sop_task_word(act.task)) : NULL;
	if (act.action == ACT_NOTE)
		return p->can_note ? "percakapan" : NULL;
	if (p->verify.is_shown && (act.action == ACT_VERIFY || act.action == ACT_EDIT_TEXT || act.action == ACT_SET_VISIBILITY))
		return "verifikasi";
	if (p->verify.can_dispose && act.action == ACT_DISPOSE)
		return "tujuan";
	if (act.action == ACT_EDIT_TEXT)
		return p->can_edit ? "redaksi" : NULL;
	return has_form(p, word) ? word : NULL;
}

static void tell_parts(struct ctx *c, const struct desk_loaded *l, const struct desk_report *p, const struct sop *s,
		       size_t at, struct desk_sop *ret)
{
	struct desk_sop_part *all = arena_new_many(c->a, struct desk_sop_part, s->step_n + 1);

	for (size_t i = at + 1; at != SOP_END && i < s->step_n && sop_step_is_part(&s->steps[i]); i++) {
		struct desk_sop_part *part = &all[ret->n_parts++];

		*part = (struct desk_sop_part){ .id = s->steps[i].id, .name = s->steps[i].name };
		for (size_t k = 0; k < s->steps[i].act_n; k++) {
			part->is_done = part->is_done || desk_sop_done(l, s->steps[i].acts[k], false) != NULL;
			if (!part->anchor)
				part->anchor = anchor_of(c, l, p, s->steps[i].acts[k]);
		}
	}
	ret->parts = all;
}

static const struct desk_clock *clock_of(struct ctx *c, const struct desk_loaded *l, const struct desk_report *p,
					 const struct sop *s, size_t at)
{
	for (size_t i = 0; i < l->n_clocks && i < p->n_clocks; i++) {
		size_t step;
		const struct sop_book *book =
			l->clocks[i].kind == CLOCK_STEP ? sop_shelf_by_rule(c->sops, l->clocks[i].rule, &step) : NULL;

		if (book && book->sop == s && step == at)
			return &p->clocks[i];
	}
	return NULL;
}

/* SOP kapuas#3: who was summoned, by letter. */
static void tell_letters(struct ctx *c, const struct desk_loaded *l, struct desk_sop *ret)
{
	struct desk_letter *all = arena_new_many(c->a, struct desk_letter, l->n_events + 1);

	for (size_t i = 0; i < l->n_events; i++)
		if (is_act(&l->events[i], (struct sop_act){ .task = SOP_TASK_SUMMON }))
			all[ret->n_letters++] = (struct desk_letter){ .seq = l->events[i].seq, .at = l->events[i].at };
	ret->letters = all;
}

/* A page that a task leads to needs no second link. */
static void drop_double_links(struct desk_sop *s)
{
	for (size_t i = 0; i < s->n_tasks; i++) {
		const char *end = s->tasks[i].href ? strrchr(s->tasks[i].href, '/') : NULL;

		s->has_minutes = s->has_minutes && !(end && strcmp(end, "/berita-acara") == 0);
		s->has_sheet = s->has_sheet && !(end && strcmp(end, "/lembar") == 0);
	}
}

enum rc desk_sop_fill(struct ctx *c, const struct desk_loaded *l, const struct desk_typed *typed, struct desk_report *p)
{
	const struct sop_book *book = sop_shelf_find(c->sops, l->r.sop_id);
	struct desk_sop *ret = arena_new_one(c->a, struct desk_sop);
	size_t at;
	const struct sop *s = desk_sop_of(c, &l->r, &at);

	if (!s)
		return RC_OK;
	*ret = (struct desk_sop){
		.title = s->title, .number_of_sop = s->number, .government = s->government, .word = s->id,
		.version = book->version, .holder = l->r.holder, .taker = l->r.taker, .since = l->r.step_since_at,
		.has_minutes = sop_has_task(s, SOP_TASK_FIELD_MINUTES),
		.has_sheet = sop_has_task(s, SOP_TASK_DISPOSITION_SHEET),
	};
	if (at != SOP_END) {
		ret->step_id = s->steps[at].id;
		ret->step_name = s->steps[at].name;
		ret->step_note = s->steps[at].note;
		ret->who = holder_of(c, &l->r, s, &s->steps[at]);
		ret->clock = clock_of(c, l, p, s, at);
	}
	tell_steps(c, l, s, at, ret);
	tell_parts(c, l, p, s, at, ret);
	tell_letters(c, l, ret);
	TRY(desk_task_offer(c, l, typed, ret));
	drop_double_links(ret);
	p->sop = ret;
	return RC_OK;
}

/* Newest wins; what was said before the last answer is used up. */
enum rc desk_sop_draft(struct ctx *c, const struct desk_loaded *l, enum action action, const char **ret)
{
	const struct desk_events_row *best = NULL;
	struct minutes_newest_row minutes;
	bool found;

	*ret = NULL;
	if ((action != ACT_ANSWER && action != ACT_UNIT_ANSWER) || !(l->bits & ACCESS_INTERNAL))
		return RC_OK;
	for (size_t i = l->n_events; i-- > 0 && !best && l->events[i].action != ACT_ANSWER;) {
		const struct desk_events_row *e = &l->events[i];

		if (e->note && (is_act(e, (struct sop_act){ .task = SOP_TASK_DRAFT_ANSWER }) ||
				(action == ACT_ANSWER && e->action == ACT_UNIT_ANSWER))) {
			best = e;
		} else if (is_act(e, (struct sop_act){ .task = SOP_TASK_MINUTES_APPROVE })) {
			TRY(q_minutes_newest(c->db, c->a, l->r.id, &minutes, &found));
			if (found && minutes.state == MINUTES_APPROVED) {
				*ret = minutes.proposed_answer;
				return RC_OK;
			}
		}
	}
	*ret = best ? best->note : NULL;
	return RC_OK;
}
