/* SPDX-License-Identifier: Apache-2.0
 * holidays - rows of the table holiday become the immutable calendar.
 */
#include "app/holidays.h"

#include <string.h>

#include "core/calendar.h"
#include "query_lookup.h"

/* The source of a day that no decree has fixed yet: "perkiraan", with whatever stands behind it. */
#define ESTIMATE "perkiraan"

enum rc holidays_load(struct db *db, struct arena *a, const struct settings *s, const struct calendar **ret)
{
	struct holiday_version_row at = { 0 };
	struct holiday_all_row *rows;
	struct calendar *made;
	struct holiday *h;
	bool found;
	size_t n;

	/* Before the rows: they may be newer than it says, never older. */
	TRY(q_holiday_version(db, a, &at, &found));
	TRY(q_holiday_all(db, a, &rows, &n));
	h = arena_new_many(a, struct holiday, n ? n : 1);
	for (size_t i = 0; i < n; i++)
		h[i] = (struct holiday){ .on = rows[i].on_day, .kind = (enum holiday_kind)rows[i].kind,
					 .scope = rows[i].scope, .name = rows[i].name,
					 .is_estimate = strncmp(rows[i].source, ESTIMATE, strlen(ESTIMATE)) == 0 };
	made = calendar_new(a, h, n, s->region_code, s->zone, s->hours, s->cuti_bersama_is_free);
	calendar_set_version(made, at.version);
	*ret = made;
	return RC_OK;
}

enum rc holidays_confirm(struct ctx *c)
{
	struct holiday_version_share_row now = { 0 };
	bool found;

	TRY(q_holiday_version_share(c->db, c->a, &now, &found));
	if (calendar_version(c->calendar) == now.version)
		return RC_OK;
	return holidays_load(c->db, c->a, c->settings, &c->calendar);
}

enum rc holidays_raise(struct ctx *c)
{
	/* Who shares the row lets others share it as well; at the table they queue up behind this one. */
	if (db_engine_of(c->db) == DB_PGSQL)
		TRY(db_script(c->db, "LOCK TABLE setting IN EXCLUSIVE MODE"));
	TRY(holidays_confirm(c));
	return q_holiday_version_raise(c->db, NULL);
}
