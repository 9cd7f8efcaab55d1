/* SPDX-License-Identifier: Apache-2.0
 * periodic - opening and moving a report. Text, event, row and messages in one transaction.
 */
#include "app/periodic.h"

#include <string.h>

#include "app/holidays.h"
#include "app/notice.h"
#include "app/periodic_count.h"
#include "app/periodic_text.h"
#include "app/settings.h"
#include "base/lang.h"
#include "base/parse.h"
#include "core/sop_run.h"
#include "core/sop_shelf.h"
#include "query_outbox.h"
#include "query_periodic.h"

#define SHELF_MAX 16

static struct day today(const struct ctx *c)
{
	return instant_day(c->now, calendar_zone(c->calendar));
}

/* The SOP for periodic reports first, then any other that says how often. */
static int months_asked(const struct ctx *c, struct agency_id agency, struct day on)
{
	static const enum sop_covers kinds[] = { SOP_COVERS_PERIODIC, SOP_COVERS_REPORT, SOP_COVERS_INTAKE };
	const struct sop_book *books[SHELF_MAX];

	for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
		size_t n = sop_shelf_all(c->sops, agency, kinds[k], on, books, SHELF_MAX);

		for (size_t i = 0; i < n; i++)
			if (periodic_months_are_valid(books[i]->sop->every_months))
				return books[i]->sop->every_months;
	}
	return 0;
}

int periodic_months(const struct ctx *c, struct agency_id agency)
{
	int asked = months_asked(c, agency, today(c));

	return asked ? asked : c->settings->periodic_months;
}

bool periodic_is_asked(const struct ctx *c, struct agency_id agency, struct day last)
{
	return sop_shelf_for(c->sops, agency, SOP_COVERS_PERIODIC, last) || months_asked(c, agency, last) > 0;
}

const struct sop *periodic_sop(const struct ctx *c, struct sop_id id)
{
	const struct sop_book *book = id.v ? sop_shelf_find(c->sops, id) : NULL;

	return book ? book->sop : NULL;
}

bool periodic_may_see(const struct who *who, struct agency_id agency, enum periodic_state state)
{
	if (who->agency.v != agency.v)
		return false;
	switch ((int)who->role) {
	case ROLE_AGENCY_ADMIN: case ROLE_SECTION_HEAD: case ROLE_DIVISION_HEAD: case ROLE_OFFICE_HEAD: case ROLE_COORDINATOR:
		return true;
	case ROLE_REGENT:
		return state == PERIODIC_DELIVERED || state == PERIODIC_ARCHIVED;
	default:
		return false;
	}
}

/* A report while something happens to it. */
struct move {
	struct ctx *c;
	struct periodic_lock_row p;
	const struct sop *sop;
	struct periodic_event e;
	struct hash digest;
	bool has_digest;
};

static enum rc tell(struct move *m, enum role role, enum notice notice)
{
	struct ctx *c = m->c;
	struct periodic_addresses_row *rows;
	char key[PERIODIC_KEY_MAX];
	size_t n;

	periodic_key(m->p.first_on, m->p.last_on, key);
	TRY(q_periodic_addresses(c->db, c->a, &(struct periodic_addresses_args){ m->p.agency_id, role }, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct hash h = hash_of(rows[i].email, strlen(rows[i].email), NULL);
		char hex[17];

		if (rows[i].id.v == c->who.account.v)
			continue;
		parse_hex_encode(h.b, 8, hex);
		TRY(q_outbox_add(c->db, &(struct outbox_add_args){
			.template = notice_word(notice), .recipient = rows[i].email, .language = LANG_ID, .created_at = c->now,
			.about = key, .path = arena_printf(c->a, "/meja/berkala/%s", key),
			.idempotency_key = arena_printf(c->a, "periodic:%lld:%lld:%s", (long long)m->p.id.v,
							(long long)m->e.seq, hex) }, NULL));
	}
	return RC_OK;
}

/* The next office hears of it; the regent when he is given it; whoever had it when it is taken back. */
static enum rc tell_all(struct move *m, enum periodic_state from)
{
	enum role before = periodic_holder(from), now = periodic_holder(m->e.to);
	enum sop_task task = SOP_TASK_NONE;

	(void)sop_task_parse(m->e.what, &task);
	if (strcmp(m->e.what, PERIODIC_REMIND) == 0)
		return tell(m, now, NOTICE_periodic_late);
	if (task == SOP_TASK_PERIODIC_DELIVER)
		TRY(tell(m, ROLE_REGENT, NOTICE_periodic_delivered));
	if (now == before)
		return RC_OK;
	if (task == SOP_TASK_PERIODIC_FORM)
		return tell(m, before, NOTICE_periodic_taken_back);
	return now == ROLE_NONE ? RC_OK :
				  tell(m, now, task == SOP_TASK_PERIODIC_RETURN ? NOTICE_periodic_returned : NOTICE_periodic_task);
}

static enum rc load_digest(struct move *m)
{
	struct periodic_version_read_row v;

