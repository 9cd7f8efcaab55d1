/* SPDX-License-Identifier: Apache-2.0
 * desk_load - everything the report page needs from the database, and what this person may do with it.
 */
#include "app/settings.h"
#include "core/access.h"
#include "core/transfer.h"
#include "web/desk_sop.h"

static unsigned access_bits(const struct ctx *c, const struct desk_report_row *r)
{
	return access_to(&(struct access_report){
				 .state = r->state, .class = r->class, .visibility = r->visibility, .is_public = r->is_public,
				 .is_blocked = r->is_blocked, .holder = r->holder_id, .agency = r->agency_id,
				 .opd = r->opd_id, .unit = r->unit_id },
			 &(struct access_person){ .role = c->who.role, .agency = c->who.agency });
}

/* The transition table says what the role may do in this state, access whether with this report. */
static uint64_t possible(const struct ctx *c, const struct desk_loaded *l)
{
	uint64_t table = transition_actions(l->r.state, c->who.role);
	uint64_t allowed = 0;

	if (c->archive_year)
		return 0;
	if (l->bits & ACCESS_ACT)
		allowed |= table & ~(UINT64_C(1) << ACT_NOTE | UINT64_C(1) << ACT_REVEAL);
	if (l->bits & ACCESS_INTERNAL)
		allowed |= table & (UINT64_C(1) << ACT_NOTE | UINT64_C(1) << ACT_TASK);
	if (l->bits & ACCESS_REVEAL)
		allowed |= table & UINT64_C(1) << ACT_REVEAL;
	return allowed;
}

/* Asked for the role only: what has to be done before is said when somebody tries. */
static bool is_done(void *arg, struct sop_act act)
{
	(void)arg;
	(void)act;
	return true;
}

/* What the table allows and the SOP in force, or a report sent around too often, does not. */
static bool is_barred(const struct ctx *c, const struct desk_report_row *r, const struct rule *rule)
{
	const struct ruleset *rules = rules_by_id(r->ruleset);
	bool is_stuck = rules && transfer_is_stuck(r->transfers, transfer_limit(rules, c->settings->arbitrate_after),
						   r->is_arbitrated);
	const struct sop_act act = { .action = rule->action };
	enum sop_refusal why = SOP_FREE;
	size_t at;
	const struct sop *s = desk_sop_of(c, r, &at);

	if (transfer_refuses(rule, is_stuck, r->is_arbitrated) != TRANSFER_FREE)
		return true;
	if (rule->action == ACT_TASK)
		return !s;
	if ((rule->effects & FX_BY_SOP) && (!s || !sop_run_allows(s, at, act, rule->by)))
		return true;
	if (s)
		sop_run_gate(s, at, act, rule->by, is_done, NULL, &why);
	return why == SOP_NOT_BY;
}

static uint64_t without_barred(const struct ctx *c, const struct desk_report_row *r, uint64_t actions)
{
	for (int a = 1; a < 64; a++) {
		const struct rule *rule = NULL;

		if (actions & UINT64_C(1) << a)
			rule = transition_find((enum action)a, r->state, c->who.role);
		if (rule && is_barred(c, r, rule))
			actions &= ~(UINT64_C(1) << a);
	}
	return actions;
}

bool desk_load_may(const struct desk_loaded *l, enum action action)
{
	return (l->actions & UINT64_C(1) << action) != 0;
}

enum rc desk_load_row(struct ctx *c, const char *number, struct desk_report_row *ret, unsigned *ret_bits)
{
	enum rc rc = q_desk_report(c->db, c->a, number, ret);

	if (rc == RC_NOT_FOUND)
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	TRY(rc);
	*ret_bits = access_bits(c, ret);
	return *ret_bits & ACCESS_SEE ? RC_OK : ctx_refuse(c, RC_NOT_FOUND, not_found);
}

enum rc desk_load(struct ctx *c, const char *number, struct desk_loaded *ret)
{
	struct desk_loaded l = { .bits = 0 };

	TRY(desk_load_row(c, number, &l.r, &l.bits));
	l.actions = without_barred(c, &l.r, possible(c, &l));
	q_desk_clocks_ahead(c->db, l.r.id);
	q_desk_files_ahead(c->db, l.r.id);
	TRY(q_desk_events(c->db, c->a, l.r.id, &l.events, &l.n_events));
	TRY(q_desk_clocks(c->db, c->a, l.r.id, &l.clocks, &l.n_clocks));
	TRY(q_desk_files(c->db, c->a, l.r.id, &l.files, &l.n_files));
	*ret = l;
	return RC_OK;
}

struct clock desk_load_clock(const struct desk_clocks_row *row)
{
	return (struct clock){
		.kind = row->kind,
		.started_at = row->started_at,
		.limit = { (int)row->limit_n, row->limit_unit },
		.rule = row->rule,
		.due_at = row->due_at,
		.paused_at = row->paused_at,
		.paused_wd = (int)row->paused_wd,
	};
}
