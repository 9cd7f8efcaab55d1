/* SPDX-License-Identifier: Apache-2.0
 * submit - a report comes in. The same key or the same draft sent again gets the first answer.
 */
#include "app/submit.h"

#include <string.h>

#include "app/change.h"
#include "app/holidays.h"
#include "app/submit_check.h"
#include "base/rand.h"
#include "core/ticket.h"
#include "query_attachment.h"
#include "query_counter.h"
#include "query_draft.h"
#include "query_lookup.h"
#include "query_report.h"

static void answer(struct submit_out *out, struct report_id id, const char *number, const char *code)
{
	out->report = id;
	memcpy(out->number, number, strnlen(number, sizeof(out->number) - 1));
	memcpy(out->code, code, strnlen(code, sizeof(out->code) - 1));
}

/* RC_NOT_FOUND: it is new. */
static enum rc find_first_answer(struct ctx *c, const struct submit_in *in, struct submit_out *out)
{
	struct report_find_by_key_row k;
	struct draft_report_row d;
	struct report_names_row n;

	if (in->idempotency_key && *in->idempotency_key) {
		enum rc rc = q_report_find_by_key(c->db, c->a, in->idempotency_key, &k);
		if (rc == RC_OK)
			answer(out, k.id, k.number, k.code);
		if (rc != RC_NOT_FOUND)
			return rc;
	}
	if (in->draft.v == 0)
		return RC_NOT_FOUND;
	TRY(q_draft_report(c->db, c->a, in->draft, &d));
	if (d.report_id.v == 0)
		return RC_NOT_FOUND;
	TRY(q_report_names(c->db, c->a, d.report_id, &n));
	answer(out, n.id, n.number, n.code);
	return RC_OK;
}

/* 45 random bits: a second draw is for the day when two are equal. */
static enum rc make_code(struct ctx *c, char ret_code[TICKET_CODE_LEN + 1])
{
	for (int tries = 0; tries < 10; tries++) {
		struct report_find_by_code_row taken;
		unsigned char random[9];

		rand_secret(random, sizeof(random));
		ticket_code_make(random, ret_code);
		enum rc rc = q_report_find_by_code(c->db, c->a, ret_code, &taken);
		if (rc != RC_OK)
			return rc == RC_NOT_FOUND ? RC_OK : rc;
	}
	return err_set(&c->err, RC_FAILED, REFUSE_internal, "no free tracking code in ten draws");
}

static enum rc make_number(struct ctx *c, char ret_number[TICKET_NUMBER_MAX + 1])
{
	int year = instant_civil(c->now, calendar_zone(c->calendar)).year;
	struct ticket_next_row next;

	TRY(q_ticket_next(c->db, c->a, year, &next));
	ticket_number_make(year, next.last_number, ret_number);
	return RC_OK;
}

static enum rc insert_reporter(struct ctx *c, const struct submit_clean *s, struct reporter_id *ret)
{
	struct reporter_insert_row r;
	bool has_account = c->who.role == ROLE_CITIZEN;

	TRY(q_reporter_insert(c->db, c->a, &(struct reporter_insert_args){
		.account_id = has_account ? c->who.account : (struct account_id){ 0 },
		.name = s->name, .email = s->email, .phone = s->phone, .language = c->lang }, &r));
	*ret = r.id;
	return RC_OK;
}

static enum rc insert_row(struct change *ch, const struct submit_in *in, const struct submit_clean *s,
			  const struct submit_out *out)
{
	const struct projection *p = &ch->after;
	struct report_insert_row r;

	TRY(q_report_insert(ch->c->db, ch->c->a, &(struct report_insert_args){
		.number = out->number, .code = out->code, .source_ref = in->source_ref,
		.idempotency_key = in->idempotency_key && *in->idempotency_key ? in->idempotency_key : NULL,
		.kind = in->kind, .channel = in->channel, .reporter_id = ch->reporter,
		.asked_visibility = in->visibility, .asked_agency_id = in->asked_agency,
		.happened_on = in->has_happened_on ? in->happened_on : (struct day){ DAY_NONE },
		.region_code = s->region_code, .place = s->place, .received_at = ch->c->now,
		.ruleset = ch->rules->id, .state = p->state, .version = p->version, .queue = p->queue,
		.holder_id = p->holder, .category_id = p->category, .visibility = p->visibility,
		.sop_id = p->sop, .sop_step = p->sop_step, .step_since_at = p->step_since_at,
		.due_at = ch->due_at, .title = s->title, .body = s->body }, &r));
	ch->report = r.id;
	return RC_OK;
}

