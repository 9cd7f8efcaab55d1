/* SPDX-License-Identifier: Apache-2.0
 * change_check - may this person do this to this report now, and is everything there that it needs?
 *
 * The order matters: what a person may not see does not exist for him; then what changed meanwhile; then rights, the
 * table, and what the form has to carry.
 */
#include <string.h>

#include "app/change.h"
#include "base/utf8.h"
#include "core/redact.h"
#include "query_event.h"
#include "query_lookup.h"
#include "query_report.h"

static unsigned access_bits(const struct change *ch)
{
	const struct projection *b = &ch->before;
	const struct access_report r = {
		.state = b->state, .class = b->class, .visibility = b->visibility, .is_public = b->is_public,
		.is_blocked = b->is_blocked, .holder = b->holder, .agency = b->agency, .opd = b->opd, .unit = b->unit,
	};
	const struct access_person p = { ch->c->who.role, ch->c->who.agency, ch->knows_code };

	return access_to(&r, &p);
}

/* Reminders, notes and openings of the identity do not count as a change: no decision is undone by them. */
static enum rc check_version(struct change *ch)
{
	struct event_count_since_row since;
	struct ctx *c = ch->c;

	if (ch->in->seen_version < 0 || ch->in->seen_version == ch->before.version)
		return RC_OK;
	TRY(q_event_count_since(c->db, c->a, &(struct event_count_since_args){
		.report_id = ch->report, .seen_version = ch->in->seen_version, .reminder = ACT_REMIND,
		.note = ACT_NOTE, .reveal = ACT_REVEAL, .task = ACT_TASK, .recount = ACT_RECOUNT }, &since));
	if (since.n > 0 || ch->in->seen_version > ch->before.version)
		return ctx_refuse(c, RC_CONFLICT, changed_meanwhile);
	return RC_OK;
}

/* Holder's line for officers; the table alone decides for the reporter and the system. */
static enum rc check_right(struct change *ch, unsigned bits)
{
	enum role role = ch->c->who.role;

	if (role == ROLE_CITIZEN || role == ROLE_SYSTEM)
		return RC_OK;
	/* Those around the line, too, do what the SOP names for them. */
	bool is_beside = ch->in->action == ACT_NOTE || ch->in->action == ACT_TASK;
	unsigned need = ch->in->action == ACT_REVEAL ? ACCESS_REVEAL : is_beside ? ACCESS_INTERNAL : ACCESS_ACT;
	return (bits & need) ? RC_OK : ctx_refuse(ch->c, RC_DENIED, not_allowed);
}

static enum rc check_rule(struct change *ch)
{
	const struct act_in *in = ch->in;
	struct ctx *c = ch->c;

	ch->rule = transition_find(in->action, ch->before.state, c->who.role);
	if (ch->rule)
		return RC_OK;
	if (in->action == ACT_CLOSE && ch->before.is_open)
		return ctx_refuse(c, RC_CONFLICT, close_needs_answer);
	return ctx_refuse(c, RC_CONFLICT, not_possible_now);
}

/* What the system and a reporter who gives no reason are taken to mean. */
static const char *default_reason(const struct change *ch)
{
	enum role role = ch->c->who.role;

	switch ((int)ch->in->action) {
	case ACT_EXPIRE: return "not_completed";
	case ACT_CLOSE: return role == ROLE_SYSTEM ? "no_reply" : role == ROLE_CITIZEN ? "solved" : NULL;
	case ACT_WITHDRAW: return "other";
	case ACT_REOPEN: return role == ROLE_CITIZEN ? "not_solved" : NULL;
	default: return NULL;
	}
}

static bool is_given(const char *s)
{
	return s && *s;
}

/* A reason of the list, a text, or both, as the action needs; "other" alone says nothing. */
static enum rc check_words(struct change *ch)
{
	const struct act_in *in = ch->in;
	struct ctx *c = ch->c;
	bool has_list = act_reasons(in->action) != NULL || in->action == ACT_TASK, has_note = is_given(in->note);
	const char *reason = is_given(in->reason) ? in->reason : NULL;

