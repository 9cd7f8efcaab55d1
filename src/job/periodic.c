/* SPDX-License-Identifier: Apache-2.0
 * periodic - opens the periodic reports of the periods that are over, and reminds the office whose step's time has passed.
 */
#include "app/periodic.h"

#include "job/work.h"
#include "query_periodic.h"

struct opening {
	struct agency_id agency;
	bool made;
};

static enum rc open_one(struct ctx *c, void *arg)
{
	struct opening *o = arg;

	return periodic_open_due(c, o->agency, &o->made);
}

/* Looked at with the reading connection, so that a run that has nothing to do writes nothing. */
static enum rc is_missing(struct ctx *c, const struct periodic_agencies_row *agency, bool *ret)
{
	struct periodic_find_row there;
	struct day first, last;
	enum rc rc;

	periodic_period_before(instant_day(c->now, calendar_zone(c->calendar)), periodic_months(c, agency->id), &first,
			       &last);
	rc = q_periodic_find(c->db, c->a, &(struct periodic_find_args){ agency->id, first, last }, &there);
	*ret = rc == RC_NOT_FOUND && (agency->has_one || periodic_is_asked(c, agency->id, last));
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc open_due(struct work *w)
{
	struct periodic_agencies_row *rows;
	size_t n;

	TRY(q_periodic_agencies(w->c->db, w->c->a, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct opening o = { .agency = rows[i].id };
		bool missing;

		TRY(is_missing(w->c, &rows[i], &missing));
		if (!missing)
			continue;
		enum rc rc = work_write(w, open_one, &o);
		if (rc == RC_OK)
			w->tally->opened += o.made;
		else
			work_failed(w, "periodic report of agency", o.agency.v, rc);
	}
	return RC_OK;
}

struct reminding {
	struct periodic_id id;
	bool done;
};

static enum rc remind_one(struct ctx *c, void *arg)
{
	struct reminding *r = arg;

	return periodic_remind(c, r->id, &r->done);
}

static enum rc remind_due(struct work *w)
{
	struct periodic_due_row *rows;
	size_t n;

	TRY(q_periodic_due(w->c->db, w->c->a, &(struct periodic_due_args){ w->c->now, WORK_BATCH }, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct reminding r = { .id = rows[i].id };
		enum rc rc = work_write(w, remind_one, &r);

		if (rc == RC_OK)
			w->tally->reminders += r.done;
		else
			work_failed(w, "reminder of periodic report", r.id.v, rc);
	}
	return RC_OK;
}

enum rc periodic_run(struct work *w)
{
	struct arena_mark mark = arena_mark(w->c->a);

	TRY(open_due(w));
	TRY(remind_due(w));
	arena_rewind(w->c->a, mark);
	return RC_OK;
}
