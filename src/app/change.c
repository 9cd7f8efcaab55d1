/* SPDX-License-Identifier: Apache-2.0
 * change - loads, projects, writes and records one transition. What is allowed is decided in change_check.c.
 */
#include "app/change.h"
#include "app/ombudsman.h"

#include "base/buf.h"
#include "base/hash.h"
#include "core/figure.h"
#include "query_counter.h"
#include "query_event.h"
#include "query_lookup.h"
#include "query_report.h"

enum rc change_load(struct change *ch, struct report_id id)
{
	struct report_lock_row r;
	struct ctx *c = ch->c;
	enum rc rc = q_report_lock(c->db, c->a, id, &r);

	if (rc == RC_NOT_FOUND)
		return ctx_refuse(c, rc, not_found);
	TRY(rc);
	ch->report = r.id;
	ch->kind = r.kind;
	ch->reporter = r.reporter_id;
	ch->received_at = r.received_at;
	ch->rules = rules_by_id(r.ruleset);
	if (!ch->rules)
		ch->rules = rules_on(instant_day(r.received_at, calendar_zone(c->calendar)));
	ch->before = (struct projection){
		.version = r.version, .state = r.state, .resume_state = r.resume_state, .queue = r.queue,
		.is_open = r.is_open, .needs_action = r.needs_action, .is_public = r.is_public,
		.is_blocked = r.is_blocked, .is_escalated = r.is_escalated, .holder = r.holder_id,
		.agency = r.agency_id, .opd = r.opd_id, .unit = r.unit_id, .taken_by = r.taken_by,
		.class = r.class, .category = r.category_id, .visibility = r.visibility,
		.is_arbitrated = r.is_arbitrated, .transfers = r.transfers, .closer = r.closer, .rating = (int)r.rating,
		.held_since_at = r.held_since_at, .verified_at = r.verified_at, .disposed_at = r.disposed_at,
		.first_follow_up_at = r.first_follow_up_at, .answered_at = r.answered_at,
		.closed_at = r.closed_at, .changed_at = r.changed_at,
		.sop = r.sop_id, .sop_step = r.sop_step, .step_since_at = r.step_since_at,
	};
	ch->asked = r.asked_agency_id;
	return change_sop_load(ch);
}

/* Who may read the text of such an event. Private unless it was written for everyone. */
static enum audience audience_of(enum action action, const char *reason)
{
	switch ((int)action) {
	case ACT_SUBMIT: case ACT_VERIFY: case ACT_DISPOSE: case ACT_FORWARD_UNIT: case ACT_FOLLOW_UP:
	case ACT_ANSWER: case ACT_CLOSE: case ACT_RATE: case ACT_ESCALATE: case ACT_IMPORT: case ACT_SETTLE:
		return AUDIENCE_PUBLIC;
	case ACT_NOTE: case ACT_REVEAL: case ACT_TAKE: case ACT_UNIT_ANSWER: case ACT_EDIT_TEXT:
	case ACT_TASK:
		return AUDIENCE_INTERNAL;
	case ACT_REMIND:
		return reason && strcmp(reason, "ombudsman") == 0 ? AUDIENCE_INTERNAL : AUDIENCE_REPORTER;
	default:
		return AUDIENCE_REPORTER;
	}
}

static void data_key(struct buf *b, const char *name)
{
	buf_str(b, b->n ? ",\"" : "{\"");
	buf_str(b, name);
	buf_lit(b, "\":");
}

static void data_change(struct buf *b, const char *name, int64_t old, int64_t new)
{
	if (new == 0 || new == old)
		return;
	data_key(b, name);
	buf_int(b, new);
	if (old == 0)
		return;
	buf_printf(b, ",\"old_%s\":", name);
	buf_int(b, old);
}

static void data_text(struct buf *b, const char *name, const char *text)
{
	data_key(b, name);
	buf_char(b, '"');
	for (const char *s = text; *s; s++) {
		if (*s == '"' || *s == '\\')
			buf_char(b, '\\');
		if ((unsigned char)*s < 0x20)
			buf_printf(b, "\\u%04x", (unsigned)(unsigned char)*s);
		else
			buf_char(b, *s);
	}
	buf_char(b, '"');
}