	if (has_note && utf8_length(in->note) > REPORT_NOTE_MAX)
		return ctx_refuse(c, RC_INVALID, text_too_long);
	if (c->who.role == ROLE_SYSTEM) { /* the runner's own words */
		ch->reason = reason ? reason : default_reason(ch);
		return RC_OK;
	}
	if (!has_list)
		reason = NULL;
	else if (in->action == ACT_TASK) /* change_sop.c knows the words */
		reason = reason ? reason : "";
	else if (reason && !change_reason_is_known(in->action, reason))
		return ctx_refuse(c, RC_INVALID, reason_required);
	else if (!reason)
		reason = default_reason(ch) ? default_reason(ch) : has_note ? "other" : NULL;
	if (action_text_need(in->action) == TEXT_REQUIRED) {
		if (has_list && !reason)
			return ctx_refuse(c, RC_INVALID, reason_required);
		if (!has_note && (!has_list || (c->who.role != ROLE_CITIZEN && strcmp(reason, "other") == 0)))
			return ctx_refuse(c, RC_INVALID, text_required);
	}
	ch->reason = reason;
	return RC_OK;
}

static enum rc check_target(struct change *ch)
{
	const struct projection *b = &ch->before;
	struct agency_target_row t;
	struct ctx *c = ch->c;
	enum level level = state_level(ch->rule->to);

	if (ch->in->to.v == 0)
		return ctx_refuse(c, RC_INVALID, target_required);
	enum rc rc = q_agency_target(c->db, c->a, ch->in->to, &t);
	if (rc == RC_NOT_FOUND)
		return ctx_refuse(c, RC_INVALID, target_required);
	TRY(rc);
	struct agency_id now = level == LEVEL_AGENCY ? b->agency : level == LEVEL_OPD ? b->opd : b->unit;
	bool is_elsewhere = !(ch->rule->effects & FX_MOVE_ACROSS) || t.id.v != now.v;
	if (t.level != level || !t.is_active || t.parent_id.v != c->who.agency.v || !is_elsewhere)
		return ctx_refuse(c, RC_INVALID, target_wrong_level);
	ch->to = t.id;
	ch->to_level = level;
	return RC_OK;
}

static enum rc find_parent(struct change *ch)
{
	struct agency_by_id_row own, up;
	struct ctx *c = ch->c;

	TRY(q_agency_by_id(c->db, c->a, ch->before.holder, &own));
	TRY(q_agency_by_id(c->db, c->a, own.parent_id, &up));
	ch->to = up.id;
	ch->to_level = up.level;
	return RC_OK;
}

static enum rc check_category(struct change *ch)
{
	struct category_by_id_row row;
	struct ctx *c = ch->c;

	if (ch->in->category.v == 0)
		return RC_OK;
	enum rc rc = q_category_by_id(c->db, c->a, ch->in->category, &row);
	if (rc == RC_NOT_FOUND || (rc == RC_OK && !row.is_active))
		return ctx_refuse(c, RC_INVALID, category_required);
	return rc;
}

/* The public text: what the officer wrote, else what there is, else the citizen's with personal data masked. */
static enum rc choose_public_text(struct change *ch)
{
	struct report_texts_row t;
	struct ctx *c = ch->c;

	ch->public_title = is_given(ch->in->public_title) ? ch->in->public_title : NULL;
	ch->public_body = is_given(ch->in->public_body) ? ch->in->public_body : NULL;
	if ((ch->public_title && utf8_length(ch->public_title) > REPORT_TITLE_MAX) ||
	    (ch->public_body && utf8_length(ch->public_body) > REPORT_BODY_MAX))
		return ctx_refuse(c, RC_INVALID, text_too_long);
	if (ch->in->action == ACT_EDIT_TEXT)
		return RC_OK;
	TRY(q_report_texts(c->db, c->a, ch->report, &t));
	if (!ch->public_title && !t.public_title)
		ch->public_title = redact_mask(c->a, t.title);
	if (!ch->public_body && !t.public_body)
		ch->public_body = redact_mask(c->a, t.body);
	return RC_OK;
}

/* SOP tjt-20#2a, tjt-20#2b, tjt-20#2c */
static enum rc check_verify(struct change *ch)
{
	const struct act_in *in = ch->in;
	const struct projection *b = &ch->before;
	struct ctx *c = ch->c;
	bool first = !instant_is_set(b->verified_at);

