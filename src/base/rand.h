/* SPDX-License-Identifier: Apache-2.0
 * rand - randomness, from the system for secrets and from a seed for demo data and tests.
 */
#ifndef BASE_RAND_H
#define BASE_RAND_H

#include "base/err.h"

/* From the operating system; aborts when there is none. */
void rand_secret(void *out, size_t n);

/* A seeded generator (splitmix64): the same seed gives the same data on every machine. */
struct rand_seq {
	uint64_t state;
};
uint64_t rand_next(struct rand_seq *r);
/* Uniform in 0 .. n-1; n > 0. */
uint32_t rand_below(struct rand_seq *r, uint32_t n);

#endif