	if (m->e.version == 0)
		return RC_OK;
	TRY(q_periodic_version_read(m->c->db, m->c->a, &(struct periodic_version_read_args){ m->p.id, m->e.version }, &v));
	if (v.digest.n != HASH_BYTES)
		return err_set(&m->c->err, RC_FAILED, 0, "a digest of a periodic report has the wrong length");
	memcpy(m->digest.b, v.digest.p, HASH_BYTES);
	m->has_digest = true;
	return RC_OK;
}

/* The event, tied to the one before and to the text. */
static enum rc record(struct move *m, enum periodic_state from)
{
	struct ctx *c = m->c;
	struct periodic_event_hash_row last = { .hash = { NULL, 0 } };
	struct hash previous, h;
	bool first = m->e.seq == 1;

	if (!first) {
		TRY(q_periodic_event_hash(c->db, c->a, &(struct periodic_event_hash_args){ m->p.id, m->e.seq - 1 }, &last));
		if (last.hash.n != HASH_BYTES)
			return err_set(&c->err, RC_FAILED, 0, "a hash of a periodic report has the wrong length");
		memcpy(previous.b, last.hash.p, HASH_BYTES);
	}
	if (!m->has_digest)
		TRY(load_digest(m));
	m->e.digest = m->has_digest ? &m->digest : NULL;
	h = periodic_hash(first ? NULL : &previous, &m->e);
	TRY(q_periodic_event_insert(c->db, &(struct periodic_event_insert_args){
		.periodic_id = m->p.id, .seq = m->e.seq, .at = m->e.at, .what = m->e.what, .role = m->e.role,
		.account_id = m->e.account, .to_state = m->e.to, .version = m->e.version, .was_late = m->e.was_late,
		.number = m->e.number, .note = m->e.note, .hash = { h.b, HASH_BYTES } }, NULL));
	return tell_all(m, from);
}

static int64_t step_column(const struct sop *sop, enum periodic_state s)
{
	size_t at = periodic_step(sop, s);

	return at == SOP_END ? 0 : (int64_t)at + 1;
}

enum rc periodic_open(struct ctx *c, struct agency_id agency, struct day first, struct day last, struct periodic_id *ret,
		      bool *ret_made)
{
	const struct sop_book *book = sop_shelf_for(c->sops, agency, SOP_COVERS_PERIODIC, today(c));
	struct move m = { .c = c, .sop = book ? book->sop : NULL };
	struct periodic_insert_row made;
	struct instant since, due;
	enum rc rc;

	TRY(holidays_confirm(c));
	since = periodic_since(m.sop, PERIODIC_NONE, c->now, PERIODIC_OPENED, last, c->calendar, c->now);
	due = periodic_due(m.sop, PERIODIC_OPENED, c->calendar, since);
	rc = q_periodic_insert(c->db, c->a, &(struct periodic_insert_args){
		.agency_id = agency, .sop_id = book ? book->id : (struct sop_id){ 0 },
		.sop_step = step_column(m.sop, PERIODIC_OPENED), .first_on = first, .last_on = last,
		.state = PERIODIC_OPENED, .step_since_at = since, .due_at = due }, &made);

	if (ret_made)
		*ret_made = rc == RC_OK;
	if (rc == RC_NOT_FOUND) {
		struct periodic_find_row there;

		TRY(q_periodic_find(c->db, c->a, &(struct periodic_find_args){ agency, first, last }, &there));
		*ret = there.id;
		return RC_OK;
	}
	TRY(rc);
	*ret = made.id;
	m.p = (struct periodic_lock_row){ .id = made.id, .agency_id = agency, .first_on = first, .last_on = last };
	m.e = (struct periodic_event){ .periodic = made.id, .seq = 1, .at = c->now, .what = PERIODIC_OPEN,
				       .role = c->who.role, .account = c->who.account, .to = PERIODIC_OPENED };
	return record(&m, PERIODIC_NONE);
}

enum rc periodic_open_last(struct ctx *c, struct periodic_id *ret)
{
	struct day first, last;

