/* SPDX-License-Identifier: Apache-2.0 */
#include "app/intake.h"

#include <string.h>

#include "app/act.h"
#include "app/holidays.h"
#include "app/intake_move.h"
#include "app/intake_tell.h"
#include "app/submit_check.h"
#include "base/utf8.h"
#include "query_attachment.h"
#include "query_lookup.h"
#include "query_report.h"

static bool acts_there(const struct sop *s, enum role role)
{
	for (size_t i = 0; i < s->actor_n; i++)
		if (s->actors[i].role == role)
			return true;
	return false;
}

/* A regency's SOPs are of its level "instansi"; which of them an office works by says the role of its team (E5, E6). */
size_t intake_sops(const struct ctx *c, enum level level, struct agency_id parent,
		   const struct sop_book *ret[INTAKE_SOPS_MAX])
{
	struct agency_id agency = level == LEVEL_OPD ? parent : c->who.agency;
	struct day today = instant_day(c->now, calendar_zone(c->calendar));
	const struct sop_book *all[INTAKE_SOPS_MAX * 2];
	size_t n = sop_shelf_all(c->sops, agency, SOP_COVERS_INTAKE, today, all, ARRAY_LEN(all)), used = 0;

	for (size_t i = 0; i < n && used < INTAKE_SOPS_MAX; i++)
		if (acts_there(all[i]->sop, intake_team(level)))
			ret[used++] = all[i];
	return used;
}

static const struct sop_book *choose_sop(const struct ctx *c, const struct agency_by_id_row *node, struct sop_id wanted)
{
	const struct sop_book *books[INTAKE_SOPS_MAX];
	size_t n = intake_sops(c, node->level, node->parent_id, books);

	for (size_t i = 0; i < n; i++)
		if (books[i]->id.v == wanted.v)
			return books[i];
	return n > 0 ? books[0] : NULL;
}

/* RC_NOT_FOUND: it is new. */
static enum rc find_first(struct ctx *c, const char *key, struct intake_out *out)
{
	struct intake_by_key_row row;

	if (!key || !*key)
		return RC_NOT_FOUND;
	TRY(q_intake_by_key(c->db, c->a, key, &row));
	out->intake = row.id;
	memcpy(out->number, row.number, strnlen(row.number, sizeof(out->number) - 1));
	out->repeated = true;
	return RC_OK;
}

static enum rc make_number(struct ctx *c, char ret[INTAKE_NUMBER_MAX + 1])
{
	int year = instant_civil(c->now, calendar_zone(c->calendar)).year;
	struct intake_next_number_row next;

	TRY(q_intake_next_number(c->db, c->a, year, &next));
	intake_number_make(year, next.last_number, ret);
	return RC_OK;
}

/* A day without an hour: until its end. A day to come is a slip of the pen. */
static struct instant received_at(const struct ctx *c, const struct intake_in *in, struct field_problems *f)
{
	struct day today = instant_day(c->now, calendar_zone(c->calendar));

	if (in->received_on.n == DAY_NONE || in->received_on.n == today.n)
		return c->now;
	field_problem_add(f, "tanggal_terima", complete_date(in->received_on, today));
	return calendar_end_of_day(c->calendar, in->received_on);
}

static enum rc insert_row(struct ctx *c, const struct intake_in *in, const struct submit_clean *s,
			  const struct sop_book *book, struct instant received, struct intake_out *out)
{
	const struct submit_in *r = &in->report;
	struct intake_place first = intake_move_first(c, book ? book->sop : NULL, received);
	struct intake_insert_row row;

	TRY(make_number(c, out->number));
	TRY(q_intake_insert(c->db, c->a, &(struct intake_insert_args){
		.number = out->number, .idempotency_key = r->idempotency_key && *r->idempotency_key ? r->idempotency_key : NULL,
		.agency_id = c->who.agency, .taken_by = c->who.account, .channel = r->channel,
		.channel_note = in->channel_note && *in->channel_note ? in->channel_note : NULL,
		.received_at = received, .state = INTAKE_NONE, .version = 0, .is_open = true,
		.sop_id = book ? book->id : (struct sop_id){ 0 },
		.sop_step = first.step == SOP_END ? 0 : (int64_t)first.step + 1, .step_since_at = first.since,
		.due_at = first.due, .sort_at = instant_is_set(first.due) ? first.due : first.since,
		.name = s->name, .email = s->email, .phone = s->phone, .kind = r->kind, .visibility = r->visibility,
		.title = s->title, .body = s->body,
		.happened_on = r->has_happened_on ? r->happened_on : (struct day){ DAY_NONE },
		.region_code = s->region_code, .place = s->place, .category_id = r->category,
		.answer = in->answer && *in->answer ? in->answer : NULL }, &row));
	out->intake = row.id;
	return RC_OK;
}

