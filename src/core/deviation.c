/* SPDX-License-Identifier: Apache-2.0
 * deviation - the words.
 */
#include "core/deviation.h"

static const char *const kinds[] = {
	NULL,
#define DEVIATION_KIND(n, v, w) [v] = (w),
#include "core/deviation.def"
#undef DEVIATION_KIND
};
static const char *const states[] = {
	NULL,
#define DEVIATION_STATE(n, v, w) [v] = (w),
#include "core/deviation.def"
#undef DEVIATION_STATE
};

const char *deviation_kind_word(enum deviation_kind k)
{
	return (size_t)k < ARRAY_LEN(kinds) ? kinds[k] : NULL;
}

const char *deviation_state_word(enum deviation_state s)
{
	return (size_t)s < ARRAY_LEN(states) ? states[s] : NULL;
}
