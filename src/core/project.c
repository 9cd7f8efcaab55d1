/* SPDX-License-Identifier: Apache-2.0
 * project - applies one event to the projection. Everything here follows from the event alone.
 */
#include "core/project.h"

#include "core/access.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool project_data_int(const char *data, const char *name, int64_t *ret)
{
	char key[40];
	const char *at;
	char *end;
	long long v;

	if (!data)
		return false;
	snprintf(key, sizeof(key), "\"%s\":", name);
	/* Our own writer puts numbers first and escapes quotes in texts, so a key cannot be faked by a text. */
	at = strstr(data, key);
	if (!at)
		return false;
	at += strlen(key);
	v = strtoll(at, &end, 10);
	if (end == at)
		return false;
	*ret = v;
	return true;
}

static void move_holder(struct projection *p, const struct chain_event *e, enum level to_level)
{
	if (e->to_agency.v == 0)
		return;
	p->holder = e->to_agency;
	p->held_since_at = e->at;
	p->taken_by = (struct account_id){ 0 };
	switch (to_level) {
	case LEVEL_NONE:
	case LEVEL_NATIONAL:
		p->agency = p->opd = p->unit = (struct agency_id){ 0 };
		break;
	case LEVEL_AGENCY:
		p->agency = e->to_agency;
		p->opd = p->unit = (struct agency_id){ 0 };
		break;
	case LEVEL_OPD:
		p->opd = e->to_agency;
		p->unit = (struct agency_id){ 0 };
		break;
	case LEVEL_UNIT:
		p->unit = e->to_agency;
		break;
	}
}

static enum closer closer_of(enum role role)
{
	if (role == ROLE_SYSTEM)
		return CLOSED_BY_SYSTEM;
	return role == ROLE_CITIZEN ? CLOSED_BY_REPORTER : CLOSED_BY_ADMIN;
}

static void change_state(struct projection *p, const struct chain_event *e)
{
	bool was_open = p->state == STATE_NONE || state_is_open(p->state);

	/* Pending and archived remember where the report was; an archive after pending keeps what pending kept. */
	if (e->to != STATE_PENDING && e->to != STATE_ARCHIVED)
		p->resume_state = STATE_NONE;
	else if (p->state != e->to && p->state != STATE_PENDING)
		p->resume_state = p->state;
	p->state = e->to;
	p->queue = transition_queue(e->to);
	p->is_open = state_is_open(e->to);
	p->needs_action = transition_needs_action(e->to);
	if (p->is_open) {
		p->closer = CLOSER_NONE;
		p->closed_at = (struct instant){ 0 };
	} else if (was_open) {
		p->closer = closer_of(e->role);
		p->closed_at = e->at;
	}
}

static void read_data(struct projection *p, const struct chain_event *e)
{
	int64_t v;

	if (project_data_int(e->data, "class", &v))
		p->class = (enum class_)v;
	if (project_data_int(e->data, "category", &v))
		p->category.v = v;
	if (project_data_int(e->data, "visibility", &v))
		p->visibility = (enum visibility)v;
	if (project_data_int(e->data, "rating", &v))
		p->rating = (int)v;
	if (project_data_int(e->data, "sop", &v))
		p->sop.v = v;
	if (e->action == ACT_SETTLE && project_data_int(e->data, "agency", &v))
		p->agency.v = v;
}

static void set_once(struct instant *t, struct instant at)
{
	if (!instant_is_set(*t))
		*t = at;
}

static void mark_moments(struct projection *p, const struct chain_event *e, enum level to_level)
{
	const struct rule *rule = transition_find(e->action, e->from, e->role);

	bool is_settled = e->action == ACT_SETTLE;

	if (e->action == ACT_VERIFY || is_settled)
		set_once(&p->verified_at, e->at);
	if ((e->action == ACT_DISPOSE || e->action == ACT_REDISPOSE || is_settled) && to_level == LEVEL_OPD)
		p->disposed_at = e->at;
	if (e->action == ACT_FOLLOW_UP || e->action == ACT_ANSWER || is_settled)
		set_once(&p->first_follow_up_at, e->at);
	if (e->action == ACT_ANSWER || is_settled)
		p->answered_at = e->at;
	if (e->action == ACT_ARBITRATE)
		p->is_arbitrated = true;
	if (rule && (rule->effects & FX_TRANSFER))
		p->transfers++;
	if (e->action == ACT_ESCALATE)
		p->is_escalated = true;
	if (e->action == ACT_BLOCK)
		p->is_blocked = true;
	if (e->action == ACT_UNBLOCK)
		p->is_blocked = false;
	if (e->action == ACT_TAKE)
		p->taken_by = e->account;
}

/* An import says in one event what took many elsewhere; what it does not say stays unknown. */
static void take_import(struct projection *p, const struct chain_event *e, enum level to_level)
{
	int64_t v;

	if (project_data_int(e->data, "agency", &v) && to_level > LEVEL_AGENCY)
		p->agency.v = v;
	if (project_data_int(e->data, "closer", &v) && !p->is_open)
		p->closer = (enum closer)v;
	if (project_data_int(e->data, "blocked", &v))
		p->is_blocked = v != 0;
	if (project_data_int(e->data, "verified", &v) && v)
		set_once(&p->verified_at, e->at);
	if (to_level == LEVEL_OPD)
		p->disposed_at = e->at;
	if (e->to == STATE_IN_PROGRESS || e->to == STATE_ANSWERED || e->to == STATE_CLOSED)
		set_once(&p->first_follow_up_at, e->at);
	if (e->to == STATE_ANSWERED || e->to == STATE_CLOSED)
		p->answered_at = e->at;
}

const struct sop_book *project_move(const struct projection *before, const struct projection *after,
				    const struct chain_event *e, const struct sop_shelf *sops, struct sop_move *ret)
{
	const struct sop_book *book = sop_shelf_find(sops, after->sop);
	struct sop_event what = {
		.act.action = e->action, .by = e->role, .to = e->to, .is_moved = before->holder.v != after->holder.v,
	};
	size_t at = before->sop.v == after->sop.v && before->sop_step > 0 ? (size_t)before->sop_step - 1 : SOP_END;

	if (!book)
		return NULL;
	if (e->action == ACT_TASK) {
		what.act.action = ACT_NONE;
		if (e->reason)
			(void)sop_task_parse(e->reason, &what.act.task);
	}
	sop_run_next(book->sop, at < book->sop->step_n ? at : SOP_END, &what, ret);
	return book;
}

static void move_in_sop(struct projection *p, const struct projection *before, const struct chain_event *e,
			const struct sop_shelf *sops)
{
	struct sop_move m;

	if (!project_move(before, p, e, sops, &m)) {
		p->sop_step = 0;
		p->step_since_at = (struct instant){ 0 };
		return;
	}
	p->sop_step = m.step == SOP_END ? 0 : (int64_t)m.step + 1;
	if (m.is_entered)
		p->step_since_at = e->at;
	else if (m.step == SOP_END)
		p->step_since_at = (struct instant){ 0 };
}

void project_event(struct projection *p, const struct chain_event *e, enum level to_level,
		   const struct sop_shelf *sops)
{
	const struct projection before = *p;

	move_holder(p, e, to_level);
	change_state(p, e);
	read_data(p, e);
	mark_moments(p, e, to_level);
	if (e->action == ACT_IMPORT)
		take_import(p, e, to_level);
	if (p->sop.v || before.sop.v)
		move_in_sop(p, &before, e, sops);
	p->version = e->seq;
	p->changed_at = e->at;
	p->is_public = access_is_public(p->visibility, instant_is_set(p->verified_at), p->is_blocked);
}
