/* SPDX-License-Identifier: Apache-2.0
 * check_tally - sums by (day, name, dimension): what the counters should say.
 */
#ifndef CMD_CHECK_TALLY_H
#define CMD_CHECK_TALLY_H

#include "base/day.h"

struct tally_key {
	struct day on;
	const char *name;   /* must outlive the tally */
	int64_t dimension;
};

struct tally_cell {
	struct tally_key key;
	int64_t n;
};

/* An open hash table that grows; zero-initialised is empty. */
struct tally {
	struct tally_cell *cells;
	size_t used, size;
};

void check_tally_add(struct tally *t, struct tally_key key, int64_t n);
/* Calls each for every cell that is not zero. */
void check_tally_rest(const struct tally *t, void (*each)(void *arg, const struct tally_cell *cell), void *arg);
void check_tally_done(struct tally *t);

#endif
