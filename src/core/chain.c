/* SPDX-License-Identifier: Apache-2.0
 * chain - the hash over the previous hash and one event. The order of the pieces is part of the stored format:
 * changing it makes every existing chain invalid.
 */
#include "core/chain.h"

struct hash chain_hash(const struct hash *previous, const struct chain_event *e)
{
	static const struct hash zero;
	struct hash_state s;

	hash_begin(&s, NULL);
	hash_piece(&s, previous ? previous->b : zero.b, HASH_BYTES);
	hash_int(&s, e->report.v);
	hash_int(&s, e->seq);
	hash_int(&s, e->at.ms);
	hash_int(&s, (int64_t)e->action);
	hash_int(&s, (int64_t)e->role);
	hash_int(&s, e->account.v);
	hash_int(&s, e->agency.v);
	hash_int(&s, (int64_t)e->from);
	hash_int(&s, (int64_t)e->to);
	hash_int(&s, e->to_agency.v);
	hash_int(&s, (int64_t)e->audience);
	hash_text(&s, e->reason);
	hash_text(&s, e->note);
	hash_text(&s, e->data);
	return hash_end(&s);
}