	if (c->who.role != ROLE_AGENCY_ADMIN)
		return ctx_refuse(c, RC_DENIED, not_allowed);
	periodic_period_before(today(c), periodic_months(c, c->who.agency), &first, &last);
	return periodic_open(c, c->who.agency, first, last, ret, NULL);
}

enum rc periodic_open_due(struct ctx *c, struct agency_id agency, bool *ret_made)
{
	struct periodic_any_row any;
	struct periodic_id id;
	struct day first, last;
	bool wanted;

	*ret_made = false;
	periodic_period_before(today(c), periodic_months(c, agency), &first, &last);
	wanted = periodic_is_asked(c, agency, last);
	if (!wanted)
		TRY(q_periodic_any(c->db, c->a, agency, &any, &wanted));
	if (!wanted)
		return RC_OK;
	return periodic_open(c, agency, first, last, &id, ret_made);
}

static enum rc load(struct ctx *c, struct periodic_id id, struct move *m)
{
	*m = (struct move){ .c = c };
	TRY(q_periodic_lock(c->db, c->a, id, &m->p));
	m->sop = periodic_sop(c, m->p.sop_id);
	/* Without its SOP nobody knows the way. */
	if (m->p.sop_id.v && !m->sop)
		return err_set(&c->err, RC_UNAVAILABLE, REFUSE_unavailable, "SOP %lld is not loaded", (long long)m->p.sop_id.v);
	return RC_OK;
}

static bool is_given(const char *s)
{
	return s && *s;
}

static const char *rule_of(const struct ctx *c, const struct move *m)
{
	const struct sop_book *book = m->p.sop_id.v ? sop_shelf_find(c->sops, m->p.sop_id) : NULL;

	return book ? arena_printf(c->a, "%s@%d", book->sop->id, book->version) : "";
}

/* A new text: the figures anew, or the words. */
static enum rc make_version(struct move *m, const struct periodic_in *in)
{
	struct ctx *c = m->c;
	struct periodic_form f = { .agency = m->p.agency_id };
	const char *content;

	if (m->p.version > 0) {
		struct periodic_version_read_row v;

		TRY(q_periodic_version_read(c->db, c->a, &(struct periodic_version_read_args){ m->p.id, m->p.version }, &v));
		TRY(periodic_text_read(c->a, v.content, &f, &c->err));
	}
	if (in->task == SOP_TASK_PERIODIC_COMPILE) {
		f = (struct periodic_form){ .agency = m->p.agency_id, .first = m->p.first_on, .last = m->p.last_on,
					    .words = f.words };
		TRY(periodic_count(c, &f));
		f.rule = rule_of(c, m);
	} else {
		const struct periodic_words *w = &in->words;

		f.words = (struct periodic_words){ w->number ? w->number : f.words.number,
						   w->summary ? w->summary : f.words.summary,
						   w->obstacles ? w->obstacles : f.words.obstacles,
						   w->measures ? w->measures : f.words.measures };
	}
	content = periodic_text_write(c->a, &f);
	m->digest = periodic_form_digest(content);
	m->has_digest = true;
	m->e.version = m->p.version + 1;
	return q_periodic_version_insert(c->db, &(struct periodic_version_insert_args){
		.periodic_id = m->p.id, .version = m->e.version, .at = c->now, .account_id = c->who.account,
		.content = content, .digest = { m->digest.b, HASH_BYTES } }, NULL);
}

static enum rc check_texts(struct ctx *c, const struct periodic_in *in)
{
	if (in->task == SOP_TASK_PERIODIC_RETURN && !is_given(in->note))
		return ctx_refuse(c, RC_INVALID, reason_required);
	if (in->task == SOP_TASK_PERIODIC_COVER && (!is_given(in->number) || !is_given(in->note)))
		return ctx_refuse(c, RC_INVALID, text_required);
	if (in->task == SOP_TASK_PERIODIC_FORM && !is_given(in->words.summary))
		return ctx_refuse(c, RC_INVALID, text_required);
	return RC_OK;
}

/* The row follows the events; lapor check compares it with them. */
static enum rc write_row(struct move *m)
{
	struct ctx *c = m->c;
	struct instant since = periodic_since(m->sop, m->p.state, m->p.step_since_at, m->e.to, m->p.last_on, c->calendar,
					      c->now);
	bool goes_on = since.ms == m->p.step_since_at.ms;
	struct instant due = periodic_due(m->sop, m->e.to, c->calendar, since);

