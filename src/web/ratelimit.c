/* SPDX-License-Identifier: Apache-2.0 */
#include "web/ratelimit.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/rand.h"

#define SETS 4096U
#define WAYS 4U

struct entry {
	uint64_t who;
	int64_t full_at_ms; /* when the allowance is whole again */
};

struct ratelimit {
	pthread_mutex_t lock;
	struct hash key;
	struct entry entry[SETS][WAYS];
};

struct ratelimit *ratelimit_new(const struct hash *key)
{
	struct ratelimit *r = calloc(1, sizeof(*r));

	if (!r)
		BUG("out of memory");
	pthread_mutex_init(&r->lock, NULL);
	if (key)
		r->key = *key;
	else
		rand_secret(&r->key, sizeof(r->key));
	return r;
}

void ratelimit_free(struct ratelimit *r)
{
	if (!r)
		return;
	pthread_mutex_destroy(&r->lock);
	free(r);
}

static uint64_t who_is(const struct ratelimit *r, int kind, const char *address)
{
	unsigned char bytes[17] = { (unsigned char)kind };
	struct hash h;
	uint64_t who;

	if (inet_pton(AF_INET6, address, bytes + 1) == 1)
		memset(bytes + 9, 0, 8);
	else if (inet_pton(AF_INET, address, bytes + 1) == 1)
		bytes[16] = 4;
	h = hash_of(bytes, sizeof(bytes), &r->key);
	memcpy(&who, h.b, sizeof(who));
	return who ? who : 1;
}

/* The entry of that address, or the one it may take over. */
static struct entry *find(struct ratelimit *r, uint64_t who)
{
	struct entry *set = r->entry[who % SETS], *oldest = set;

	for (size_t i = 0; i < WAYS; i++) {
		if (set[i].who == who)
			return &set[i];
		if (set[i].full_at_ms < oldest->full_at_ms)
			oldest = &set[i];
	}
	return oldest;
}

/* What is missing until the allowance is whole, in ms; a clock that jumped back is no reason to wait longer. */
static int64_t missing_ms(const struct entry *e, uint64_t who, const struct ratelimit_rule *rule, int64_t now_ms)
{
	int64_t missing = e->who == who ? e->full_at_ms - now_ms : 0;

	if (missing < 0)
		return 0;
	return missing < rule->period_ms ? missing : rule->period_ms;
}

bool ratelimit_take(struct ratelimit *r, struct ratelimit_rule rule, const char *address, struct instant now)
{
	int64_t each, missing;
	uint64_t who;
	struct entry *e;
	bool ok;

	if (rule.n <= 0)
		return true;
	each = rule.period_ms / rule.n;
	who = who_is(r, rule.kind, address);
	pthread_mutex_lock(&r->lock);
	e = find(r, who);
	missing = missing_ms(e, who, &rule, now.ms);
	ok = missing + each <= rule.period_ms;
	if (ok)
		*e = (struct entry){ .who = who, .full_at_ms = now.ms + missing + each };
	pthread_mutex_unlock(&r->lock);
	return ok;
}

int ratelimit_left(struct ratelimit *r, struct ratelimit_rule rule, const char *address, struct instant now)
{
	int64_t missing;
	uint64_t who;

	if (rule.n <= 0)
		return INT32_MAX;
	who = who_is(r, rule.kind, address);
	pthread_mutex_lock(&r->lock);
	missing = missing_ms(find(r, who), who, &rule, now.ms);
	pthread_mutex_unlock(&r->lock);
	return (int)((rule.period_ms - missing) / (rule.period_ms / rule.n));
}

int64_t ratelimit_who(const struct ratelimit *r, struct ratelimit_rule rule, const char *address)
{
	return (int64_t)who_is(r, rule.kind, address);
}

void ratelimit_learn(struct ratelimit *r, int64_t who, struct instant full_at)
{
	struct entry *e;

	pthread_mutex_lock(&r->lock);
	e = find(r, (uint64_t)who);
	if (e->who != (uint64_t)who || e->full_at_ms < full_at.ms)
		*e = (struct entry){ .who = (uint64_t)who, .full_at_ms = full_at.ms };
	pthread_mutex_unlock(&r->lock);
}
