/* SPDX-License-Identifier: Apache-2.0
 * intake_month - a month of what came by other ways, counted up and written down (SOP tjt-25#6).
 */
#include "app/intake.h"

#include "app/holidays.h"
#include "app/intake_move.h"
#include "query_lookup.h"

#define PAGE_ROWS 200
#define CHANNELS_MAX 32

struct instant intake_month_begin(const struct ctx *c, int month)
{
	return instant_at_day(day_from_civil(month / 12, month % 12 + 1, 1), calendar_zone(c->calendar));
}

static void add(struct intake_tally *t, const struct intake_month_row *r)
{
	t->received += r->n;
	t->entered += r->entered;
	t->settled += r->settled;
	t->refused += r->state == INTAKE_REFUSED ? r->n : 0;
	t->waiting += r->state < INTAKE_WATCHED ? r->n : 0;
	t->disposed += r->disposed;
	t->late += r->late;
}

enum rc intake_month(struct ctx *c, struct agency_id agency, int month, struct intake_tally **ret, size_t *ret_n)
{
	struct intake_tally *all = arena_new_many(c->a, struct intake_tally, CHANNELS_MAX + 1);
	struct intake_month_row *rows;
	size_t n, used = 1;

	TRY(q_intake_month(c->db, c->a, &(struct intake_month_args){
		.agency_id = agency, .from_at = intake_month_begin(c, month),
		.before_at = intake_month_begin(c, month + 1), .settle = ACT_SETTLE, .now = c->now }, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		/* By channel: those of one stand together. */
		if (used == 1 || all[used - 1].channel != rows[i].channel) {
			BUG_ON(used > CHANNELS_MAX);
			all[used++].channel = rows[i].channel;
		}
		add(&all[used - 1], &rows[i]);
		add(&all[0], &rows[i]);
	}
	*ret = all;
	*ret_n = used;
	return RC_OK;
}

static enum rc write_tally(struct ctx *c, int month, const struct intake_tally *t)
{
	return q_intake_recap_insert(c->db, &(struct intake_recap_insert_args){
		.agency_id = c->who.agency, .month = month, .channel = t->channel, .made_at = c->now,
		.made_by = c->who.account, .received = t->received, .entered = t->entered, .settled = t->settled,
		.refused = t->refused, .waiting = t->waiting, .disposed = t->disposed, .late = t->late }, NULL);
}

/* Where the SOP says that with the recapitulation a watching is over, it is. */
static enum rc end_watching(struct ctx *c, struct instant before)
{
	const struct intake_deed d = { .act = { .task = SOP_TASK_RECAP }, .by = c->who.role, .account = c->who.account };
	struct intake_id after = { 0 };
	struct intake_watched_row *rows;
	size_t n;

	do {
		TRY(q_intake_watched(c->db, c->a, &(struct intake_watched_args){
			.agency_id = c->who.agency, .state = INTAKE_WATCHED, .before_at = before, .after_id = after,
			.max_rows = PAGE_ROWS }, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			struct intake_move m;

			TRY(intake_move_lock(c, rows[i].id, &m));
			/* Without an SOP that says so, the disposition is waited for. */
			if (m.row.sop_step > 0 && intake_move_matters(&m, &d))
				TRY(intake_move_do(&m, &d));
			after = rows[i].id;
		}
	} while (n == PAGE_ROWS);
	return RC_OK;
}

static enum rc check_recap(struct ctx *c, int month)
{
	struct intake_recap_rows_row *rows;
	struct agency_by_id_row node;
	size_t n;

	TRY(q_agency_by_id(c->db, c->a, c->who.agency, &node));
	if (c->who.role == ROLE_NONE || c->who.role != intake_enterer(node.level))
		return ctx_refuse(c, RC_DENIED, not_allowed);
	if (c->now.ms < intake_month_begin(c, month + 1).ms)
		return ctx_refuse(c, RC_CONFLICT, not_possible_now);
	TRY(q_intake_recap_rows(c->db, c->a, &(struct intake_recap_rows_args){ c->who.agency, month }, &rows, &n));
	return n > 0 ? ctx_refuse(c, RC_CONFLICT, changed_meanwhile) : RC_OK;
}

enum rc intake_recap(struct ctx *c, int month)
{
	struct intake_tally *all;
	size_t n;
	TXN(t);

	TRY(txn_begin(c->db, &t));
	TRY(holidays_confirm(c));
	TRY(check_recap(c, month));
	TRY(intake_month(c, c->who.agency, month, &all, &n));
	for (size_t i = 0; i < n; i++)
		TRY(write_tally(c, month, &all[i]));
	TRY(end_watching(c, intake_month_begin(c, month + 1)));
	return txn_commit(&t);
}

enum rc intake_recount(struct ctx *c, int64_t *moved)
{
	struct intake_id after = { 0 };
	struct intake_open_due_row *rows;
	size_t n;

	do {
		struct arena_mark mark = arena_mark(c->a);

		TRY(q_intake_open_due(c->db, c->a, &(struct intake_open_due_args){ after, PAGE_ROWS }, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			const struct sop_book *book = sop_shelf_find(c->sops, rows[i].sop_id);

			after = rows[i].id;
			if (!book || rows[i].sop_step < 1 || (size_t)rows[i].sop_step > book->sop->step_n)
				continue;
			struct instant due = intake_move_due(c, &book->sop->steps[rows[i].sop_step - 1], rows[i].step_since_at);
			if (due.ms == rows[i].due_at.ms)
				continue;
			TRY(q_intake_recounted(c->db, &(struct intake_recounted_args){
				.id = rows[i].id, .due_at = due, .was_at = rows[i].due_at,
				.step_since_at = rows[i].step_since_at }, NULL));
			(*moved)++;
		}
		arena_rewind(c->a, mark);
	} while (n == PAGE_ROWS);
	return RC_OK;
}
