/* SPDX-License-Identifier: Apache-2.0 */
#include "web/request.h"

#include <string.h>

#include "query_allowance.h"
#include "web/state.h"

#define BEGUN_PER_SENT 10

static const char *find(const struct field *f, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(f[i].name, name) == 0)
			return f[i].value;
	return NULL;
}

const char *request_param(const struct request *r, const char *name)
{
	return find(r->params, r->n_params, name);
}

const char *request_query(const struct request *r, const char *name)
{
	return find(r->query, r->n_query, name);
}

const char *request_form(const struct request *r, const char *name)
{
	return find(r->form, r->n_form, name);
}

const char *request_cookie(const struct request *r, struct arena *a, const char *name)
{
	size_t name_n = strlen(name);

	for (const char *s = r->cookie; *s;) {
		size_t n;

		s += strspn(s, "; ");
		n = strcspn(s, ";");
		if (n > name_n && s[name_n] == '=' && memcmp(s, name, name_n) == 0)
			return arena_strndup(a, s + name_n + 1, n - name_n - 1);
		s += n;
	}
	return NULL;
}

static struct ratelimit_rule rule_of(const struct ctx *c, enum request_limit what)
{
	switch (what) {
	case REQUEST_LIMIT_SUBMIT:
		return (struct ratelimit_rule){ what, c->settings->submit_per_hour, MS_PER_HOUR };
	case REQUEST_LIMIT_TRACK:
		return (struct ratelimit_rule){ what, c->settings->tracks_per_minute, MS_PER_MINUTE };
	case REQUEST_LIMIT_LOGIN:
		/* Many officers share an office's address; each account has its own, stricter throttle. */
		return (struct ratelimit_rule){ what, 60, 10 * MS_PER_MINUTE };
	case REQUEST_LIMIT_DRAFT:
	case REQUEST_LIMIT_UPLOAD:
		/* Many begin and few send; but nobody may fill the disk with what is never sent. */
		return (struct ratelimit_rule){ what, c->settings->submit_per_hour * BEGUN_PER_SENT, MS_PER_HOUR };
	case REQUEST_LIMIT_COUNT:
		break;
	}
	BUG("unknown limit %d", (int)what);
}

/* What other nodes have counted meanwhile. A database that is away leaves what is known here. */
static void learn(struct ctx *c, const struct request *r, struct ratelimit_rule rule)
{
	int64_t who = ratelimit_who(r->web->limits, rule, r->address);
	struct allowance_read_row row;
	bool found = false;

	if (r->web->share && rule.n > 0 && c->db && q_allowance_read(c->db, c->a, who, &row, &found) == RC_OK && found)
		ratelimit_learn(r->web->limits, who, row.full_at);
}

enum rc request_limit_take(struct ctx *c, const struct request *r, enum request_limit what)
{
	struct ratelimit_rule rule = rule_of(c, what);
	struct ratelimit *limits = r->web->limits;

	if (r->address[0] == '\0' || rule.n <= 0)
		return RC_OK;
	learn(c, r, rule);
	if (ratelimit_take(limits, rule, r->address, c->now)) {
		limitshare_note(r->web->share, ratelimit_who(limits, rule, r->address), rule.period_ms / rule.n, c->now);
		return RC_OK;
	}
	return ctx_refuse(c, RC_LIMITED, too_many_requests);
}

int request_limit_left(struct ctx *c, const struct request *r, enum request_limit what)
{
	if (r->address[0] == '\0')
		return INT32_MAX;
	learn(c, r, rule_of(c, what));
	return ratelimit_left(r->web->limits, rule_of(c, what), r->address, c->now);
}
