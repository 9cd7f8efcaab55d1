/* SPDX-License-Identifier: Apache-2.0
 * change_notices - the messages of a transition, written into the outbox with it: none without its event. The key
 * report:event:recipient keeps anyone from hearing the same thing twice.
 */
#include <string.h>

#include "app/change.h"
#include "app/notice.h"
#include "base/hash.h"
#include "base/lang.h"
#include "base/parse.h"
#include "query_account.h"
#include "query_lookup.h"
#include "query_outbox.h"
#include "query_report.h"

static enum notice for_reporter(const struct change *ch)
{
	switch ((int)ch->e.action) {
	case ACT_SUBMIT: return NOTICE_received;
	case ACT_VERIFY: return NOTICE_verified;
	case ACT_DISPOSE: case ACT_REDISPOSE: case ACT_ARBITRATE: return NOTICE_forwarded;
	case ACT_RETURN_UP: return NOTICE_returned;
	case ACT_PEND: return NOTICE_pending;
	case ACT_EXPIRE: return NOTICE_expired;
	case ACT_ARCHIVE: return NOTICE_archived;
	case ACT_FOLLOW_UP: return NOTICE_followed_up;
	case ACT_ANSWER: case ACT_SETTLE: return NOTICE_answered;
	case ACT_CLOSE: return NOTICE_closed;
	case ACT_REOPEN: return NOTICE_reopened;
	case ACT_ESCALATE: return NOTICE_escalated;
	case ACT_OMBUDSMAN_SENT: return NOTICE_ombudsman_sent;
	case ACT_BLOCK: return NOTICE_blocked;
	default: return NOTICE_changed;
	}
}

static enum notice for_holder(const struct change *ch)
{
	switch ((int)ch->e.action) {
	case ACT_COMPLETE: return ch->e.role == ROLE_SYSTEM ? NOTICE_task : NOTICE_completed;
	case ACT_REPLY: return NOTICE_replied;
	case ACT_REOPEN: return NOTICE_reopened_task;
	case ACT_RETURN_UP: return NOTICE_returned_task;
	case ACT_ESCALATE: return NOTICE_ombudsman_flag;
	case ACT_SET_VISIBILITY: return NOTICE_protection_asked;
	case ACT_CLOSE: case ACT_EXPIRE: case ACT_WITHDRAW: return NOTICE_ended;
	default: return NOTICE_task;
	}
}

/* The address is hashed: the key is kept longer than anyone needs to know who it was. */
static const char *message_key(struct change *ch, const char *to)
{
	struct hash h = hash_of(to, strlen(to), NULL);
	char hex[17];

	parse_hex_encode(h.b, 8, hex);
	return arena_printf(ch->c->a, "%lld:%lld:%s", (long long)ch->report.v, (long long)ch->e.seq, hex);
}

enum rc change_notices_add(struct change *ch, enum notice n, const char *to, int lang)
{
	struct ctx *c = ch->c;

	return q_outbox_add(c->db, &(struct outbox_add_args){
		.report_id = ch->report, .seq = ch->e.seq, .template = notice_word(n), .recipient = to,
		.language = lang, .created_at = c->now,
		.idempotency_key = message_key(ch, to) }, NULL);
}

static enum rc tell_reporter(struct change *ch, enum notice n)
{
	struct reporter_address_row r;

	TRY(q_reporter_address(ch->c->db, ch->c->a, ch->reporter, &r));
	if (!r.email || !*r.email)
		return RC_OK;
	return change_notices_add(ch, n, r.email, (int)r.language);
}

static enum rc tell_agency(struct change *ch, struct agency_id agency, enum notice n)
{
	struct account_addresses_row *rows;
	size_t count;

	if (agency.v == 0)
		return RC_OK;
	TRY(q_account_addresses(ch->c->db, ch->c->a, &(struct account_addresses_args){
		.agency_id = agency, .first = ROLE_NATIONAL_ADMIN, .last = ROLE_OPD_HEAD }, &rows, &count));
	for (size_t i = 0; i < count; i++)
		if (rows[i].id.v != ch->c->who.account.v) /* who did it knows it */
			TRY(change_notices_add(ch, n, rows[i].email, LANG_ID));
	return RC_OK;
}

/* Reminders go to whoever is waited for; the reason says which one it is. */
static enum rc write_reminder(struct change *ch)
{
	if (strcmp(ch->reason, "consent") == 0)
		return tell_reporter(ch, NOTICE_ombudsman_reminder);
	if (strcmp(ch->reason, "ombudsman") != 0)
		return tell_reporter(ch, strcmp(ch->reason, "reply") == 0 ? NOTICE_reply_reminder :
									     NOTICE_pending_reminder);
	TRY(tell_agency(ch, ch->after.holder, NOTICE_ombudsman_warning));
	return ch->after.agency.v != ch->after.holder.v ?
		       tell_agency(ch, ch->after.agency, NOTICE_ombudsman_warning) : RC_OK;
}

/* Sent around too often now: the national admin has to decide whose it is. */
static enum rc ask_for_arbitration(struct change *ch)
{
	struct agency_first_of_level_row root;

	if (ch->after.transfers == ch->before.transfers || !change_transfer_is_stuck(ch, &ch->after))
		return RC_OK;
	TRY(q_agency_first_of_level(ch->c->db, ch->c->a, LEVEL_NATIONAL, &root));
	return tell_agency(ch, root.id, NOTICE_arbitrate);
}

/* With the reporter's consent the national admin has something to hand over. */
static enum rc tell_consent(struct change *ch)
{
	struct agency_first_of_level_row nation;

	if (strcmp(ch->reason, "agreed") != 0)
		return RC_OK;
	TRY(q_agency_first_of_level(ch->c->db, ch->c->a, LEVEL_NATIONAL, &nation));
	return tell_agency(ch, nation.id, NOTICE_ombudsman_consent);
}

enum rc change_notices_write(struct change *ch)
{
	unsigned fx = ch->rule->effects;

	if (ch->e.action == ACT_REMIND)
		return write_reminder(ch);
	if (ch->e.action == ACT_OMBUDSMAN_CONSENT)
		return tell_consent(ch);
	/* First, so that who is told by the SOP is not told again. */
	TRY(change_sop_notices_write(ch));
	TRY(ask_for_arbitration(ch));
	if (fx & FX_TELL_REPORTER)
		TRY(tell_reporter(ch, for_reporter(ch)));
	if (fx & FX_TELL_HOLDER)
		TRY(tell_agency(ch, ch->after.holder, for_holder(ch)));
	if ((fx & FX_TELL_PREVIOUS) && ch->before.holder.v != ch->after.holder.v)
		TRY(tell_agency(ch, ch->before.holder, NOTICE_taken_away));
	if (ch->e.action == ACT_ESCALATE && ch->after.agency.v != ch->after.holder.v)
		TRY(tell_agency(ch, ch->after.agency, NOTICE_ombudsman_flag));
	return RC_OK;
}
