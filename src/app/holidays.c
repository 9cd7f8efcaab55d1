/* SPDX-License-Identifier: Apache-2.0
 * holidays - rows of the table holiday become the immutable calendar.
 */
#include "app/holidays.h"

#include <string.h>

#include "query_lookup.h"

/* The source of a day that no decree has fixed yet: "perkiraan", with whatever stands behind it. */
#define ESTIMATE "perkiraan"

enum rc holidays_load(struct db *db, struct arena *a, const struct settings *s, const struct calendar **ret)
{
	struct holiday_all_row *rows;
	struct holiday *h;
	size_t n;

	TRY(q_holiday_all(db, a, &rows, &n));
	h = arena_new_many(a, struct holiday, n ? n : 1);
	for (size_t i = 0; i < n; i++)
		h[i] = (struct holiday){ .on = rows[i].on_day, .kind = (enum holiday_kind)rows[i].kind,
					 .scope = rows[i].scope, .name = rows[i].name,
					 .is_estimate = strncmp(rows[i].source, ESTIMATE, strlen(ESTIMATE)) == 0 };
	*ret = calendar_new(a, h, n, s->region_code, s->zone, s->hours, s->cuti_bersama_is_free);
	return RC_OK;
}
