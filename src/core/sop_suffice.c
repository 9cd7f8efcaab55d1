/* SPDX-License-Identifier: Apache-2.0 */
#include "core/sop_suffice.h"

#include <string.h>

static int missed_with(struct arena *a, const struct sop_simulate_in *in, const int *officers)
{
	struct sop_simulate_in with = *in;
	struct arena_mark mark = arena_mark(a);
	struct sop_simulate out;

	with.officers = officers;
	sop_simulate_run(a, &with, &out);
	arena_rewind(a, mark);
	return out.missed;
}

static bool has_work(const struct sop *s, size_t actor)
{
	enum role role = s->actors[actor].role;

	for (size_t i = 0; i < s->step_n; i++)
		if (s->steps[i].by[0] == actor && sop_time_is_given(s->steps[i].in_force))
			return role != ROLE_CITIZEN && role != ROLE_SYSTEM;
	return false;
}

/* Without number: zero officers are never busy. */
static void fewest_for(struct arena *a, const struct sop_simulate_in *in, size_t actor, int least, int *officers)
{
	int lo = 1, hi = 1;

	for (officers[actor] = hi; missed_with(a, in, officers) > least; officers[actor] = hi) {
		lo = hi + 1;
		hi = hi * 2;
	}
	/* lo - 1 do not suffice, hi do. */
	while (lo < hi) {
		int mid = lo + (hi - lo) / 2;

		officers[actor] = mid;
		if (missed_with(a, in, officers) > least)
			lo = mid + 1;
		else
			hi = mid;
	}
	officers[actor] = hi;
}

int sop_suffice_find(struct arena *a, const struct sop_simulate_in *in, int *ret)
{
	int least;

	memset(ret, 0, in->s->actor_n * sizeof(*ret));
	least = missed_with(a, in, ret);
	for (size_t i = 0; i < in->s->actor_n; i++)
		if (has_work(in->s, i))
			fewest_for(a, in, i, least, ret);
	return least;
}
