/* SPDX-License-Identifier: Apache-2.0
 * sums - what a transaction adds to counters ("-- sum:" in a .sql file), put off until it commits and added up by row.
 * Included by db.c and driver.h only.
 *
 * Rows that everybody counts in are locked from their change to the end of the commit. Late, once each and in one
 * order they are locked shortly, and two transactions cannot wait for each other.
 */
#ifndef STORE_SUMS_H
#define STORE_SUMS_H

#include "store/db.h"

#define SUMS_DEPTH_MAX 8
#define SUMS_QUERIES_MAX 8

struct sum;

struct sums {
	struct sum *list; /* in the order in which they were added */
	size_t n, cap, n_pending;
	size_t mark[SUMS_DEPTH_MAX + 1]; /* how many there were when a block began, by its depth */
	const struct db_query *query[SUMS_QUERIES_MAX]; /* those in the list */
	size_t n_queries;
};

void sums_done(struct sums *s);
void sums_add(struct db *db, const struct db_query *q, const struct db_value *params);
/* Might this statement look at rows that have sums to come? */
bool sums_matter(const struct sums *s, const struct db_query *q);
/* Writes them; in the transaction only. */
CHECKED enum rc sums_write(struct db *db);
/* So many that they should not grow further. */
bool sums_are_many(const struct sums *s);
/* depth: of the block that begins, or ends. */
void sums_begin(struct sums *s, int depth);
void sums_commit(struct sums *s, int depth);
void sums_roll_back(struct sums *s, int depth);

#endif
