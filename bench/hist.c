/* SPDX-License-Identifier: Apache-2.0 */
#include "hist.h"

#include <math.h>

/* Up to 127 each value has a slot of its own; then 64 slots for each doubling. */
static unsigned slot_of(uint64_t us)
{
	unsigned shift = us < 128 ? 0 : 57U - (unsigned)__builtin_clzll(us);
	uint64_t slot = 64 * shift + (us >> shift);

	return slot < HIST_SLOTS ? (unsigned)slot : HIST_SLOTS - 1;
}

static uint64_t middle_of(unsigned slot)
{
	unsigned shift = slot < 128 ? 0 : slot / 64 - 1;

	return ((uint64_t)(slot - 64 * shift) << shift) + ((UINT64_C(1) << shift) >> 1);
}

void hist_add(struct hist *h, uint64_t us)
{
	h->count[slot_of(us)]++;
	h->n++;
	if (us > h->max)
		h->max = us;
}

void hist_merge(struct hist *h, const struct hist *more)
{
	for (unsigned i = 0; i < HIST_SLOTS; i++)
		h->count[i] += more->count[i];
	h->n += more->n;
	if (more->max > h->max)
		h->max = more->max;
}

uint64_t hist_at(const struct hist *h, double share)
{
	uint64_t want = (uint64_t)ceil(share * (double)h->n), seen = 0;

	for (unsigned i = 0; i < HIST_SLOTS; i++) {
		seen += h->count[i];
		if (seen >= want && seen > 0)
			return middle_of(i) < h->max ? middle_of(i) : h->max;
	}
	return 0;
}