	return q_periodic_move(c->db, &(struct periodic_move_args){
		.id = m->p.id, .sop_step = step_column(m->sop, m->e.to), .state = m->e.to, .version = m->e.version,
		.seq = m->e.seq, .step_since_at = since, .due_at = due, .is_open = periodic_is_open(m->e.to),
		/* Said once for each step. */
		.next_at = goes_on && !instant_is_set(m->p.next_at) ? m->p.next_at : due }, NULL);
}

static enum rc count_voided(struct move *m, int64_t *ret)
{
	struct periodic_events_row *rows;
	struct periodic_projection p = { .state = PERIODIC_NONE };
	int64_t before = 0;
	size_t n;

	TRY(q_periodic_events(m->c->db, m->c->a, m->p.id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		before = p.voided;
		periodic_project(&p, &(struct periodic_event){
			.seq = rows[i].seq, .at = rows[i].at, .what = rows[i].what, .role = rows[i].role,
			.account = rows[i].account_id, .to = rows[i].to_state, .version = rows[i].version });
	}
	*ret = p.voided - before;
	return RC_OK;
}

static enum rc check_seen(struct ctx *c, const struct move *m, int64_t seen_seq)
{
	struct periodic_changes_since_row since;

	if (seen_seq < 0 || seen_seq == m->p.seq)
		return RC_OK;
	TRY(q_periodic_changes_since(c->db, c->a, &(struct periodic_changes_since_args){ m->p.id, seen_seq }, &since));
	return since.n == 0 && seen_seq < m->p.seq ? RC_OK : ctx_refuse(c, RC_CONFLICT, changed_meanwhile);
}

enum rc periodic_act(struct ctx *c, struct periodic_id id, const struct periodic_in *in, struct periodic_out *ret)
{
	enum periodic_state to;
	struct move m;

	TRY(holidays_confirm(c));
	TRY(load(c, id, &m));
	if (!periodic_may_see(&c->who, m.p.agency_id, m.p.state))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	TRY(check_seen(c, &m, in->seen_seq));
	if (!periodic_decide(m.sop, in->task, m.p.state, c->who.role, &to))
		return ctx_refuse(c, RC_INVALID, not_possible_now);
	TRY(check_texts(c, in));
	m.e = (struct periodic_event){
		.periodic = id, .seq = m.p.seq + 1, .at = c->now, .what = sop_task_word(in->task), .role = c->who.role,
		.account = c->who.account, .to = to, .version = m.p.version,
		.was_late = instant_is_set(m.p.due_at) && c->now.ms > m.p.due_at.ms,
		.number = in->task == SOP_TASK_PERIODIC_COVER ? in->number : NULL, .note = is_given(in->note) ? in->note : NULL };
	if (in->task == SOP_TASK_PERIODIC_COMPILE || in->task == SOP_TASK_PERIODIC_FORM)
		TRY(make_version(&m, in));
	TRY(write_row(&m));
	TRY(record(&m, m.p.state));
	*ret = (struct periodic_out){ .state = to, .seq = m.e.seq, .version = m.e.version };
	return count_voided(&m, &ret->voided);
}

enum rc periodic_remind(struct ctx *c, struct periodic_id id, bool *ret_reminded)
{
	struct move m;

	*ret_reminded = false;
	TRY(load(c, id, &m));
	if (!instant_is_set(m.p.next_at) || m.p.next_at.ms > c->now.ms)
		return RC_OK;
	m.e = (struct periodic_event){ .periodic = id, .seq = m.p.seq + 1, .at = c->now, .what = PERIODIC_REMIND,
				       .role = ROLE_SYSTEM, .to = m.p.state, .version = m.p.version, .was_late = true };
	TRY(q_periodic_move(c->db, &(struct periodic_move_args){
		.id = id, .sop_step = step_column(m.sop, m.p.state), .state = m.p.state, .version = m.p.version,
		.seq = m.e.seq, .step_since_at = m.p.step_since_at, .due_at = m.p.due_at, .is_open = true }, NULL));
	*ret_reminded = true;
	return record(&m, m.p.state);
}

enum rc periodic_recount(struct ctx *c)
{
	struct periodic_all_open_row *rows;
	size_t n;

	TRY(q_periodic_all_open(c->db, c->a, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const struct sop *sop = periodic_sop(c, rows[i].sop_id);
		struct instant due = periodic_due(sop, rows[i].state, c->calendar, rows[i].step_since_at);

		if (due.ms == rows[i].due_at.ms || (rows[i].sop_id.v && !sop))
			continue;
		TRY(q_periodic_set_due(c->db, &(struct periodic_set_due_args){
			.id = rows[i].id, .state = rows[i].state, .step_since_at = rows[i].step_since_at, .due_at = due,
			.next_at = due.ms > c->now.ms || instant_is_set(rows[i].next_at) ? due : (struct instant){ 0 } }, NULL));
	}
	return RC_OK;
}
