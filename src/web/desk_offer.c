/* SPDX-License-Identifier: Apache-2.0
 * desk_offer - the forms of the report page: what the transition table allows this person now, and
 * nothing else. Whether it may really be done is decided again by app/act.
 */
#include <string.h>

#include "app/act.h"
#include "app/settings.h"
#include "core/access.h"
#include "core/redact.h"
#include "i18n/vocab.h"
#include "web/desk_parts.h"
#include "web/desk_sop.h"
#include "web/desk_transfers.h"

/* How each small form looks; in the order they stand on the page, main ones first. */
static const struct look {
	enum action action;
	enum msg title, hint, note, button; /* note MSG_NONE: no text is asked */
	bool takes_target, takes_files, is_grave, is_main;
} looks[] = {
#define LOOK(ACTION, word, ...) \
	{ .action = ACT_##ACTION, .title = MSG_desk_act_##word##_title, .hint = MSG_desk_act_##word##_hint, \
	  .button = MSG_desk_act_##word##_button, __VA_ARGS__ }
#define LOOK_NOTE(ACTION, word, ...) LOOK(ACTION, word, .note = MSG_desk_act_##word##_note, __VA_ARGS__)
	LOOK_NOTE(ARBITRATE, arbitrate, .takes_target = true, .is_main = true),
	LOOK_NOTE(DISPOSE, dispose, .takes_target = true, .is_main = true),
	LOOK_NOTE(ANSWER, answer, .takes_files = true, .is_main = true),
	LOOK_NOTE(UNIT_ANSWER, unit_answer, .takes_files = true, .is_main = true),
	LOOK_NOTE(FOLLOW_UP, follow_up, .takes_files = true, .is_main = false),
	LOOK_NOTE(FORWARD_UNIT, forward_unit, .takes_target = true),
	LOOK(TAKE, take, .is_main = false),
	LOOK_NOTE(COMPLETE, complete, .is_main = true),
	LOOK_NOTE(PEND, pend, .is_main = false),
	LOOK_NOTE(RETURN_UP, return_up, .is_main = false),
	LOOK_NOTE(REDISPOSE, redispose, .takes_target = true),
	LOOK(SET_VISIBILITY, set_visibility, .is_main = false),
	LOOK_NOTE(RECLASSIFY, reclassify, .is_main = false),
	LOOK_NOTE(CLOSE, close, .is_main = false),
	LOOK_NOTE(REOPEN, reopen, .is_main = true),
	LOOK_NOTE(ARCHIVE, archive, .is_grave = true),
	LOOK_NOTE(BLOCK, block, .is_grave = true),
	LOOK_NOTE(UNBLOCK, unblock, .is_main = false),
#undef LOOK
#undef LOOK_NOTE
};

static bool is_offered(const struct desk_loaded *l, enum action action)
{
	const struct desk_report_row *r = &l->r;

	if (!desk_load_may(l, action))
		return false;
	switch ((int)action) {
	case ACT_BLOCK: return !r->is_blocked;
	case ACT_UNBLOCK: return r->is_blocked;
	case ACT_DISPOSE: return !desk_load_may(l, ACT_VERIFY);
	/* Suggestions are answered, not archived (E8). */
	case ACT_ARCHIVE: return r->class != CLASS_ASPIRATION && !(r->class == CLASS_NONE && r->kind == KIND_ASPIRATION);
	default: return true;
	}
}

/* Where it may not be sent again: where it is already. */
static struct agency_id taken_target(const struct ctx *c, const struct desk_report_row *r)
{
	switch (role_level(c->who.role)) {
	case LEVEL_NATIONAL: return r->agency_id;
	case LEVEL_AGENCY: return r->opd_id;
	case LEVEL_OPD: return r->unit_id;
	case LEVEL_NONE:
	case LEVEL_UNIT: break;
	}
	return (struct agency_id){ 0 };
}

static enum rc fill_choices(struct ctx *c, const struct desk_loaded *l, const struct look *k, const struct desk_typed *t,
			    struct desk_action *a)
{
	struct agency_id skip = { 0 };

	if (k->action == ACT_REDISPOSE)
		skip = taken_target(c, &l->r);
	a->reasons = desk_parts_reasons(c, k->action, t ? t->reason : NULL);
	if (k->takes_target)
		a->targets = desk_parts_children_but(c, c->who.agency, t ? t->to : 0, skip);
	if (k->action == ACT_SET_VISIBILITY)
		a->visibilities = desk_parts_visibilities(c, l->r.asked_visibility,
							  t && t->visibility ? t->visibility : l->r.visibility);
	if (k->action == ACT_RECLASSIFY) {
		a->classes = desk_parts_classes(c, t && t->class ? t->class : l->r.class);
		a->categories = desk_parts_categories(c, msg_desk_choose(c->lang),
						      t && t->category ? t->category : l->r.category_id.v);
	}
	return RC_OK;
}

static enum text_need note_need(const struct look *k, const struct desk_action *a)
{
	if (k->note == MSG_NONE)
		return TEXT_NONE;
	/* With a list of reasons the text explains it; only "other" needs one, and app/act says so. */
	if (a->reasons.n > 0)
		return TEXT_OPTIONAL;
	return action_text_need(k->action);
}

static bool names_action(const struct sop_step *step, enum action action)
{
	for (size_t i = 0; i < step->act_n; i++)
		if (step->acts[i].task == SOP_TASK_NONE && step->acts[i].action == action)
			return true;
	return false;
}

/* "Langkah 3: Beri respon awal" (SOP lumajang#3): where it is, the action has the name of the step that asks for it. */
static const char *step_of(struct ctx *c, const struct desk_loaded *l, enum action action)
{
	const struct sop_act act = { .action = action };
	size_t at, step;
	const struct sop *s = desk_sop_of(c, &l->r, &at);
	const char *made;
	struct buf b;

	if (!s || at == SOP_END || !sop_run_names(s, at, act, c->who.role))
		return NULL;
	step = at;
	for (size_t i = at + 1; i < s->step_n && sop_step_is_part(&s->steps[i]) && step == at; i++)
		if (names_action(&s->steps[i], action))
			step = i;
	buf_init(&b, 1024);
	msg_desk_sop_by_step(&b, c->lang, c->settings->zone, s->steps[step].id, s->steps[step].name);
	made = arena_strdup(c->a, buf_cstr(&b));
	buf_done(&b);
	return made;
}

static enum rc make_action(struct ctx *c, const struct desk_loaded *l, const struct look *k, const struct desk_typed *typed,
			   struct desk_action *ret)
{
	const struct desk_typed *t = typed && typed->action == k->action && !typed->is_verify_form ? typed : NULL;
	struct desk_action a = {
		.action = k->action,
		.word = action_word(k->action),
		.title = msg_text(c->lang, k->title),
		.hint = msg_text(c->lang, k->hint),
		.note_label = k->note == MSG_NONE ? NULL : msg_text(c->lang, k->note),
		.button = msg_text(c->lang, k->button),
		.takes_files = k->takes_files,
		.is_grave = k->is_grave,
		.is_open = t != NULL,
		.note = t ? t->note : NULL,
		.problem = t ? t->problem : NULL,
		.step = step_of(c, l, k->action),
	};

	if (!t)
		TRY(desk_sop_draft(c, l, k->action, &a.note));
	TRY(fill_choices(c, l, k, t, &a));
	a.note_need = note_need(k, &a);
	*ret = a;
	return RC_OK;
}

static enum rc offer_actions(struct ctx *c, const struct desk_loaded *l, const struct desk_typed *typed,
			     struct desk_report *p)
{
	struct desk_action *all = arena_new_many(c->a, struct desk_action, ARRAY_LEN(looks));
	bool mine = l->r.holder_id.v == c->who.agency.v;
	bool opened = typed != NULL || !mine || desk_load_may(l, ACT_VERIFY);

	for (size_t i = 0; i < ARRAY_LEN(looks); i++) {
		struct desk_action *a = &all[p->n_actions];

		if (!is_offered(l, looks[i].action))
			continue;
		TRY(make_action(c, l, &looks[i], typed, a));
		if (looks[i].takes_target && a->targets.n == 0)
			continue; /* nobody is below this node */
		/* The first main form stands open, so that the usual next step is one glance away. */
		if (!opened && looks[i].is_main)
			opened = a->is_open = true;
		p->n_actions++;
	}
	p->actions = all;
	return RC_OK;
}

/* Usual classes for what the citizen called it; the officer decides. */
static enum class_ class_of_kind(enum kind k)
{
	switch (k) {
	case KIND_ASPIRATION: return CLASS_ASPIRATION;
	case KIND_INFORMATION: return CLASS_INFORMATION;
	case KIND_COMPLAINT: return CLASS_COMPLAINT;
	case KIND_NONE:
	case KIND_UNSURE: break;
	}
	return CLASS_NONE;
}

/* Nothing is preselected where a slip would hurt: personal data in the text, or a wish for protection. */
static enum visibility preselected(const struct desk_loaded *l, int private_found)
{
	const struct desk_report_row *r = &l->r;

	if (instant_is_set(r->verified_at))
		return private_found > 0 ? VISIBILITY_NONE : r->visibility;
	return VISIBILITY_NONE;
}

static const char *or_else(const char *a, const char *b)
{
	return a ? a : b;
}

static enum rc offer_verify(struct ctx *c, const struct desk_loaded *l, const struct desk_typed *typed,
			    struct desk_report *p)
{
	const struct desk_typed *t = typed && typed->is_verify_form ? typed : NULL;
	const struct desk_report_row *r = &l->r;
	struct desk_verify *v = &p->verify;
	enum class_ class = r->class ? r->class : class_of_kind(r->kind);

	if (!desk_load_may(l, ACT_VERIFY))
		return RC_OK;
	*v = (struct desk_verify){
		.is_shown = true,
		.title = t ? t->title : or_else(r->public_title, redact_mask(c->a, r->title)),
		.body = t ? t->body : or_else(r->public_body, redact_mask(c->a, r->body)),
		.note = t ? t->note : NULL,
		.chosen = t ? t->visibility : preselected(l, p->private_found),
		.asked = r->asked_visibility,
		.relevant = t && t->relevant,
		.complete = t && t->complete,
		.clear = t && t->clear,
		.private_found = p->private_found,
		.problem = t ? t->problem : NULL,
	};
	v->classes = desk_parts_classes(c, t && t->class ? t->class : class);
	v->categories = desk_parts_categories(c, msg_desk_choose(c->lang), t ? t->category : r->category_id.v);
	v->targets = desk_parts_children(c, c->who.agency, NULL, t ? t->to : r->asked_agency_id.v);
	v->can_dispose = desk_options_more_than(&v->targets, 0) && !desk_transfers_stuck(c, r);
	return RC_OK;
}

static void offer_edit(struct ctx *c, const struct desk_loaded *l, const struct desk_typed *typed, struct desk_report *p)
{
	const struct desk_typed *t = typed && typed->action == ACT_EDIT_TEXT ? typed : NULL;
	const struct desk_report_row *r = &l->r;

	p->can_edit = desk_load_may(l, ACT_EDIT_TEXT) && !p->verify.is_shown && (l->bits & ACCESS_ORIGINAL);
	if (!p->can_edit)
		return;
	p->edit_title = t ? t->title : or_else(r->public_title, redact_mask(c->a, r->title));
	p->edit_body = t ? t->body : or_else(r->public_body, redact_mask(c->a, r->body));
	p->edit_problem = t ? t->problem : NULL;
}

static void offer_note_and_reveal(struct ctx *c, const struct desk_loaded *l, const struct desk_typed *typed,
				  struct desk_report *p)
{
	const struct desk_typed *note = typed && typed->action == ACT_NOTE ? typed : NULL;
	const struct desk_typed *reveal = typed && typed->action == ACT_REVEAL ? typed : NULL;

	p->can_note = desk_load_may(l, ACT_NOTE);
	p->note_typed = note ? note->note : NULL;
	p->note_problem = note ? note->problem : NULL;
	p->can_reveal = desk_load_may(l, ACT_REVEAL);
	p->reveal_reasons = desk_parts_reasons(c, ACT_REVEAL, reveal ? reveal->reason : NULL);
	p->reveal_note = reveal ? reveal->note : NULL;
	p->reveal_problem = reveal ? reveal->problem : NULL;
}

static const char *home_of_task(const struct desk_typed *t, const struct desk_report *p)
{
	for (size_t i = 0; p->sop && i < p->sop->n_tasks; i++)
		if (strcmp(p->sop->tasks[i].word, t->task) == 0)
			return p->sop->tasks[i].form_id;
	return NULL;
}

/* The id of the form it came from; NULL when that form is gone by now. */
static const char *home_of(const struct desk_typed *t, const struct desk_report *p)
{
	if (t->is_verify_form)
		return p->verify.is_shown ? "verifikasi" : NULL;
	if (t->action == ACT_EDIT_TEXT)
		return p->can_edit ? "redaksi" : NULL;
	if (t->action == ACT_NOTE)
		return p->can_note ? "catatan-baru" : NULL;
	if (t->action == ACT_REVEAL)
		return p->can_reveal ? "buka" : NULL;
	if (t->action == ACT_TASK)
		return home_of_task(t, p);
	for (size_t i = 0; i < p->n_actions; i++)
		if (p->actions[i].action == t->action)
			return p->actions[i].word;
	return NULL;
}

/* A form that is gone must not take what was typed with it. */
void desk_offer_refusal(const struct desk_typed *t, struct desk_report *p)
{
	p->refused_at = home_of(t, p);
	if (p->refused_at) {
		p->refused = t->problem;
		return;
	}
	p->problem = t->problem;
	p->lost_title = t->title;
	p->lost_text = t->body && *t->body ? t->body : t->note;
}

enum rc desk_offer_forms(struct ctx *c, const struct desk_loaded *l, const struct desk_typed *typed, struct desk_report *p)
{
	TRY(offer_verify(c, l, typed, p));
	offer_edit(c, l, typed, p);
	offer_note_and_reveal(c, l, typed, p);
	TRY(offer_actions(c, l, typed, p));
	return RC_OK;
}
