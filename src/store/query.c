/* SPDX-License-Identifier: Apache-2.0 */
#include "store/query.h"

enum rc query_opt(struct db *db, struct arena *a, const struct db_query *q, const struct db_value *values,
		  query_reader *read, void *row, bool *ret_found)
{
	struct db_cursor cur;
	bool found = false, more = false;
	enum rc rc;

	TRY(db_start(db, a, q, values, &cur));
	rc = db_step(&cur, &found);
	if (rc == RC_OK && found)
		read(&cur, row);
	/* A statement that writes has done its work only at its end. */
	for (more = found && q->writes; rc == RC_OK && more;)
		rc = db_step(&cur, &more);
	db_finish(&cur);
	if (rc == RC_OK)
		*ret_found = found;
	return rc;
}

enum rc query_one(struct db *db, struct arena *a, const struct db_query *q, const struct db_value *values,
		  query_reader *read, void *row)
{
	bool found;

	TRY(query_opt(db, a, q, values, read, row, &found));
	return found ? RC_OK : RC_NOT_FOUND;
}

/* Rows grow in the arena by doubling; what is left behind goes with the arena. */
static void *room_for(struct arena *a, void *rows, size_t n, size_t *cap, size_t row_size)
{
	void *more;

	if (n < *cap)
		return rows;
	*cap = *cap > 0 ? *cap * 2 : 16;
	more = arena_alloc_many(a, row_size, *cap);
	if (n > 0)
		memcpy(more, rows, n * row_size);
	return more;
}

enum rc query_many(struct db *db, struct arena *a, const struct db_query *q, const struct db_value *values,
		   query_reader *read, size_t row_size, void **ret_rows, size_t *ret_n)
{
	struct db_cursor cur;
	size_t n = 0, cap = 0;
	void *rows = NULL;
	enum rc rc;
	bool row;

	TRY(db_start(db, a, q, values, &cur));
	while ((rc = db_step(&cur, &row)) == RC_OK && row) {
		rows = room_for(a, rows, n, &cap, row_size);
		read(&cur, (char *)rows + n * row_size);
		n++;
	}
	db_finish(&cur);
	if (rc != RC_OK)
		return rc;
	*ret_rows = rows;
	*ret_n = n;
	return RC_OK;
}
