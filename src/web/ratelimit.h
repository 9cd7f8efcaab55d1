/* SPDX-License-Identifier: Apache-2.0
 * ratelimit - how often an address may do something, in memory of fixed size.
 *
 * An allowance of n per period that refills evenly (GCRA: one number per address). Addresses are
 * kept as keyed hashes; IPv6 counts by /64. When the table is full, the entry that is nearest to being full
 * again makes room: forgetting it costs least.
 */
#ifndef WEB_RATELIMIT_H
#define WEB_RATELIMIT_H

#include "base/day.h"
#include "base/hash.h"

struct ratelimit;

struct ratelimit_rule {
	int kind;          /* tells apart what is counted */
	int n;             /* 0 or less: no limit */
	int64_t period_ms;
};

/* key: of the installation, so that all its nodes hash an address to the same number; NULL: one made up here. */
struct ratelimit *ratelimit_new(const struct hash *key);
void ratelimit_free(struct ratelimit *r);
/* Takes one; false when nothing is left. Safe from any thread. */
bool ratelimit_take(struct ratelimit *r, struct ratelimit_rule rule, const char *address, struct instant now);
/* How many are left now, without taking. INT32_MAX when there is no limit. */
int ratelimit_left(struct ratelimit *r, struct ratelimit_rule rule, const char *address, struct instant now);

/* For sharing what is counted with other nodes (web/limitshare.h). */
int64_t ratelimit_who(const struct ratelimit *r, struct ratelimit_rule rule, const char *address);
/* The allowance is whole again at full_at or later, as others know. */
void ratelimit_learn(struct ratelimit *r, int64_t who, struct instant full_at);

#endif
