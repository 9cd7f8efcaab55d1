/* SPDX-License-Identifier: Apache-2.0
 * ombudsman - consent, dossier and handing over. Every decision goes through act.h first, which locks the report's row; the
 * case is read after that.
 */
#include "app/ombudsman.h"

#include <string.h>

#include "app/act.h"
#include "app/holidays.h"
#include "base/parse.h"
#include "core/calendar.h"
#include "core/remind.h"
#include "query_ombudsman.h"
#include "query_report.h"

enum rc ombudsman_open(struct ctx *c, struct report_id report, struct agency_id agency, struct instant at, bool is_reminded)
{
	enum zone z = calendar_zone(c->calendar);
	struct day on = calendar_add_workdays(c->calendar, instant_day(at, z), OMBUDSMAN_REMIND_WD);

	return q_ombudsman_open(c->db, &(struct ombudsman_open_args){
		.report_id = report, .state = OMBUDSMAN_ASKED, .asked_at = at, .agency_id = agency,
		.remind_at = is_reminded ? (struct instant){ 0 } :
					   instant_add_ms(instant_at_day(on, z), REMIND_AT_MINUTE * MS_PER_MINUTE),
	}, NULL);
}

static enum rc lock_case(struct ctx *c, struct report_id report, struct ombudsman_lock_row *ret)
{
	enum rc rc = q_ombudsman_lock(c->db, c->a, report, ret);

	return rc == RC_NOT_FOUND ? ctx_refuse(c, RC_CONFLICT, not_possible_now) : rc;
}

/* The reporter's answer as an event; the case comes back locked, not handed over yet. */
static enum rc answer(struct ctx *c, const char *code, const char *reason, struct act_out *out,
		      struct ombudsman_lock_row *ret)
{
	const struct act_in in = { .action = ACT_OMBUDSMAN_CONSENT, .seen_version = -1, .reason = reason };

	TRY(act_by_code(c, code, &in, out));
	TRY(lock_case(c, out->report, ret));
	return ret->state == OMBUDSMAN_SENT ? ctx_refuse(c, RC_CONFLICT, ombudsman_sent) : RC_OK;
}

static enum rc identity_text(struct ctx *c, const struct ombudsman_identity *who, const char **ret)
{
	const char *marital = ombudsman_marital_word(who->marital);
	struct json_tree *o = json_tree_object();
	char birth[11];
	bool is_text;

	day_format(who->birth_on, birth);
	is_text = json_tree_set_text(o, "name", who->name) && json_tree_set_text(o, "birth_place", who->birth_place) &&
		  json_tree_set_text(o, "birth_date", birth) && json_tree_set_text(o, "marital", marital) &&
		  json_tree_set_text(o, "occupation", who->occupation) && json_tree_set_text(o, "address", who->address) &&
		  json_tree_set_text(o, "number", who->number) && json_tree_set_text(o, "contact", who->contact);
	json_tree_set_bool(o, "may_disclose", who->may_disclose);
	*ret = is_text ? json_tree_canonical(c->a, o) : NULL;
	json_tree_free(o);
	return is_text ? RC_OK : ctx_refuse(c, RC_INVALID, bad_encoding);
}

enum rc ombudsman_agree(struct ctx *c, const char *code, const struct ombudsman_identity *who,
			struct ombudsman_problems *ret)
{
	struct day today = instant_day(c->now, calendar_zone(c->calendar));
	const char *identity, *bundle;
	struct ombudsman_lock_row row;
	struct act_out out;
	struct hash digest;
	TXN(t);

	ret->n = ombudsman_identity_check(who, today, ret->p);
	if (ret->n > 0)
		return ctx_refuse(c, RC_INVALID, bad_request);
	TRY(txn_begin(c->db, &t));
	TRY(answer(c, code, "agreed", &out, &row));
	TRY(identity_text(c, who, &identity));
	TRY(dossier_make(c, out.report, row.agency_id, who, &bundle, &digest));
	TRY(q_ombudsman_agree(c->db, &(struct ombudsman_agree_args){
		.report_id = out.report, .state = OMBUDSMAN_AGREED, .decided_at = c->now, .identity = identity,
		.bundle = bundle, .digest = { digest.b, HASH_BYTES } }, NULL));
	return txn_commit(&t);
}

enum rc ombudsman_decline(struct ctx *c, const char *code)
{
	struct ombudsman_lock_row row;
	struct act_out out;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(answer(c, code, "declined", &out, &row));
	TRY(q_ombudsman_decline(c->db, &(struct ombudsman_decline_args){
		.report_id = out.report, .state = OMBUDSMAN_DECLINED, .decided_at = c->now }, NULL));
	return txn_commit(&t);
}

static const char *kept(struct ctx *c, const struct json_tree *o, const char *key)
{
	const char *text = json_tree_text(o, key);

	return text ? arena_strdup(c->a, text) : "";
}

