/* SPDX-License-Identifier: Apache-2.0
 * archive_pick - the reports of a year, each held against the rule (core/over.h).
 */
#include "cmd/archive.h"

#include <stdlib.h>
#include <string.h>

#define PAGE_ROWS 1000

/* Recorded months do not change any more when the intakes they count are gone. */
static enum rc has_recap(struct archive *x, const struct archive_facts_row *r, bool *ret)
{
	struct civil at = instant_civil(r->intake_at, calendar_zone(x->s->c.calendar));
	struct archive_recap_row recap;

	return q_archive_recap(x->s->db, x->page, &(struct archive_recap_args){
		.agency_id = r->intake_agency_id, .month = at.year * 12 + at.month - 1 }, &recap, ret);
}

static enum rc look_at_intake(struct archive *x, const struct archive_facts_row *r, bool *ret_holds)
{
	bool is_recorded = false;

	*ret_holds = false;
	if (r->intake_id.v == 0)
		return RC_OK;
	TRY(has_recap(x, r, &is_recorded));
	*ret_holds = r->intake_is_open || !is_recorded;
	return RC_OK;
}

static enum rc look_at_periodic(struct archive *x, const struct archive_facts_row *r, bool *ret_holds)
{
	enum zone zone = calendar_zone(x->s->c.calendar);
	struct archive_periodic_row p;

	TRY(q_archive_periodic(x->s->db, x->page, &(struct archive_periodic_args){
		.report_id = r->id, .agency_id = r->agency_id, .received_on = instant_day(r->received_at, zone),
		.closed_on = instant_day(r->closed_at, zone) }, &p));
	*ret_holds = p.unfinished || p.missing;
	return RC_OK;
}

enum rc archive_pick_judge(struct archive *x, struct report_id id, struct archive_facts_row *r, enum over *ret_over)
{
	struct over_facts f;

	TRY(q_archive_facts(x->s->db, x->page, id, r));
	f = (struct over_facts){
		.is_open = r->is_open, .runs = r->runs, .has_message = r->has_message, .is_unindexed = r->is_unindexed,
		.has_draft = r->has_draft, .has_deviation = r->has_deviation, .has_minutes = r->has_minutes,
		.is_newest = r->is_newest, .rules = rules_by_id(r->ruleset), .closed_at = r->closed_at,
		.ombudsman = (enum ombudsman_state)r->ombudsman, .asked_at = r->asked_at,
	};
	TRY(look_at_intake(x, r, &f.has_intake));
	TRY(look_at_periodic(x, r, &f.has_periodic));
	*ret_over = over_judge(&f, x->s->c.calendar, x->s->c.now);
	return RC_OK;
}

static void take(struct archive *x, const struct archive_facts_row *r, size_t *size)
{
	if (x->n == *size) {
		*size = *size ? 2 * *size : 1024;
		x->list = realloc(x->list, *size * sizeof(*x->list));
		if (!x->list)
			BUG("out of memory");
	}
	x->list[x->n++] = (struct archive_one){ r->id, r->bytes };
}

static int by_id(const void *a, const void *b)
{
	const struct archive_one *x = a, *y = b;

	return x->id.v < y->id.v ? -1 : x->id.v > y->id.v;
}

enum rc archive_pick(struct archive *x)
{
	enum zone zone = calendar_zone(x->s->c.calendar);
	struct archive_ended_args args = { .from_at = instant_at_day(day_from_civil(x->year, 1, 1), zone),
					   .before_at = instant_at_day(day_from_civil(x->year + 1, 1, 1), zone),
					   .max_rows = PAGE_ROWS };
	size_t n, size = 0;

	free(x->list);
	x->list = NULL;
	x->n = 0;
	memset(x->held, 0, sizeof(x->held));
	args.after_at = instant_add_ms(args.from_at, -1);
	do {
		struct archive_ended_row *rows;

		arena_reset(x->page);
		TRY(q_archive_ended(x->s->db, x->page, &args, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			struct arena_mark mark = arena_mark(x->page);
			struct archive_facts_row r;
			enum over over;

			TRY(archive_pick_judge(x, rows[i].id, &r, &over));
			arena_rewind(x->page, mark);
			x->held[over]++;
			if (over == OVER_YES)
				take(x, &r, &size);
			args.after_at = rows[i].closed_at;
			args.after_id = rows[i].id;
		}
	} while (n == PAGE_ROWS);
	if (x->n > 1)
		qsort(x->list, x->n, sizeof(*x->list), by_id);
	return RC_OK;
}
