/* SPDX-License-Identifier: Apache-2.0 */
#include "web/desk_search.h"

#include "base/parse.h"
#include "core/access.h"

/* Who searches, and for what. */
struct search {
	const struct ctx *c;
	const struct desk_search *s;
};

static bool is_in_line(const struct ctx *c, const struct find_hits_row *r)
{
	int64_t me = c->who.agency.v;

	return c->who.role == ROLE_NATIONAL_ADMIN || r->agency_id.v == me || r->opd_id.v == me || r->unit_id.v == me ||
	       r->holder_id.v == me;
}

/* The index may be a moment behind, and knows no state: the row decides. */
static bool fits(void *arg, const struct find_hits_row *r)
{
	const struct search *x = arg;
	const struct access_report report = {
		.state = r->state, .class = r->class, .visibility = r->visibility, .is_public = r->is_public,
		.is_blocked = r->is_blocked, .holder = r->holder_id, .agency = r->agency_id, .opd = r->opd_id,
		.unit = r->unit_id };
	const struct access_person person = { .role = x->c->who.role, .agency = x->c->who.agency };

	return (x->s->state == STATE_NONE || x->s->state == r->state) && is_in_line(x->c, r) &&
	       (access_to(&report, &person) & ACCESS_SEE);
}

static struct find_cursor read_cursor(const char *s)
{
	struct find_cursor from;

	if (!parse_int_pair(s, '_', 0, INT64_MAX, &from.before, &from.skip) || from.skip > FIND_BEST_OF)
		return FIND_FIRST;
	return from;
}

const char *desk_search_next(struct ctx *c, const struct found *page)
{
	return arena_printf(c->a, "%lld_%lld", (long long)page->next.before, (long long)page->next.skip);
}

enum rc desk_search_load(struct ctx *c, const struct desk_search *s, size_t want, struct found *ret)
{
	struct search x = { c, s };
	struct find f = { .is_best_first = s->is_best_first, .fits = fits, .arg = &x };

	*ret = (struct found){ .ids = NULL };
	if (!find_read(c, s->typed, &f))
		return RC_OK; /* nothing but signs: finds nothing */
	f.scope = (struct marks_scope){
		.is_open = s->state != STATE_NONE && state_is_open(s->state),
		.class = c->who.role == ROLE_OVERSIGHT ? CLASS_COMPLAINT_OVERSIGHT : CLASS_NONE,
		.line = c->who.role == ROLE_NATIONAL_ADMIN ? (struct agency_id){ 0 } : c->who.agency,
		.place = { s->holder }, .categories = &s->category, .n_categories = s->category != 0, .region = s->region,
	};
	return find_load(c, &f, read_cursor(s->after), want, ret);
}
