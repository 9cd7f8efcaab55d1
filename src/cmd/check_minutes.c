/* SPDX-License-Identifier: Apache-2.0
 * check_minutes - minutes of field verifications: what a head approved still has the digest of that moment, and nothing
 * else has one.
 */
#include "cmd/check.h"

#include "app/minutes.h"
#include "query_check_minutes.h"

#define PAGE_ROWS 200

static void check_one(struct check *k, const struct check_minutes_rows_row *r)
{
	const struct minutes_text text = { r->held_on, r->place, r->people, r->findings, r->conclusion, r->proposed_answer };
	const struct hash h = minutes_digest(r->number, r->version, &text);

	if (r->state != MINUTES_APPROVED && r->digest.n > 0)
		check_find(k, "%s: minutes %lld are frozen, but not approved", r->number, (long long)r->version);
	if (r->state == MINUTES_APPROVED &&
	    (r->digest.n != HASH_BYTES || !hash_equal_bytes(h.b, r->digest.p, HASH_BYTES)))
		check_find(k, "%s: minutes %lld were changed after they were approved", r->number, (long long)r->version);
}

enum rc check_minutes_all(struct check *k)
{
	struct minutes_id after = { 0 };

	for (;;) {
		struct check_minutes_rows_row *rows;
		size_t n;

		arena_reset(k->page);
		TRY(q_check_minutes_rows(k->s->db, k->page, &(struct check_minutes_rows_args){ after, PAGE_ROWS }, &rows, &n));
		if (n == 0)
			return RC_OK;
		for (size_t i = 0; i < n; i++)
			check_one(k, &rows[i]);
		after = rows[n - 1].id;
	}
}