/* Numbers first, then the public texts that are replaced: what core/project reads, and what was there before. */
static enum rc event_data(struct change *ch, const char **ret)
{
	const struct act_in *in = ch->in;
	struct report_texts_row old;
	struct buf b;

	buf_init(&b, 128 * 1024);
	data_change(&b, "class", ch->before.class, ch->class != CLASS_NONE ? ch->class : in->class);
	data_change(&b, "category", ch->before.category.v, in->category.v);
	data_change(&b, "visibility", ch->before.visibility, in->visibility);
	if (in->action == ACT_RATE)
		data_change(&b, "rating", 0, in->rating);
	data_change(&b, "agency", 0, ch->agency.v);
	if (ch->sop.v != ch->before.sop.v) {
		data_key(&b, "sop");
		buf_int(&b, ch->sop.v);
	}
	if (in->digest)
		data_text(&b, "digest", in->digest);
	if (ch->public_title || ch->public_body) {
		TRY(q_report_texts(ch->c->db, ch->c->a, ch->report, &old));
		if (ch->public_title && old.public_title)
			data_text(&b, "old_title", old.public_title);
		if (ch->public_body && old.public_body)
			data_text(&b, "old_body", old.public_body);
	}
	*ret = NULL;
	if (b.n > 0) {
		buf_char(&b, '}');
		*ret = arena_strdup(ch->c->a, buf_cstr(&b));
	}
	buf_done(&b);
	return RC_OK;
}

enum rc change_project(struct change *ch)
{
	struct ctx *c = ch->c;
	const char *data;

	change_sop_bind(ch);
	TRY(event_data(ch, &data));
	ch->e = (struct chain_event){
		.report = ch->report, .seq = ch->before.version + 1, .at = c->now, .action = ch->in->action,
		.role = ch->rule->by, .account = c->who.account, .agency = c->who.agency,
		.from = ch->before.state, .to = transition_target(ch->rule, ch->before.resume_state),
		.to_agency = ch->to, .audience = audience_of(ch->in->action, ch->reason),
		.reason = ch->reason, .note = ch->in->note, .data = data,
	};
	ch->after = ch->before;
	project_event(&ch->after, &ch->e, ch->to_level, c->sops);
	change_clocks_apply(ch);
	return RC_OK;
}

enum rc change_write_row(struct change *ch)
{
	const struct projection *p = &ch->after;
	struct ctx *c = ch->c;
	int64_t changed;

	TRY(q_report_project(c->db, &(struct report_project_args){
		.id = ch->report, .seen_version = ch->before.version, .state = p->state,
		.resume_state = p->resume_state, .version = p->version, .queue = p->queue, .is_open = p->is_open,
		.needs_action = p->needs_action, .holder_id = p->holder, .agency_id = p->agency, .opd_id = p->opd,
		.unit_id = p->unit, .taken_by = p->taken_by, .class = p->class, .category_id = p->category,
		.visibility = p->visibility, .is_public = p->is_public, .is_blocked = p->is_blocked,
		.is_escalated = p->is_escalated, .transfers = p->transfers, .closer = p->closer,
		.rating = p->rating, .held_since_at = p->held_since_at, .due_at = ch->due_at,
		.verified_at = p->verified_at, .disposed_at = p->disposed_at,
		.first_follow_up_at = p->first_follow_up_at, .answered_at = p->answered_at,
		.closed_at = p->closed_at, .changed_at = p->changed_at, .sop_id = p->sop, .sop_step = p->sop_step,
		.step_since_at = p->step_since_at, .is_arbitrated = p->is_arbitrated,
		.public_title = ch->public_title, .public_body = ch->public_body,
	}, &changed));
	if (changed != 1)
		return ctx_refuse(c, RC_CONFLICT, changed_meanwhile);
	if (ch->in->action == ACT_SET_VISIBILITY && c->who.role == ROLE_CITIZEN)
		TRY(q_report_set_asked(c->db, &(struct report_set_asked_args){
			.id = ch->report, .asked_visibility = ch->in->visibility }, NULL));
	return RC_OK;
}

static enum rc record_event(struct change *ch)
{
	const struct chain_event *e = &ch->e;
	struct ctx *c = ch->c;
	struct hash previous, hash;
	struct event_hash_row last;

