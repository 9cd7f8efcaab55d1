/* SPDX-License-Identifier: Apache-2.0 */
#include "web/desk_walk.h"

#include <string.h>

#include "base/parse.h"
#include "core/access.h"

#define LINE_MOST 300      /* when part of what is walked may not be in the list */
#define FILTERED_MOST 2000 /* when the person filters */
/* In the address: what has no deadline stands behind all that has one. */
#define AT_WITHOUT_DUE INT64_C(400000000000000000)

/* How a list is walked. Those without a deadline come last, and by id, in both directions. */
struct course {
	enum inbox_walk_case dated, undated;
	bool has_undated;
	bool is_backwards;       /* from the largest instant on */
	bool is_done;            /* by the end of the report, not by its deadline */
};

struct place {
	int64_t at_ms, id;
	bool is_undated;
};

bool desk_filter_is_set(const struct desk_filter *f)
{
	return f->category || f->holder || f->state || *f->region;
}

bool desk_walk_only_reads(enum role role)
{
	return role == ROLE_COORDINATOR || role == ROLE_OVERSIGHT;
}

/* What of the finished ones this person's line has. */
static enum inbox_walk_case done_case(enum role role)
{
	if (role == ROLE_OVERSIGHT)
		return INBOX_WALK_DONE_OVERSIGHT;
	if (role == ROLE_NATIONAL_ADMIN)
		return INBOX_WALK_DONE_ALL;
	return role_level(role) == LEVEL_AGENCY ? INBOX_WALK_DONE_AGENCY : INBOX_WALK_DONE_OPD;
}

static struct course watched_course(enum role role, bool late)
{
	if (role == ROLE_OVERSIGHT)
		return (struct course){ .dated = late ? INBOX_WALK_OVERSIGHT_LATE : INBOX_WALK_OVERSIGHT,
					.undated = INBOX_WALK_OVERSIGHT_UNDATED };
	if (role == ROLE_NATIONAL_ADMIN)
		return (struct course){ .dated = late ? INBOX_WALK_OPEN_LATE : INBOX_WALK_OPEN,
					.undated = INBOX_WALK_OPEN_UNDATED };
	if (role_level(role) == LEVEL_AGENCY)
		return (struct course){ .dated = late ? INBOX_WALK_AGENCY_LATE : INBOX_WALK_AGENCY,
					.undated = INBOX_WALK_AGENCY_UNDATED };
	return (struct course){ .dated = late ? INBOX_WALK_OPD_LATE : INBOX_WALK_OPD,
				.undated = INBOX_WALK_OPD_UNDATED };
}

static struct course choose_course(const struct ctx *c, const struct desk_walk *w)
{
	bool late = w->latest_first;
	struct course course;

	if (w->list == DESK_ARCHIVE)
		return (struct course){ .dated = done_case(c->who.role), .is_backwards = true, .is_done = true };
	if (w->list == DESK_WATCHED)
		course = watched_course(c->who.role, late);
	else if (w->queue != QUEUE_NONE)
		course = (struct course){ .dated = late ? INBOX_WALK_QUEUE_LATE : INBOX_WALK_QUEUE,
					  .undated = INBOX_WALK_QUEUE_UNDATED };
	else
		return (struct course){ .dated = late ? INBOX_WALK_ACTION_LATE : INBOX_WALK_ACTION,
					.is_backwards = late };
	course.has_undated = true;
	course.is_backwards = late;
	return course;
}

/* "at_id", both negated when walking backwards; anything else is the beginning. */
static struct place start_place(const struct course *course, const char *after)
{
	const struct place first = { .at_ms = course->is_backwards ? INT64_MAX : 0,
				     .id = course->is_backwards ? INT64_MAX : 0 };
	struct place p = { 0 };

	if (!parse_int_pair(after, '_', -INT64_MAX, INT64_MAX, &p.at_ms, &p.id))
		return first;
	if (course->has_undated && p.at_ms == AT_WITHOUT_DUE)
		p.is_undated = true;
	else if (course->is_backwards)
		p = (struct place){ .at_ms = -p.at_ms, .id = -p.id };
	return p;
}

static const char *place_word(struct ctx *c, const struct course *course, struct place p)
{
	int sign = course->is_backwards && !p.is_undated ? -1 : 1;

	return arena_printf(c->a, "%lld_%lld", (long long)(p.is_undated ? AT_WITHOUT_DUE : sign * p.at_ms),
			    (long long)(sign * p.id));
}

static struct place place_of(const struct course *course, const struct inbox_walk_row *r)
{
	return (struct place){ .at_ms = course->is_done ? r->closed_at.ms : r->due_at.ms, .id = r->id.v,
			       .is_undated = course->has_undated && !instant_is_set(r->due_at) };
}

