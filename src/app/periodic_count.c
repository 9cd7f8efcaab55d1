/* SPDX-License-Identifier: Apache-2.0
 * periodic_count - reads the cohort in pages and lets core/periodic_form.c count it; adds what is no figure of a report.
 */
#include "app/periodic_count.h"

#include "app/settings.h"
#include "query_lookup.h"
#include "query_periodic.h"

#define PAGE_ROWS 2000

struct span {
	struct instant begin, end;
};

static struct periodic_fact fact_of(const struct periodic_cohort_row *r)
{
	struct periodic_fact f = {
		.channel = r->channel, .class = r->class, .category = r->category_id, .opd = r->opd_id,
		.missed = (unsigned)r->missed, .is_late = r->is_late, .rating = (int)r->rating,
	};

	f.at[PERIODIC_VERIFIED] = r->verified_at;
	f.at[PERIODIC_DISPOSED] = r->disposed_at;
	f.at[PERIODIC_FOLLOWED_UP] = r->first_follow_up_at;
	f.at[PERIODIC_ANSWERED] = r->answered_at;
	f.at[PERIODIC_CLOSED] = r->closed_at;
	return f;
}

static enum rc count_cohort(struct ctx *c, struct periodic_form *f, const struct span *span)
{
	struct periodic_cohort_args args = { .agency_id = f->agency, .after_at = instant_add_ms(span->begin, -1),
					     .after_id = { INT64_MAX }, .end_at = span->end, .max_rows = PAGE_ROWS };
	struct periodic_cohort_row *rows;
	size_t n;

	do {
		TRY(q_periodic_cohort(c->db, c->a, &args, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			struct periodic_fact fact = fact_of(&rows[i]);

			periodic_form_count(c->a, f, &fact, span->end);
		}
		if (n > 0) {
			args.after_at = rows[n - 1].received_at;
			args.after_id = rows[n - 1].id;
		}
	} while (n == PAGE_ROWS);
	return RC_OK;
}

static enum rc count_returned(struct ctx *c, struct periodic_form *f, const struct span *span)
{
	struct periodic_returned_row *rows;
	size_t n;

	TRY(q_periodic_returned(c->db, c->a, &(struct periodic_returned_args){
		.begin_at = span->begin, .end_at = span->end, .agency_id = f->agency }, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (rows[i].id.v == f->agency.v) {
			f->returned_up += rows[i].n;
			continue;
		}
		f->returned_by_opd += rows[i].n;
		periodic_form_group(c->a, &f->opds, rows[i].id.v)->returned = rows[i].n;
	}
	return RC_OK;
}

static enum rc count_open(struct ctx *c, struct periodic_form *f, const struct span *span)
{
	struct periodic_carried_row carried;
	struct periodic_flagged_row flagged;

	TRY(q_periodic_carried(c->db, c->a, &(struct periodic_carried_args){
		.agency_id = f->agency, .begin_at = span->begin, .end_at = span->end }, &carried));
	TRY(q_periodic_flagged(c->db, c->a, &(struct periodic_flagged_args){
		.begin_at = span->begin, .end_at = span->end, .agency_id = f->agency }, &flagged));
	f->carried_open = carried.n;
	f->carried_late = carried.late;
	f->flagged = flagged.n;
	return RC_OK;
}

static enum rc count_deviations(struct ctx *c, struct periodic_form *f, const struct span *span)
{
	struct periodic_deviations_row d;
	struct periodic_accounts_row *rows;
	size_t n;

	TRY(q_periodic_deviations(c->db, c->a, &(struct periodic_deviations_args){
		.begin_at = span->begin, .end_at = span->end, .agency_id = f->agency }, &d));
	TRY(q_periodic_accounts(c->db, c->a, &(struct periodic_accounts_args){
		.agency_id = f->agency, .end_at = span->end }, &rows, &n));
	f->deviations = d.n;
	f->accounts_open = d.awaited;
	f->accounts_in_review = d.in_review;
	f->accounts_settled = d.n - d.awaited - d.in_review;
	for (size_t i = 0; i < n; i++) {
		struct periodic_group *g = periodic_form_group(c->a, &f->accounts, rows[i].id.v);

		g->name = rows[i].name;
		g->received = rows[i].n;
	}
	return RC_OK;
}

static enum rc name_groups(struct ctx *c, struct periodic_form *f)
{
	for (size_t i = 0; i < f->categories.n; i++) {
		struct category_by_id_row r;

		if (f->categories.p[i].id == 0)
			continue;
		TRY(q_category_by_id(c->db, c->a, (struct category_id){ f->categories.p[i].id }, &r));
		f->categories.p[i].name = r.name;
	}
	for (size_t i = 0; i < f->opds.n; i++) {
		struct agency_by_id_row r;

		if (f->opds.p[i].id == 0)
			continue;
		TRY(q_agency_by_id(c->db, c->a, (struct agency_id){ f->opds.p[i].id }, &r));
		f->opds.p[i].name = r.name;
	}
	return RC_OK;
}

enum rc periodic_count(struct ctx *c, struct periodic_form *f)
{
	enum zone zone = calendar_zone(c->calendar);
	const struct span span = { instant_at_day(f->first, zone), instant_at_day(day_add(f->last, 1), zone) };
	struct agency_by_id_row agency;

	TRY(q_agency_by_id(c->db, c->a, f->agency, &agency));
	f->agency_name = agency.name;
	f->government = *c->settings->government ? c->settings->government : agency.name;
	f->office = c->settings->operator_name;
	f->compiled_at = c->now;
	TRY(count_cohort(c, f, &span));
	TRY(count_returned(c, f, &span));
	TRY(count_open(c, f, &span));
	TRY(count_deviations(c, f, &span));
	TRY(name_groups(c, f));
	periodic_form_sort(&f->categories);
	periodic_form_sort(&f->opds);
	periodic_form_sort(&f->accounts);
	return RC_OK;
}
