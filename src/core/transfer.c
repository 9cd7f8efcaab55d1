/* SPDX-License-Identifier: Apache-2.0
 * transfer - counting and deciding.
 */
#include "core/transfer.h"

int64_t transfer_limit(const struct ruleset *r, int64_t set)
{
	return set > 0 ? set : r->arbitrate_after_transfers;
}

bool transfer_is_stuck(int64_t transfers, int64_t limit, bool is_arbitrated)
{
	return limit > 0 && transfers >= limit && !is_arbitrated;
}

enum transfer_refusal transfer_refuses(const struct rule *rule, bool is_stuck, bool is_arbitrated)
{
	if (rule->action == ACT_ARBITRATE)
		return is_stuck || is_arbitrated ? TRANSFER_FREE : TRANSFER_UNDISPUTED;
	if (rule->action == ACT_RETURN_UP && is_arbitrated && rule->by == ROLE_AGENCY_ADMIN)
		return TRANSFER_DECIDED;
	/* Between an OPD and its units it is no matter of competence. */
	if (is_stuck && (rule->action == ACT_DISPOSE || (rule->effects & FX_TRANSFER)))
		return TRANSFER_STUCK;
	return TRANSFER_FREE;
}