unsigned desk_walk_access(const struct ctx *c, const struct inbox_walk_row *r)
{
	return access_to(&(struct access_report){
				 .state = r->state, .class = r->class, .visibility = r->visibility, .is_public = r->is_public,
				 .is_blocked = r->is_blocked, .holder = r->holder_id, .agency = r->agency_id,
				 .opd = r->opd_id, .unit = r->unit_id },
			 &(struct access_person){ .role = c->who.role, .agency = c->who.agency });
}

static bool is_own_line(const struct desk_walk *w)
{
	return w->list == DESK_WATCHED || w->list == DESK_ARCHIVE;
}

/* A unit has no index of its own: it walks its OPD's and keeps what is its own. */
static bool keeps_own_unit(const struct ctx *c, const struct desk_walk *w)
{
	return is_own_line(w) && c->who.role == ROLE_UNIT_OFFICER;
}

/* What lies with oneself is not watched. */
static bool leaves_own_out(const struct ctx *c, const struct desk_walk *w)
{
	return w->list == DESK_WATCHED && !desk_walk_only_reads(c->who.role);
}

/* "35.20" covers "35.20" and "35.20.01", not "35.201". */
static bool is_within(const char *code, const char *region)
{
	size_t n = strlen(region);

	return code && strncmp(code, region, n) == 0 && (code[n] == '\0' || code[n] == '.');
}

static bool fits_filter(const struct desk_filter *f, const struct inbox_walk_row *r)
{
	return (!f->category || r->category_id.v == f->category) &&
	       (!f->holder || r->agency_id.v == f->holder || r->opd_id.v == f->holder || r->unit_id.v == f->holder) &&
	       (!f->state || r->state == f->state) && (!*f->region || is_within(r->region_code, f->region));
}

static bool fits(const struct ctx *c, const struct desk_walk *w, const struct inbox_walk_row *r)
{
	return (!keeps_own_unit(c, w) || r->unit_id.v == c->who.agency.v) &&
	       (!leaves_own_out(c, w) || r->holder_id.v != c->who.agency.v) && fits_filter(&w->filter, r);
}

static int most_rows(const struct ctx *c, const struct desk_walk *w)
{
	if (desk_filter_is_set(&w->filter))
		return FILTERED_MOST;
	return keeps_own_unit(c, w) || leaves_own_out(c, w) ? LINE_MOST : DESK_WALK_PAGE + 1;
}

/* False: the page is full, and there is more. */
static bool take_rows(struct ctx *c, const struct desk_walk *w, const struct inbox_walk_row *rows, size_t n,
		      struct desk_walked *ret)
{
	for (size_t i = 0; i < n; i++) {
		unsigned access = fits(c, w, &rows[i]) ? desk_walk_access(c, &rows[i]) : 0;

		if (!(access & ACCESS_SEE))
			continue;
		if (ret->n == DESK_WALK_PAGE)
			return false;
		ret->row[ret->n++] = (struct desk_walk_row){ &rows[i], access };
	}
	return true;
}

/* The next rows from a place on, at most n. */
static enum rc read_rows(struct ctx *c, const struct desk_walk *w, const struct course *course, struct place from, int64_t most,
			 struct inbox_walk_row **ret, size_t *ret_n)
{
	return q_inbox_walk(c->db, c->a, from.is_undated ? course->undated : course->dated, &(struct inbox_walk_args){
		.node = is_own_line(w) ? w->line : c->who.agency, .queue = w->queue,
		.due_before = { w->list == DESK_OVERDUE ? c->now.ms : INT64_MAX },
		.after_at = { from.at_ms }, .after_id = { from.id }, .n = most }, ret, ret_n);
}

enum rc desk_walk_load(struct ctx *c, const struct desk_walk *w, struct desk_walked *ret)
{
	struct course course = choose_course(c, w);
	struct place place = start_place(&course, w->after);
	int64_t left = most_rows(c, w), ask = left > DESK_WALK_PAGE + 1 ? 2 * (DESK_WALK_PAGE + 1) : left;

	*ret = (struct desk_walked){ .most = (int)left };
	while (left > 0) {
		int64_t most = ask < left ? ask : left;
		struct inbox_walk_row *rows;
		size_t n;

		TRY(read_rows(c, w, &course, place, most, &rows, &n));
		if (!take_rows(c, w, rows, n, ret)) {
			ret->next = place_word(c, &course, place_of(&course, ret->row[ret->n - 1].r));
			return RC_OK;
		}
		if (n > 0)
			place = place_of(&course, &rows[n - 1]);
		left -= (int64_t)n;
		ask *= 2;
		if ((int64_t)n == most)
			continue;
		if (place.is_undated || !course.has_undated)
			return RC_OK;
		place = (struct place){ .is_undated = true };
	}
	ret->next = place_word(c, &course, place);
	return RC_OK;
}
