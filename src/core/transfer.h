/* SPDX-License-Identifier: Apache-2.0
 * transfer - a report that is sent around too often: nobody sends it on until the national admin has decided whose it is,
 * and that agency cannot send it back. Pure; asked by the use cases and by pages that offer what is possible.
 */
#ifndef CORE_TRANSFER_H
#define CORE_TRANSFER_H

#include "core/rules.h"
#include "core/transition.h"

/* set: of this installation; 0: as the rule set says. */
int64_t transfer_limit(const struct ruleset *r, int64_t set);
/* Has somebody to decide? */
bool transfer_is_stuck(int64_t transfers, int64_t limit, bool is_arbitrated);

enum transfer_refusal {
	TRANSFER_FREE,
	TRANSFER_STUCK,     /* the national admin decides first */
	TRANSFER_DECIDED,   /* it was decided that it is this agency's */
	TRANSFER_UNDISPUTED /* nothing has to be decided */
};
enum transfer_refusal transfer_refuses(const struct rule *rule, bool is_stuck, bool is_arbitrated);

#endif
