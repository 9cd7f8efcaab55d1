/* SPDX-License-Identifier: Apache-2.0
 * copy - moves a whole installation into an empty database, of the same engine or the other one.
 *
 * Every table of the schema goes over in batches in the order of its primary key, each batch a transaction. So the last
 * row in the target tells how far a table is: a copy that was killed goes on from there. While it is not finished the
 * target holds a marker table and everybody refuses to work with it (store/migrate.h). Foreign keys of the target
 * rest until the end, on PostgreSQL also the indexes. The source stays as it is; on PostgreSQL its tables are locked
 * against writing, on SQLite nobody else can open it.
 */
#ifndef STORE_COPY_H
#define STORE_COPY_H

#include "base/hash.h"
#include "store/shape.h"

struct copy {
	struct db *from, *to;          /* opened DB_ALONE */
	const struct shape *shape;
	int64_t rows, done;            /* of all tables; done counts on with each batch */
	void (*shown)(struct copy *c); /* after each batch; may be NULL */
	void *shown_arg;

	/* copy.c's own */
	struct arena *page, *key;
	struct txn reading;
};

/*
 * Holds the source still, counts its rows, and begins in an empty target or finds out how far an earlier copy of the
 * same source came. RC_INVALID: the target holds something else, or the source was changed since.
 */
CHECKED enum rc copy_begin(struct copy *c, struct err *err);
CHECKED enum rc copy_table(struct copy *c, const struct shape_table *t, struct err *err);
/* Once all tables are over: lets the target find out what it has got, so that it is read the short way. */
CHECKED enum rc copy_settle(struct copy *c, struct err *err);
/* Over all rows in the order of the primary key, the same on both engines. db: from or to. */
CHECKED enum rc copy_digest(struct copy *c, struct db *db, const struct shape_table *t, struct hash *ret, int64_t *ret_rows,
			    struct err *err);
/* Foreign keys, indexes and the numbers of new rows; takes the marker away: from here on the target is in use. */
CHECKED enum rc copy_finish(struct copy *c, struct err *err);
/* Also after a failure of copy_begin. Closes neither database. */
void copy_close(struct copy *c);

#endif