static enum rc take_files(struct change *ch, const struct submit_in *in)
{
	struct ctx *c = ch->c;
	int64_t changed;

	if (in->draft.v)
		TRY(q_attachment_draft_to_report(c->db, &(struct attachment_draft_to_report_args){
			.draft_id = in->draft, .report_id = ch->report, .seq = 1 }, NULL));
	for (size_t i = 0; i < in->n_files; i++) {
		TRY(q_attachment_to_report(c->db, &(struct attachment_to_report_args){
			.id = in->files[i], .report_id = ch->report, .seq = 1, .audience = AUDIENCE_REPORTER },
			&changed));
		if (changed != 1)
			return ctx_refuse(c, RC_INVALID, bad_request);
	}
	if (in->draft.v)
		TRY(q_draft_sent(c->db, &(struct draft_sent_args){
			.id = in->draft, .report_id = ch->report, .saved_at = c->now }, NULL));
	return RC_OK;
}

/*
 * Through the public form everybody is a citizen: an officer who reports something there, signed in beside,
 * must not stand in the history with name and office.
 */
static void become_citizen(struct ctx *c, const struct submit_in *in)
{
	if (c->who.role == ROLE_NONE || (in->channel == CHANNEL_WEB && c->who.role != ROLE_CITIZEN))
		c->who = (struct who){ .role = ROLE_CITIZEN };
}

/* Everything arrives at the root of the tree. */
static enum rc find_root(struct ctx *c, struct agency_id *ret)
{
	struct agency_first_of_level_row root;
	enum rc rc = q_agency_first_of_level(c->db, c->a, LEVEL_NATIONAL, &root);

	if (rc == RC_NOT_FOUND)
		return err_set(&c->err, RC_FAILED, REFUSE_internal, "no national agency: run `lapor init` first");
	TRY(rc);
	*ret = root.id;
	return RC_OK;
}

/* The agency (level instansi) that is named, or above the OPD that is; only its SOP asks for it. */
static enum rc find_asked(struct ctx *c, struct agency_id named, struct agency_id *ret)
{
	struct agency_by_id_row row = { .level = LEVEL_UNIT, .parent_id = named };

	*ret = (struct agency_id){ 0 };
	while (c->sops && row.parent_id.v && row.level > LEVEL_AGENCY) {
		TRY(q_agency_by_id(c->db, c->a, row.parent_id, &row));
		if (row.level == LEVEL_AGENCY)
			*ret = row.id;
	}
	return RC_OK;
}

static enum rc submit_new(struct ctx *c, const struct submit_in *in, const struct submit_clean *s,
			  struct submit_out *out)
{
	const struct act_in act = { .action = ACT_SUBMIT, .category = in->category, .visibility = in->visibility };
	struct change ch = { .c = c, .in = &act, .kind = in->kind, .received_at = c->now,
			     .to_level = LEVEL_NATIONAL };
	struct day today = instant_day(c->now, calendar_zone(c->calendar));

	ch.rules = rules_on(today);
	ch.rule = transition_find(ACT_SUBMIT, STATE_NONE, c->who.role);
	if (!ch.rule)
		return ctx_refuse(c, RC_DENIED, not_allowed);
	TRY(find_root(c, &ch.to));
	TRY(find_asked(c, in->asked_agency, &ch.asked));
	TRY(insert_reporter(c, s, &ch.reporter));
	TRY(make_number(c, out->number));
	TRY(make_code(c, out->code));
	TRY(change_project(&ch));
	TRY(insert_row(&ch, in, s, out));
	TRY(change_record(&ch));
	out->report = ch.report;
	return take_files(&ch, in);
}

enum rc submit_report(struct ctx *c, const struct submit_in *in, struct submit_out *ret,
		      struct field_problems *ret_problems)
{
	const struct who who = c->who;
	struct submit_out out = { 0 };
	struct submit_clean clean;
	TXN(t);

	ret_problems->n = 0;
	TRY(txn_begin(c->db, &t));
	TRY(holidays_confirm(c));
	enum rc rc = find_first_answer(c, in, &out);
	if (rc == RC_OK) {
		out.repeated = true;
		*ret = out;
		return txn_commit(&t);
	}
	if (rc != RC_NOT_FOUND)
		return rc;
	TRY(submit_check(c, in, &clean, ret_problems));
	become_citizen(c, in);
	rc = submit_new(c, in, &clean, &out);
	c->who = who;
	TRY(rc);
	TRY(txn_commit(&t));
	*ret = out;
	return RC_OK;
}
