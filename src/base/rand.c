/* SPDX-License-Identifier: Apache-2.0 */
#include "base/rand.h"

#include <sys/random.h>

void rand_secret(void *out, size_t n)
{
	unsigned char *p = out;

	while (n > 0) {
		size_t chunk = n < 256 ? n : 256;

		if (getrandom(p, chunk, 0) != (ssize_t)chunk)
			BUG("the system gives no randomness");
		p += chunk;
		n -= chunk;
	}
}

uint64_t rand_next(struct rand_seq *r)
{
	uint64_t z = (r->state += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

uint32_t rand_below(struct rand_seq *r, uint32_t n)
{
	return (uint32_t)(((rand_next(r) >> 32) * (uint64_t)n) >> 32);
}
