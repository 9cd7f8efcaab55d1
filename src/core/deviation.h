/* SPDX-License-Identifier: Apache-2.0
 * deviation - the vocabulary of deviations from an accountable SOP; the acts are app/deviation.h.
 */
#ifndef CORE_DEVIATION_H
#define CORE_DEVIATION_H

#include "base/err.h"

enum deviation_kind {
	DEVIATION_KIND_NONE = 0,
#define DEVIATION_KIND(n, v, w) DEVIATION_##n = (v),
#include "core/deviation.def"
#undef DEVIATION_KIND
};

enum deviation_state {
	DEVIATION_STATE_NONE = 0,
#define DEVIATION_STATE(n, v, w) DEVIATION_##n = (v),
#include "core/deviation.def"
#undef DEVIATION_STATE
};

/* "time", "asked"; NULL for an unknown value. */
const char *deviation_kind_word(enum deviation_kind k);
const char *deviation_state_word(enum deviation_state s);

#endif
