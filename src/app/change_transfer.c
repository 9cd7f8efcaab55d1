/* SPDX-License-Identifier: Apache-2.0
 * change_transfer - a report that is sent around too often: nobody sends it on until the national admin has decided
 * whose it is, and that agency cannot send it back.
 */
#include "app/change.h"

#include "app/settings.h"

static int64_t limit_of(const struct change *ch)
{
	int set = ch->c->settings->arbitrate_after;

	return set > 0 ? set : ch->rules->arbitrate_after_transfers;
}

bool change_transfer_is_stuck(const struct change *ch, const struct projection *p)
{
	int64_t n = limit_of(ch);

	return n > 0 && p->transfers >= n && !p->is_arbitrated;
}

enum rc change_transfer_check(struct change *ch)
{
	const struct projection *b = &ch->before;
	struct ctx *c = ch->c;

	enum action action = ch->in->action;
	bool is_stuck = change_transfer_is_stuck(ch, b);

	if (action == ACT_ARBITRATE)
		return is_stuck || b->is_arbitrated ? RC_OK : ctx_refuse(c, RC_CONFLICT, not_possible_now);
	if (action == ACT_RETURN_UP && b->is_arbitrated && c->who.role == ROLE_AGENCY_ADMIN)
		return ctx_refuse(c, RC_CONFLICT, is_arbitrated);
	/* Between an OPD and its units it is no matter of competence. */
	if (is_stuck && (action == ACT_DISPOSE || (ch->rule->effects & FX_TRANSFER)))
		return ctx_refuse(c, RC_CONFLICT, needs_arbitration);
	return RC_OK;
}