static enum rc take_files(struct ctx *c, const struct submit_in *r, struct intake_id id)
{
	int64_t changed;

	for (size_t i = 0; i < r->n_files; i++) {
		TRY(q_intake_attach(c->db, &(struct intake_attach_args){ .id = r->files[i], .intake_id = id }, &changed));
		if (changed != 1)
			return ctx_refuse(c, RC_INVALID, bad_request);
	}
	return RC_OK;
}

static struct intake_deed deed(const struct ctx *c, struct sop_act act)
{
	return (struct intake_deed){ .act = act, .by = c->who.role, .account = c->who.account };
}

static enum rc register_new(struct ctx *c, const struct intake_in *in, struct intake_out *out, struct field_problems *f)
{
	struct agency_by_id_row node;
	struct submit_clean clean;
	struct intake_move m;

	TRY(q_agency_by_id(c->db, c->a, c->who.agency, &node));
	if (c->who.role == ROLE_NONE || c->who.role != intake_team(node.level))
		return ctx_refuse(c, RC_DENIED, not_allowed);
	struct instant received = received_at(c, in, f);
	TRY(submit_check(c, &in->report, &clean, f));
	TRY(insert_row(c, in, &clean, choose_sop(c, &node, in->sop), received, out));
	TRY(take_files(c, &in->report, out->intake));
	TRY(intake_move_lock(c, out->intake, &m));
	const struct intake_deed d = deed(c, (struct sop_act){ .task = SOP_TASK_INTAKE_RECEIVE });
	return intake_move_do(&m, &d);
}

enum rc intake_register(struct ctx *c, const struct intake_in *in, struct intake_out *ret,
			struct field_problems *ret_problems)
{
	struct intake_out out = { 0 };
	TXN(t);

	ret_problems->n = 0;
	TRY(txn_begin(c->db, &t));
	TRY(holidays_confirm(c));
	enum rc rc = find_first(c, in->report.idempotency_key, &out);
	if (rc == RC_NOT_FOUND)
		rc = register_new(c, in, &out, ret_problems);
	TRY(rc);
	TRY(txn_commit(&t));
	*ret = out;
	return RC_OK;
}

static enum rc do_task(struct ctx *c, const char *number, int64_t seen_version, enum sop_task task, bool tells)
{
	const struct intake_deed d = deed(c, (struct sop_act){ .task = task });
	struct intake_move m;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(intake_move_load(c, number, seen_version, &m));
	TRY(intake_move_do(&m, &d));
	if (tells)
		TRY(intake_tell_enterers(&m));
	return txn_commit(&t);
}

enum rc intake_verify(struct ctx *c, const char *number, int64_t seen_version, bool relevant, bool complete, bool clear)
{
	if (!relevant || !complete || !clear)
		return ctx_refuse(c, RC_INVALID, checklist_required);
	return do_task(c, number, seen_version, SOP_TASK_INTAKE_VERIFY, false);
}

enum rc intake_hand_over(struct ctx *c, const char *number, int64_t seen_version)
{
	return do_task(c, number, seen_version, SOP_TASK_INTAKE_HAND_OVER, true);
}

static enum rc check_reason(struct ctx *c, const char *reason, const char *note)
{
	const char *const *words = act_reasons(ACT_ARCHIVE);

	while (reason && words && *words && strcmp(*words, reason) != 0)
		words++;
	if (!reason || !words || !*words)
		return ctx_refuse(c, RC_INVALID, reason_required);
	if (strcmp(reason, "other") == 0 && (!note || !*note))
		return ctx_refuse(c, RC_INVALID, text_required);
	if (note && utf8_length(note) > REPORT_NOTE_MAX)
		return ctx_refuse(c, RC_INVALID, text_too_long);
	return RC_OK;
}

