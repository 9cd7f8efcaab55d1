/* SPDX-License-Identifier: Apache-2.0
 * change_transfer - what core/transfer.h says of the report at hand, as refusals.
 */
#include "app/change.h"

#include "app/settings.h"
#include "core/transfer.h"

bool change_transfer_is_stuck(const struct change *ch, const struct projection *p)
{
	return transfer_is_stuck(p->transfers, transfer_limit(ch->rules, ch->c->settings->arbitrate_after), p->is_arbitrated);
}

enum rc change_transfer_check(struct change *ch)
{
	const struct projection *b = &ch->before;
	struct ctx *c = ch->c;

	switch (transfer_refuses(ch->rule, change_transfer_is_stuck(ch, b), b->is_arbitrated)) {
	case TRANSFER_FREE: return RC_OK;
	case TRANSFER_STUCK: return ctx_refuse(c, RC_CONFLICT, needs_arbitration);
	case TRANSFER_DECIDED: return ctx_refuse(c, RC_CONFLICT, is_arbitrated);
	case TRANSFER_UNDISPUTED: return ctx_refuse(c, RC_CONFLICT, not_possible_now);
	}
	BUG("no such refusal");
}
