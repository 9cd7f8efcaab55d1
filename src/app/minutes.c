/* SPDX-License-Identifier: Apache-2.0 */
#include "app/minutes.h"

#include <string.h>

#include "app/act.h"
#include "app/holidays.h"
#include "core/access.h"
#include "core/sop_run.h"
#include "core/sop_shelf.h"
#include "query_desk_sop.h"
#include "query_minutes.h"

/* What they start from: the report, held, and its newest minutes. */
struct minutes_at {
	struct minutes_report_row report;
	struct minutes_newest_row newest;
	bool is_first;            /* there are none yet */
	unsigned bits;            /* enum access_bits */
	const struct sop *sop;    /* NULL: none in force */
};

static enum rc load(struct ctx *c, const char *number, struct minutes_at *ret)
{
	struct minutes_at at = { 0 };
	const struct sop_book *book;
	bool found;
	enum rc rc;

	TRY(holidays_confirm(c));
	rc = q_minutes_report(c->db, c->a, number, &at.report);
	if (rc == RC_NOT_FOUND)
		return ctx_refuse(c, rc, not_found);
	TRY(rc);
	const struct minutes_report_row *r = &at.report;
	at.bits = access_to(&(struct access_report){
				    .state = r->state, .class = r->class, .visibility = r->visibility,
				    .is_public = r->is_public, .is_blocked = r->is_blocked, .holder = r->holder_id,
				    .agency = r->agency_id, .opd = r->opd_id, .unit = r->unit_id },
			    &(struct access_person){ .role = c->who.role, .agency = c->who.agency });
	if (!(at.bits & ACCESS_INTERNAL))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	book = sop_shelf_find(c->sops, r->sop_id);
	at.sop = book ? book->sop : NULL;
	TRY(q_minutes_newest(c->db, c->a, r->id, &at.newest, &found));
	at.is_first = !found;
	*ret = at;
	return RC_OK;
}

static bool may(const struct ctx *c, const struct minutes_at *at, enum sop_task task)
{
	size_t step = at->report.sop_step > 0 ? (size_t)at->report.sop_step - 1 : SOP_END;

	return at->sop && step != SOP_END && at->report.is_open &&
	       sop_run_allows(at->sop, step, (struct sop_act){ .task = task }, c->who.role);
}

static bool is_whole(const struct minutes_text *t)
{
	return t->held_on.n != DAY_NONE && *t->place && *t->people && *t->findings && *t->conclusion &&
	       *t->proposed_answer;
}

/* What another OPD had begun stays as it was, when the report has gone on to this one. */
static bool is_here(const struct minutes_at *at)
{
	return !at->is_first && at->newest.opd_id.v == at->report.opd_id.v;
}

static enum rc check_save(struct ctx *c, const struct minutes_in *in, const struct minutes_at *at)
{
	if (!(at->bits & ACCESS_ACT) || !may(c, at, SOP_TASK_FIELD_MINUTES))
		return ctx_refuse(c, RC_DENIED, not_allowed);
	if ((at->is_first ? 0 : at->newest.version) != in->seen)
		return ctx_refuse(c, RC_CONFLICT, changed_meanwhile);
	if (is_here(at) && at->newest.state == MINUTES_SUBMITTED)
		return ctx_refuse(c, RC_CONFLICT, not_possible_now);
	return in->submits && !is_whole(&in->text) ? ctx_refuse(c, RC_INVALID, text_required) : RC_OK;
}

static enum rc write_text(struct ctx *c, const struct minutes_in *in, const struct minutes_at *at,
			  struct minutes_id *ret)
{
	const struct minutes_text *t = &in->text;
	struct minutes_insert_row made;

	if (is_here(at) && at->newest.state == MINUTES_DRAFT) {
		*ret = at->newest.id;
		return q_minutes_rewrite(c->db, &(struct minutes_rewrite_args){
			.id = at->newest.id, .held_on = t->held_on, .place = t->place, .people = t->people,
			.findings = t->findings, .conclusion = t->conclusion, .proposed_answer = t->proposed_answer,
			.written_at = c->now, .written_by = c->who.account }, NULL);
	}
	TRY(q_minutes_insert(c->db, c->a, &(struct minutes_insert_args){
		.report_id = at->report.id, .opd_id = at->report.opd_id, .state = MINUTES_DRAFT,
		.version = at->is_first ? 1 : at->newest.version + 1, .held_on = t->held_on, .place = t->place,
		.people = t->people, .findings = t->findings, .conclusion = t->conclusion,
		.proposed_answer = t->proposed_answer, .written_at = c->now, .written_by = c->who.account }, &made));
	*ret = made.id;
	return RC_OK;
}