enum rc intake_refuse(struct ctx *c, const char *number, int64_t seen_version, const char *reason, const char *note)
{
	struct intake_deed d = deed(c, (struct sop_act){ .action = ACT_ARCHIVE });
	struct intake_move m;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(intake_move_load(c, number, seen_version, &m));
	TRY(check_reason(c, reason, note));
	d.reason = reason;
	d.note = note;
	TRY(intake_move_do(&m, &d));
	TRY(intake_tell_reporter(&m));
	return txn_commit(&t);
}

/* Sent twice: the first answer, as its tracking code is shown only once. RC_NOT_FOUND: it is something else. */
static enum rc find_entered(struct ctx *c, const struct intake_move *m, const char *key, struct submit_out *out)
{
	struct report_find_by_key_row r;

	if (!key || !*key || m->row.report_id.v == 0)
		return RC_NOT_FOUND;
	TRY(q_report_find_by_key(c->db, c->a, key, &r));
	if (r.id.v != m->row.report_id.v)
		return RC_NOT_FOUND;
	out->report = r.id;
	memcpy(out->number, r.number, strnlen(r.number, sizeof(out->number) - 1));
	memcpy(out->code, r.code, strnlen(r.code, sizeof(out->code) - 1));
	out->repeated = true;
	return RC_OK;
}

static enum rc files_of(struct ctx *c, struct intake_id id, struct submit_in *in)
{
	struct intake_files_row *rows;
	struct attachment_id *ids;
	size_t n;

	TRY(q_intake_files(c->db, c->a, id, &rows, &n));
	ids = arena_new_many(c->a, struct attachment_id, n + 1);
	for (size_t i = 0; i < n; i++)
		ids[i] = rows[i].id;
	in->files = ids;
	in->n_files = n;
	return RC_OK;
}

static enum rc enter_new(struct ctx *c, struct intake_move *m, const struct submit_in *in, const char *answer,
			 struct submit_out *out, struct field_problems *problems)
{
	bool is_settled = answer && *answer;
	const struct intake_deed d = deed(c, (struct sop_act){ .action = is_settled ? ACT_SETTLE : ACT_SUBMIT });
	struct submit_in report = *in;
	struct act_out done;

	/* With its answer it is classified at once. */
	if (is_settled && in->category.v == 0) {
		field_problem_add(problems, "kategori", FIELD_REQUIRED);
		return ctx_refuse(c, RC_INVALID, category_required);
	}
	report.channel = m->row.channel;
	report.draft = (struct draft_id){ 0 };
	TRY(files_of(c, m->row.id, &report));
	/* First: what cannot be entered must not become a report. */
	TRY(intake_move_do(m, &d));
	TRY(submit_report(c, &report, out, problems));
	TRY(q_intake_entered(c->db, &(struct intake_entered_args){ .id = m->row.id, .report_id = out->report }, NULL));
	if (!is_settled)
		return RC_OK;
	return act_by_number(c, out->number, &(struct act_in){
		.action = ACT_SETTLE, .seen_version = -1, .note = answer, .to = c->who.agency }, &done);
}

enum rc intake_enter(struct ctx *c, const char *number, int64_t seen_version, const struct submit_in *in,
		     const char *answer, struct submit_out *ret, struct field_problems *ret_problems)
{
	struct submit_out out = { 0 };
	struct intake_move m;
	TXN(t);

	ret_problems->n = 0;
	TRY(txn_begin(c->db, &t));
	TRY(intake_move_load(c, number, -1, &m));
	enum rc rc = find_entered(c, &m, in->idempotency_key, &out);
	if (rc == RC_NOT_FOUND && seen_version >= 0 && seen_version != m.row.version)
		rc = ctx_refuse(c, RC_CONFLICT, changed_meanwhile);
	else if (rc == RC_NOT_FOUND)
		rc = enter_new(c, &m, in, answer, &out, ret_problems);
	TRY(rc);
	TRY(txn_commit(&t));
	*ret = out;
	return RC_OK;
}

enum rc intake_follow(struct ctx *c, struct report_id report, enum action action)
{
	const struct intake_deed d = deed(c, (struct sop_act){ .action = action });
	struct intake_of_report_row found;
	struct intake_move m;
	enum rc rc = q_intake_of_report(c->db, c->a, report, &found);

	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	TRY(intake_move_lock(c, found.id, &m));
	return intake_move_matters(&m, &d) ? intake_move_do(&m, &d) : RC_OK;
}
