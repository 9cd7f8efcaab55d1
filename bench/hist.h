/* SPDX-License-Identifier: Apache-2.0
 * hist - how long things took: buckets of equal relative width, so that any percentile is right to 1 %.
 */
#ifndef BENCH_HIST_H
#define BENCH_HIST_H

#include <stdint.h>

#define HIST_SLOTS (64 * 40)

struct hist {
	uint64_t n, max;
	uint32_t count[HIST_SLOTS];
};

void hist_add(struct hist *h, uint64_t us);
void hist_merge(struct hist *h, const struct hist *more);
/* The value that a share of all (0.99) does not exceed; 0 when there is none. */
uint64_t hist_at(const struct hist *h, double share);

#endif