enum rc ombudsman_typed(struct ctx *c, struct report_id report, struct ombudsman_identity *ret)
{
	struct ombudsman_identity_row row;
	struct json_tree *o;

	TRY(q_ombudsman_identity(c->db, c->a, report, &row));
	if (!row.identity)
		return RC_NOT_FOUND;
	o = json_tree_parse(row.identity, strlen(row.identity));
	*ret = (struct ombudsman_identity){
		.name = kept(c, o, "name"), .birth_place = kept(c, o, "birth_place"), .occupation = kept(c, o, "occupation"),
		.address = kept(c, o, "address"), .number = kept(c, o, "number"), .contact = kept(c, o, "contact"),
		.has_disclose = true, .may_disclose = json_tree_bool(o, "may_disclose"),
	};
	ret->has_birth = day_parse(kept(c, o, "birth_date"), &ret->birth_on);
	if (!ombudsman_marital_parse(kept(c, o, "marital"), &ret->marital))
		ret->marital = MARITAL_NONE;
	json_tree_free(o);
	return RC_OK;
}

/* A report that is over is not asked about any more; the block on its page stays. */
enum rc ombudsman_remind(struct ctx *c, struct report_id report, bool *ret)
{
	const struct act_in in = { .action = ACT_REMIND, .seen_version = -1, .reason = "consent" };
	struct report_lock_row r;
	struct act_out out;
	int64_t changed;

	*ret = false;
	TRY(holidays_confirm(c));
	TRY(q_report_lock(c->db, c->a, report, &r));
	TRY(q_ombudsman_remind_claim(c->db, &(struct ombudsman_remind_claim_args){
		.report_id = report, .now = c->now }, &changed));
	if (changed != 1 || !r.is_open)
		return RC_OK;
	TRY(act_by_id(c, report, &in, &out));
	*ret = true;
	return RC_OK;
}

enum rc ombudsman_bundle(struct ctx *c, struct report_id report, const char **ret_bundle, struct hash *ret_digest)
{
	struct ombudsman_bundle_row row;
	enum rc rc = q_ombudsman_bundle(c->db, c->a, report, &row);

	if (rc == RC_NOT_FOUND || (rc == RC_OK && !row.bundle))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	TRY(rc);
	if (row.digest.n != HASH_BYTES)
		return err_set(&c->err, RC_FAILED, REFUSE_internal, "digest of a dossier of wrong length");
	memcpy(ret_digest->b, row.digest.p, HASH_BYTES);
	*ret_bundle = row.bundle;
	return RC_OK;
}

enum rc ombudsman_open_bundle(struct ctx *c, const char *number, const char **ret_bundle, struct hash *ret_digest)
{
	const struct act_in in = { .action = ACT_REVEAL, .seen_version = -1, .reason = "ombudsman_dossier",
				   .note = "Ombudsman RI" };
	struct act_out out;
	TXN(t);

	if (c->who.role != ROLE_NATIONAL_ADMIN)
		return ctx_refuse(c, RC_DENIED, not_allowed);
	TRY(txn_begin(c->db, &t));
	TRY(act_by_number(c, number, &in, &out));
	TRY(ombudsman_bundle(c, out.report, ret_bundle, ret_digest));
	return txn_commit(&t);
}

enum rc ombudsman_hand_over(struct ctx *c, const char *number, const char *given)
{
	struct act_in in = { .action = ACT_OMBUDSMAN_SENT, .seen_version = -1, .note = given };
	struct report_find_by_number_row r;
	struct report_lock_row locked;
	struct ombudsman_lock_row row;
	char hex[2 * HASH_BYTES + 1];
	struct act_out out;
	TXN(t);

	enum rc rc = q_report_find_by_number(c->db, c->a, number, &r);
	if (rc == RC_NOT_FOUND)
		return ctx_refuse(c, rc, not_found);
	TRY(rc);
	TRY(txn_begin(c->db, &t));
	TRY(holidays_confirm(c));
	/* The report first, like every decision. */
	TRY(q_report_lock(c->db, c->a, r.id, &locked));
	TRY(lock_case(c, r.id, &row));
	if (row.state == OMBUDSMAN_SENT)
		return ctx_refuse(c, RC_CONFLICT, ombudsman_sent);
	if (row.state != OMBUDSMAN_AGREED || row.digest.n != HASH_BYTES)
		return ctx_refuse(c, RC_CONFLICT, ombudsman_no_consent);
	/* What was handed over stands in the chain by its digest. */
	parse_hex_encode(row.digest.p, HASH_BYTES, hex);
	in.digest = hex;
	TRY(act_by_number(c, number, &in, &out));
	TRY(q_ombudsman_sent(c->db, &(struct ombudsman_sent_args){
		.report_id = r.id, .state = OMBUDSMAN_SENT, .sent_at = c->now, .sent_by = c->who.account,
		.sent_number = given }, NULL));
	return txn_commit(&t);
}
