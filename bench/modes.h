/* SPDX-License-Identifier: Apache-2.0
 * modes - what bench_load does, and the words of its command line.
 */
#ifndef BENCH_MODES_H
#define BENCH_MODES_H

#include "hist.h"
#include "loop.h"

#define HEADERS_MAX 8
#define NS_PER_S UINT64_C(1000000000)

struct load_words {
	const char *url, *listen, *accounts;
	const char *header[HEADERS_MAX];
	size_t n_headers, clients;
	double seconds, rate, every; /* rate 0: as fast as answers come */
	long pid, grow_kb;
	bool follow;
};

/* What was measured of one kind of request. */
struct tally {
	struct hist took;
	uint64_t errors;
};

void tally_answer(struct tally *t, const struct conn *c);
/* Shows the first few, so that a run is not buried in one mistake. */
void tally_error(struct tally *t, const char *what, const char *why);
/* CPU of this program until now, in microseconds. */
double tally_own_cpu(void);

/* Exit status. */
int mode_get(const struct load_words *o);
int mode_life(const struct load_words *o);
int mode_mixed(const struct load_words *o);

#endif