static enum rc do_task(struct ctx *c, const char *number, enum sop_task task, const char *note,
		       const struct minutes_in *with)
{
	struct act_in in = { .action = ACT_TASK, .seen_version = -1, .reason = sop_task_word(task), .note = note };
	struct act_out out;

	if (with) {
		in.files = with->photos;
		in.n_files = with->n_photos;
	}
	return act_by_number(c, number, &in, &out);
}

/* Was it done since the last minutes that were submitted? */
static enum rc was_done(struct ctx *c, const struct minutes_at *at, enum sop_task task, bool *ret)
{
	struct desk_sop_last_seq_row since;
	struct desk_sop_done_since_row done;

	TRY(q_desk_sop_last_seq(c->db, c->a, &(struct desk_sop_last_seq_args){
		.report_id = at->report.id, .action = ACT_TASK, .reason = sop_task_word(SOP_TASK_FIELD_MINUTES) }, &since));
	TRY(q_desk_sop_done_since(c->db, c->a, &(struct desk_sop_done_since_args){
		.report_id = at->report.id, .since_seq = since.seq + 1, .action = ACT_TASK,
		.reason = sop_task_word(task) }, &done));
	*ret = done.n > 0;
	return RC_OK;
}

/* Photos are files of the verification; minutes without any are of one nevertheless. */
static enum rc tell_verification(struct ctx *c, const struct minutes_in *in, const struct minutes_at *at)
{
	bool done = false;

	if (!may(c, at, SOP_TASK_FIELD_CHECK))
		return in->n_photos > 0 ? ctx_refuse(c, RC_DENIED, not_allowed) : RC_OK;
	if (in->n_photos == 0) {
		if (!in->submits)
			return RC_OK;
		TRY(was_done(c, at, SOP_TASK_FIELD_CHECK, &done));
	}
	return done ? RC_OK : do_task(c, in->number, SOP_TASK_FIELD_CHECK, NULL, in);
}

enum rc minutes_save(struct ctx *c, const struct minutes_in *in)
{
	struct minutes_at at;
	struct minutes_id id;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(load(c, in->number, &at));
	TRY(check_save(c, in, &at));
	TRY(write_text(c, in, &at, &id));
	TRY(tell_verification(c, in, &at));
	if (in->submits) {
		TRY(q_minutes_submit(c->db, &(struct minutes_submit_args){
			.id = id, .state = MINUTES_SUBMITTED, .written_at = c->now }, NULL));
		if (may(c, &at, SOP_TASK_CONCLUDE))
			TRY(do_task(c, in->number, SOP_TASK_CONCLUDE, in->text.conclusion, NULL));
		TRY(do_task(c, in->number, SOP_TASK_FIELD_MINUTES, NULL, NULL));
	}
	return txn_commit(&t);
}

static struct minutes_text text_of(const struct minutes_newest_row *r)
{
	return (struct minutes_text){ r->held_on, r->place, r->people, r->findings, r->conclusion, r->proposed_answer };
}

enum rc minutes_decide(struct ctx *c, const char *number, int64_t version, bool approves, const char *remark)
{
	enum sop_task task = approves ? SOP_TASK_MINUTES_APPROVE : SOP_TASK_MINUTES_RETURN;
	struct minutes_at at;
	struct hash digest = { 0 };
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(load(c, number, &at));
	if (c->who.role != ROLE_OPD_HEAD || !may(c, &at, task))
		return ctx_refuse(c, RC_DENIED, not_allowed);
	if (!is_here(&at) || at.newest.version != version || at.newest.state != MINUTES_SUBMITTED)
		return ctx_refuse(c, RC_CONFLICT, changed_meanwhile);
	if (!approves && *remark == '\0')
		return ctx_refuse(c, RC_INVALID, reason_required);
	if (approves) {
		const struct minutes_text text = text_of(&at.newest);
		digest = minutes_digest(number, version, &text);
	}
	TRY(q_minutes_decide(c->db, &(struct minutes_decide_args){
		.id = at.newest.id, .state = approves ? MINUTES_APPROVED : MINUTES_RETURNED, .decided_at = c->now,
		.decided_by = c->who.account, .remark = approves ? NULL : remark,
		.digest = { approves ? digest.b : NULL, approves ? HASH_BYTES : 0 } }, NULL));
	TRY(do_task(c, number, task, approves ? NULL : remark, NULL));
	return txn_commit(&t);
}

struct hash minutes_digest(const char *number, int64_t version, const struct minutes_text *t)
{
	struct hash_state s;

	hash_begin(&s, NULL);
	hash_text(&s, "lapor minutes 1");
	hash_text(&s, number);
	hash_int(&s, version);
	hash_int(&s, t->held_on.n);
	hash_text(&s, t->place);
	hash_text(&s, t->people);
	hash_text(&s, t->findings);
	hash_text(&s, t->conclusion);
	hash_text(&s, t->proposed_answer);
	return hash_end(&s);
}
