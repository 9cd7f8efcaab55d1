/* SPDX-License-Identifier: Apache-2.0
 * allowance - what addresses have used up, counted once for all nodes of an installation.
 */
#ifndef APP_ALLOWANCE_H
#define APP_ALLOWANCE_H

#include "base/day.h"
#include "store/db.h"

struct allowance_use {
	int64_t who;         /* ratelimit_who() */
	int64_t each_ms;     /* what was used, as the time it takes to refill */
	struct instant now;
	struct instant full_at; /* out: when it is whole again, with what all nodes used */
};

/* In the caller's transaction. The list is in the order of who, so that two nodes do not wait for each other in a circle. */
CHECKED enum rc allowance_add(struct db *db, struct arena *a, struct allowance_use *list, size_t n);

#endif