	if (e->seq > 1) {
		TRY(q_event_hash(c->db, c->a, &(struct event_hash_args){ e->report, e->seq - 1 }, &last));
		if (last.hash.n != HASH_BYTES)
			return err_set(&c->err, RC_FAILED, REFUSE_internal, "event hash of wrong length");
		memcpy(previous.b, last.hash.p, HASH_BYTES);
	}
	hash = chain_hash(e->seq > 1 ? &previous : NULL, e);
	return q_event_insert(c->db, &(struct event_insert_args){
		.report_id = e->report, .seq = e->seq, .at = e->at, .action = e->action, .role = e->role,
		.account_id = e->account, .agency_id = e->agency, .from_state = e->from, .to_state = e->to,
		.to_agency_id = e->to_agency, .audience = e->audience, .reason = e->reason, .note = e->note,
		.data = e->data, .hash = { hash.b, HASH_BYTES },
	}, NULL);
}

static enum rc count_queue(struct change *ch, const struct projection *p, int64_t delta)
{
	if (p->queue == QUEUE_NONE)
		return RC_OK;
	return q_queue_count_add(ch->c->db, &(struct queue_count_add_args){
		.agency_id = p->holder, .queue = p->queue, .delta = delta }, NULL);
}

/* Always in the same order, so that two who move reports to and fro do not wait for each other. */
static enum rc count_queues(struct change *ch)
{
	const struct projection *b = &ch->before, *a = &ch->after;
	bool is_up = b->holder.v < a->holder.v || (b->holder.v == a->holder.v && b->queue < a->queue);

	if (is_up)
		TRY(count_queue(ch, b, -1));
	TRY(count_queue(ch, a, 1));
	return is_up ? RC_OK : count_queue(ch, b, -1);
}

static enum rc count_figures(struct change *ch)
{
	const struct calendar *cal = ch->c->calendar;
	struct day on = instant_day(ch->e.at, calendar_zone(cal));
	struct figure list[FIGURES_MAX];
	struct figure_input in = { &ch->before, &ch->after, &ch->e, ch->ran, ch->late, 0 };
	const int64_t dimensions[3] = { 0, ch->after.opd.v, -ch->after.category.v };

	if (instant_is_set(ch->after.disposed_at))
		in.follow_up_wd = calendar_count_workdays(cal, instant_day(ch->after.disposed_at,
									   calendar_zone(cal)), on);
	size_t n = figure_list(&in, list);
	for (size_t i = 0; i < n; i++)
		for (size_t d = 0; d < 3; d++)
			if (d == 0 || dimensions[d] != 0)
				TRY(q_day_figure_add(ch->c->db, &(struct day_figure_add_args){
					.on_day = on, .figure = list[i].name, .dimension = dimensions[d],
					.delta = list[i].n }, NULL));
	return RC_OK;
}

/* Do the words of the report, or the marks beside them (core/marks.h), change by this? */
static bool is_found_otherwise(const struct change *ch)
{
	const struct projection *b = &ch->before, *a = &ch->after;

	return ch->e.seq == 1 || ch->public_title || ch->public_body || b->is_public != a->is_public ||
	       b->is_open != a->is_open || b->class != a->class || b->category.v != a->category.v ||
	       b->holder.v != a->holder.v || b->agency.v != a->agency.v || b->opd.v != a->opd.v || b->unit.v != a->unit.v;
}

enum rc change_record(struct change *ch)
{
	struct ctx *c = ch->c;
	bool moved = ch->before.queue != ch->after.queue || ch->before.holder.v != ch->after.holder.v;

	ch->e.report = ch->report;
	TRY(record_event(ch));
	TRY(change_clocks_store(ch));
	if (moved)
		TRY(count_queues(ch));
	TRY(count_figures(ch));
	TRY(change_sop_record(ch));
	if (ch->e.action == ACT_ESCALATE)
		TRY(ombudsman_open(c, ch->report, ch->after.agency, c->now, false));
	if (is_found_otherwise(ch))
		TRY(q_index_todo_add(c->db, ch->report, NULL));
	return change_notices_write(ch);
}
