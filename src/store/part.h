/* SPDX-License-Identifier: Apache-2.0
 * part - moves reports with everything that belongs to them from one database into another that holds the same tables:
 * their rows, the same ids, and the rows they refer to. Each table of the schema has its line in part_tables, which says
 * what becomes of it; a unit test holds that against the schema.
 */
#ifndef STORE_PART_H
#define STORE_PART_H

#include "core/report.h"
#include "store/rows.h"

enum part_kind {
	PART_MOVES,  /* rows of a report: they leave with it */
	PART_REFERS, /* what they refer to: the archive has it, too */
	PART_STAYS,
};
struct part_table {
	const char *name;
	enum part_kind kind;
	const char *where; /* PART_MOVES: which rows; @ stands for the list of reports */
};
/* Those that move: a table before those that refer to it. */
extern const struct part_table part_tables[];
extern const size_t part_table_n;

struct part {
	const struct shape *shape;
	struct db *from, *to;
	struct arena *a; /* of one batch: emptied by each function */
};

/* Brings the rows that reports refer to up to date. Secrets of accounts and groups are left out. */
CHECKED enum rc part_refer(struct part *p, struct err *err);
/* All rows of these reports, in the caller's transaction of the target. */
CHECKED enum rc part_copy(struct part *p, const struct report_id *ids, size_t n, struct err *err);
/* Over their rows, the same in both databases. */
CHECKED enum rc part_digest(struct part *p, struct db *db, const struct report_id *ids, size_t n, struct hash *ret,
			    int64_t *ret_rows, struct err *err);
/* In the caller's transaction, after these reports were written down as archived (the events let go only then). */
CHECKED enum rc part_remove(struct part *p, struct db *db, const struct report_id *ids, size_t n, struct err *err);

#endif
