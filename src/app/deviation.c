/* SPDX-License-Identifier: Apache-2.0
 * deviation - records, accounts and reviews; who may is decided here, for pages and everything else.
 */
#include "app/deviation.h"

#include <string.h>

#include "app/change.h"
#include "app/notice.h"
#include "base/hash.h"
#include "base/lang.h"
#include "base/parse.h"
#include "base/utf8.h"
#include "query_account.h"
#include "query_deviation.h"
#include "query_lookup.h"
#include "query_outbox.h"

/* ---- telling */

struct telling {
	struct report_id report;
	int64_t seq;
	enum notice notice;
	const char *key;      /* of this deviation and this turn of it */
};

static enum rc tell_one(struct ctx *c, const struct telling *t, const char *to)
{
	struct hash h = hash_of(to, strlen(to), NULL);
	char hex[17];

	parse_hex_encode(h.b, 8, hex);
	return q_outbox_add(c->db, &(struct outbox_add_args){
		.report_id = t->report, .seq = t->seq, .template = notice_word(t->notice), .recipient = to,
		.language = LANG_ID, .created_at = c->now,
		.idempotency_key = arena_printf(c->a, "%s:%s", t->key, hex) }, NULL);
}

static enum rc tell(struct ctx *c, const struct telling *t, struct agency_id node, struct account_id person)
{
	struct account_addresses_row *rows;
	struct deviation_address_row one;
	bool is_there = false;
	size_t n;

	if (person.v)
		TRY(q_deviation_address(c->db, c->a, person, &one, &is_there));
	if (is_there)
		return tell_one(c, t, one.email);
	TRY(q_account_addresses(c->db, c->a, &(struct account_addresses_args){
		.agency_id = node, .first = ROLE_NATIONAL_ADMIN, .last = ROLE_UNIT_OFFICER }, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(tell_one(c, t, rows[i].email));
	return RC_OK;
}

/* ---- recording */

enum rc deviation_insert(struct ctx *c, const struct deviation_in *in, struct instant noticed_at)
{
	return q_deviation_insert(c->db, &(struct deviation_insert_args){
		.report_id = in->report, .sop_id = in->sop, .step = (int64_t)in->step + 1, .kind = in->kind,
		.what = in->what, .due_at = in->due_at, .noticed_at = noticed_at, .agency_id = in->agency,
		.account_id = in->account, .state = DEVIATION_ASKED }, NULL);
}

enum rc deviation_record(struct ctx *c, const struct deviation_in *in)
{
	const struct telling t = {
		.report = in->report, .seq = in->seq, .notice = NOTICE_deviation,
		.key = arena_printf(c->a, "d%lld:%lld:%zu:%d:%s", (long long)in->report.v, (long long)in->seq, in->step,
				    (int)in->kind, in->what) };

	TRY(deviation_insert(c, in, c->now));
	return tell(c, &t, in->agency, in->account);
}

enum rc deviation_missed(struct ctx *c, struct report_id report, int64_t seq, const char *rule, struct instant due)
{
	struct change ch = { .c = c };
	struct deviation_in in = { .report = report, .seq = seq, .kind = DEVIATION_TIME, .what = "", .due_at = due };
	const struct sop_book *book = sop_shelf_by_rule(c->sops, rule, &in.step);

	if (!book || !book->sop->is_accountable)
		return RC_OK;
	TRY(change_load(&ch, report));
	in.sop = book->id;
	change_sop_owner(&ch.before, book->sop, in.step, &in.agency, &in.account);
	return deviation_record(c, &in);
}

/* ---- answering for it */

/* The agency (level instansi) above a node, or itself. */
static enum rc agency_of(struct ctx *c, struct agency_id node, struct agency_id *ret)
{
	struct agency_by_id_row row;

	do {
		TRY(q_agency_by_id(c->db, c->a, node, &row));
		node = row.parent_id;
	} while (row.level > LEVEL_AGENCY);
	*ret = row.id;
	return RC_OK;
}

static enum rc load(struct ctx *c, struct deviation_id id, struct deviation_lock_row *ret, bool *ret_is_of_agency)
{
	struct agency_id agency;
	enum rc rc = q_deviation_lock(c->db, c->a, id, ret);

	if (rc == RC_NOT_FOUND)
		return ctx_refuse(c, rc, not_found);
	TRY(rc);
	TRY(agency_of(c, ret->agency_id, &agency));
	*ret_is_of_agency = c->who.agency.v != 0 && c->who.agency.v == agency.v;
	return RC_OK;
}

static bool is_officer_of_line(enum role role)
{
	return role == ROLE_AGENCY_ADMIN || role == ROLE_LIAISON || role == ROLE_UNIT_OFFICER;
}

static bool may_account(const struct ctx *c, const struct deviation_lock_row *d, bool is_of_agency)
{
	if (is_of_agency && c->who.role == ROLE_AGENCY_ADMIN)
		return true;
	if (d->account_id.v)
		return d->account_id.v == c->who.account.v;
	return is_officer_of_line(c->who.role) && c->who.agency.v == d->agency_id.v;
}

static enum rc check_text(struct ctx *c, const char *text)
{
	if (!text || !*text)
		return ctx_refuse(c, RC_INVALID, text_required);
	return utf8_length(text) > DEVIATION_TEXT_MAX ? ctx_refuse(c, RC_INVALID, text_too_long) : RC_OK;
}

enum rc deviation_account(struct ctx *c, struct deviation_id id, const char *cause, const char *correction)
{
	struct deviation_lock_row d;
	bool is_of_agency;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(load(c, id, &d, &is_of_agency));
	if (!may_account(c, &d, is_of_agency))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	if (d.state != DEVIATION_ASKED && d.state != DEVIATION_RETURNED)
		return ctx_refuse(c, RC_CONFLICT, not_possible_now);
	TRY(check_text(c, cause));
	TRY(check_text(c, correction));
	TRY(q_deviation_account(c->db, &(struct deviation_account_args){
		.id = id, .state = DEVIATION_ACCOUNTED, .cause = cause, .correction = correction, .accounted_at = c->now,
		.accounted_by = c->who.account }, NULL));
	return txn_commit(&t);
}

static enum rc tell_returned(struct ctx *c, const struct deviation_lock_row *d)
{
	struct deviation_event_row last;
	struct telling t = { .report = d->report_id, .notice = NOTICE_deviation_returned };

	TRY(q_deviation_event(c->db, c->a, d->report_id, &last));
	t.seq = last.seq;
	t.key = arena_printf(c->a, "dr%lld:%lld", (long long)d->id.v, (long long)c->now.ms);
	return tell(c, &t, d->agency_id, d->account_id);
}

enum rc deviation_review(struct ctx *c, struct deviation_id id, bool is_accepted, const char *text)
{
	struct deviation_lock_row d;
	bool is_of_agency;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(load(c, id, &d, &is_of_agency));
	if (!is_of_agency || c->who.role != ROLE_COORDINATOR)
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	if (d.state != DEVIATION_ACCOUNTED)
		return ctx_refuse(c, RC_CONFLICT, not_possible_now);
	if (!is_accepted || (text && *text))
		TRY(check_text(c, text));
	TRY(q_deviation_review(c->db, &(struct deviation_review_args){
		.id = id, .state = is_accepted ? DEVIATION_ACCEPTED : DEVIATION_RETURNED,
		.review = text && *text ? text : NULL, .reviewed_at = c->now, .reviewed_by = c->who.account }, NULL));
	if (!is_accepted)
		TRY(tell_returned(c, &d));
	return txn_commit(&t);
}
