/* SPDX-License-Identifier: Apache-2.0
 * query - what the generated query functions share: values in, rows out. Nobody else needs it.
 */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include <string.h>

#include "base/lang.h"
#include "core/calendar.h"
#include "core/deviation.h"
#include "core/intake.h"
#include "core/limit.h"
#include "core/minutes.h"
#include "core/ombudsman.h"
#include "core/periodic.h"
#include "core/report.h"
#include "store/db.h"

static inline struct db_value value_int(int64_t v)
{
	return (struct db_value){ .type = DB_INT, .i = v };
}

static inline struct db_value value_int_or_null(int64_t v)
{
	return (struct db_value){ .type = v == 0 ? DB_NULL : DB_INT, .i = v };
}

static inline struct db_value value_day(struct day d)
{
	return (struct db_value){ .type = d.n == DAY_NONE ? DB_NULL : DB_INT, .i = d.n };
}

static inline struct db_value value_text(const char *s)
{
	return (struct db_value){ .type = s ? DB_TEXT : DB_NULL, .p = s, .n = s ? strlen(s) : 0 };
}

static inline struct db_value value_blob(struct db_blob b)
{
	return (struct db_value){ .type = b.p ? DB_BLOB : DB_NULL, .p = (const char *)b.p, .n = b.n };
}

static inline const char *column_text(struct db_cursor *cur, int i)
{
	return db_column(cur, i).p;
}

static inline struct db_blob column_blob(struct db_cursor *cur, int i)
{
	struct db_value v = db_column(cur, i);

	return (struct db_blob){ .p = v.p, .n = v.n };
}

static inline struct day column_day(struct db_cursor *cur, int i)
{
	struct db_value v = db_column(cur, i);

	return (struct day){ v.type == DB_NULL ? DAY_NONE : (int32_t)v.i };
}

typedef void query_reader(struct db_cursor *cur, void *row);

/* The first row, RC_NOT_FOUND when there is none. */
CHECKED enum rc query_one(struct db *db, struct arena *a, const struct db_query *q,
			  const struct db_value *values, query_reader *read, void *row);
/* The first row if any. */
CHECKED enum rc query_opt(struct db *db, struct arena *a, const struct db_query *q,
			  const struct db_value *values, query_reader *read, void *row, bool *ret_found);
/* All rows as one array in the arena. */
CHECKED enum rc query_many(struct db *db, struct arena *a, const struct db_query *q,
			   const struct db_value *values, query_reader *read, size_t row_size,
			   void **ret_rows, size_t *ret_n);

#endif
