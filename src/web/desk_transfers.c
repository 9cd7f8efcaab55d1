/* SPDX-License-Identifier: Apache-2.0
 * desk_transfers - how a report was sent around, out of its events; and whether that stops until the national admin has
 * decided (core/transfer.h).
 */
#include "web/desk_transfers.h"

#include <string.h>

#include "app/settings.h"
#include "core/transfer.h"
#include "i18n/vocab.h"

static int64_t limit_of(const struct ctx *c, const struct desk_report_row *r)
{
	const struct ruleset *rules = rules_by_id(r->ruleset);

	return rules ? transfer_limit(rules, c->settings->arbitrate_after) : 0;
}

bool desk_transfers_stuck(const struct ctx *c, const struct desk_report_row *r)
{
	return transfer_is_stuck(r->transfers, limit_of(c, r), r->is_arbitrated);
}

static struct desk_transfer move_of(struct ctx *c, const struct desk_events_row *e)
{
	enum msg reason = vocab_reason(e->reason);

	return (struct desk_transfer){
		.action = e->action, .from = e->actor_agency, .to = e->to_agency, .note = e->note, .at = e->at,
		.reason = reason == MSG_NONE || reason == MSG_reason_other ? NULL : msg_text(c->lang, reason),
	};
}

static bool is_transfer(const struct desk_events_row *e)
{
	const struct rule *rule = transition_find(e->action, e->from_state, e->role);

	return e->action == ACT_ARBITRATE || (rule && (rule->effects & FX_TRANSFER));
}

/* The last word of every agency, in the order in which they spoke last. */
static void tell_pleas(struct ctx *c, const struct desk_loaded *l, struct desk_transfers *t)
{
	struct desk_transfer *list = arena_new_many(c->a, struct desk_transfer, l->n_events + 1);

	for (size_t i = 0; i < l->n_events; i++) {
		const struct desk_events_row *e = &l->events[i];
		size_t k = 0;

		if (e->action != ACT_RETURN_UP || !is_transfer(e) || !e->actor_agency)
			continue;
		while (k < t->n_pleas && strcmp(list[k].from, e->actor_agency) != 0)
			k++;
		if (k == t->n_pleas)
			t->n_pleas++;
		list[k] = move_of(c, e);
	}
	t->pleas = list;
}

void desk_transfers_tell(struct ctx *c, const struct desk_loaded *l, struct desk_transfers *t)
{
	struct desk_transfer *list = arena_new_many(c->a, struct desk_transfer, l->n_events + 1);

	*t = (struct desk_transfers){
		.count = l->r.transfers, .limit = limit_of(c, &l->r), .is_stuck = desk_transfers_stuck(c, &l->r) && l->r.is_open,
		.is_arbitrated = l->r.is_arbitrated,
		.may_arbitrate = desk_load_may(l, ACT_ARBITRATE),
	};
	for (size_t i = 0; i < l->n_events; i++)
		if (is_transfer(&l->events[i]))
			list[t->n_moves++] = move_of(c, &l->events[i]);
	t->moves = list;
	tell_pleas(c, l, t);
}