	if (!in->checked_relevant || !in->checked_complete || !in->checked_clear)
		return ctx_refuse(c, RC_INVALID, checklist_required);
	if (first && in->visibility == VISIBILITY_NONE)
		return ctx_refuse(c, RC_INVALID, visibility_required);
	if (in->class == CLASS_NONE && b->class == CLASS_NONE)
		return ctx_refuse(c, RC_INVALID, class_required);
	if (in->category.v == 0 && b->category.v == 0)
		return ctx_refuse(c, RC_INVALID, category_required);
	return RC_OK;
}

static bool is_aspiration(const struct change *ch)
{
	return ch->before.class == CLASS_ASPIRATION ||
	       (ch->before.class == CLASS_NONE && ch->kind == KIND_ASPIRATION);
}

static enum rc check_reopen(struct change *ch)
{
	struct ctx *c = ch->c;

	if (c->who.role != ROLE_CITIZEN)
		return RC_OK;
	struct instant until = clock_due(c->calendar, ch->rules->reopen, ch->before.closed_at, 0);
	return c->now.ms > until.ms ? ctx_refuse(c, RC_CONFLICT, reopen_too_late) : RC_OK;
}

static enum rc check_visibility(struct change *ch)
{
	enum visibility wanted = ch->in->visibility;

	if (wanted == VISIBILITY_NONE)
		return ctx_refuse(ch->c, RC_INVALID, visibility_required);
	/* The reporter may ask for more protection; only an officer lifts it. */
	if (ch->c->who.role == ROLE_CITIZEN && wanted < ch->before.visibility)
		return ctx_refuse(ch->c, RC_DENIED, not_allowed);
	return RC_OK;
}

static enum rc check_by_action(struct change *ch)
{
	const struct act_in *in = ch->in;
	struct ctx *c = ch->c;

	switch ((int)in->action) {
	case ACT_VERIFY:
		return check_verify(ch);
	case ACT_SETTLE:
		return change_settle_check(ch);
	case ACT_ARCHIVE:
		return is_aspiration(ch) ? ctx_refuse(c, RC_INVALID, aspiration_not_archived) : RC_OK;
	case ACT_REOPEN:
		return check_reopen(ch);
	case ACT_OMBUDSMAN_CONSENT:
	case ACT_OMBUDSMAN_SENT:
		return ch->before.is_escalated ? RC_OK : ctx_refuse(c, RC_CONFLICT, not_possible_now);
	case ACT_RATE:
		return in->rating < 1 || in->rating > 5 ? ctx_refuse(c, RC_INVALID, rating_range) : RC_OK;
	case ACT_RECLASSIFY:
		return in->class == CLASS_NONE && in->category.v == 0 ? ctx_refuse(c, RC_INVALID, class_required) :
									RC_OK;
	case ACT_SET_VISIBILITY:
		return check_visibility(ch);
	case ACT_EDIT_TEXT:
		return is_given(in->public_title) || is_given(in->public_body) ?
			       RC_OK : ctx_refuse(c, RC_INVALID, text_required);
	default:
		return RC_OK;
	}
}

enum rc change_check(struct change *ch)
{
	struct ctx *c = ch->c;
	unsigned bits = 0;

	if (ch->in->action == ACT_SETTLE)
		TRY(change_settle_check_right(ch));
	else if (c->who.role != ROLE_SYSTEM) {
		bits = access_bits(ch);
		if (!(bits & ACCESS_SEE))
			return ctx_refuse(c, RC_NOT_FOUND, not_found);
	}
	TRY(check_version(ch));
	if (ch->in->action != ACT_SETTLE)
		TRY(check_right(ch, bits));
	TRY(check_rule(ch));
	TRY(check_words(ch));
	TRY(change_sop_check(ch));
	TRY(change_transfer_check(ch));
	TRY(check_by_action(ch));
	TRY(check_category(ch));
	if (ch->in->action != ACT_SETTLE && (ch->rule->effects & (FX_MOVE_DOWN | FX_MOVE_ACROSS)))
		TRY(check_target(ch));
	if (ch->rule->effects & FX_MOVE_UP)
		TRY(find_parent(ch));
	if (ch->in->action == ACT_VERIFY || ch->in->action == ACT_EDIT_TEXT || ch->in->action == ACT_SETTLE)
		TRY(choose_public_text(ch));
	return RC_OK;
}
