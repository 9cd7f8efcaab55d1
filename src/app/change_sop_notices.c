/* SPDX-License-Identifier: Apache-2.0
 * change_sop_notices - whom a step of the SOP in force tells: the group of the liaison officers, the admin, the head of
 * the OPD, the coordinator. Number and link only (E19). The usual messages of a transition are in change_notices.c; who
 * is told here does not get those of the same event again.
 */
#include <string.h>

#include "app/change.h"
#include "app/notice.h"
#include "base/lang.h"
#include "core/sop_shelf.h"
#include "query_desk_sop.h"

/* Does the SOP in force name this task? */
static bool names(const struct change *ch, enum sop_task task)
{
	const struct sop_book *book = sop_shelf_find(ch->c->sops, ch->after.sop);

	return book && sop_has_task(book->sop, task);
}

/* SOP tjt-20#3, magetan#4: out it is when the group has it; job/outbox.c then records the task. */
static enum rc tell_group(struct change *ch)
{
	struct desk_sop_group_row r;
	const char *to;

	TRY(q_desk_sop_group(ch->c->db, ch->c->a, ch->after.agency, &r));
	to = r.group_channel;
	if (!to || !*to)
		return RC_OK;
	return change_notices_add(ch, strncmp(to, "https:", 6) == 0 || strncmp(to, "http:", 5) == 0 ?
			NOTICE_group_hook : NOTICE_group_liaison, to, LANG_ID);
}

static enum rc tell_role(struct change *ch, struct agency_id node, enum role role, enum notice n)
{
	struct desk_sop_addresses_row *rows;
	size_t count;

	if (node.v == 0)
		return RC_OK;
	TRY(q_desk_sop_addresses(ch->c->db, ch->c->a, &(struct desk_sop_addresses_args){
		.agency_id = node, .role = role }, &rows, &count));
	for (size_t i = 0; i < count; i++)
		if (rows[i].id.v != ch->c->who.account.v)
			TRY(change_notices_add(ch, n, rows[i].email, LANG_ID));
	return RC_OK;
}

/* SOP tjt-20#4b before anything was done, tjt-20#4d afterwards. */
static enum notice for_head(const struct change *ch)
{
	return ch->before.state == STATE_AT_OPD || ch->before.state == STATE_AT_UNIT ? NOTICE_head_incoming :
										       NOTICE_head_followed_up;
}

static enum rc tell_of_task(struct change *ch)
{
	struct agency_id opd = ch->after.opd;
	enum sop_task task = SOP_TASK_NONE;

	if (!ch->reason || !sop_task_parse(ch->reason, &task))
		return RC_OK;
	switch ((int)task) {
	case SOP_TASK_INFORM_HEAD: return tell_role(ch, opd, ROLE_OPD_HEAD, for_head(ch));
	case SOP_TASK_SETTLEMENT_REPORT: return tell_role(ch, ch->after.agency, ROLE_COORDINATOR, NOTICE_settlement);
	case SOP_TASK_FIELD_MINUTES: return tell_role(ch, opd, ROLE_OPD_HEAD, NOTICE_minutes_submitted);
	case SOP_TASK_MINUTES_RETURN: return tell_role(ch, opd, ROLE_LIAISON, NOTICE_minutes_returned);
	case SOP_TASK_MINUTES_APPROVE: return tell_role(ch, opd, ROLE_LIAISON, NOTICE_minutes_approved);
	default: return RC_OK;
	}
}

static bool is_sent(enum action a)
{
	return a == ACT_DISPOSE || a == ACT_REDISPOSE || a == ACT_ARBITRATE;
}

enum rc change_sop_notices_write(struct change *ch)
{
	if (ch->e.action == ACT_TASK)
		return tell_of_task(ch);
	if (!is_sent(ch->e.action))
		return RC_OK;
	if (ch->after.state == STATE_AT_OPD && names(ch, SOP_TASK_INFORM_LIAISON))
		return tell_group(ch);
	if (ch->after.state == STATE_AT_AGENCY && names(ch, SOP_TASK_INFORM_ADMIN))
		return tell_role(ch, ch->after.agency, ROLE_AGENCY_ADMIN, NOTICE_inform_admin);
	return RC_OK;
}
