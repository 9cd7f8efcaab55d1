/* SPDX-License-Identifier: Apache-2.0
 * change_reasons - the closed lists of reasons of core/reason.def, because closing, archiving and returning carry a
 * reason that the reporter sees.
 */
#include <string.h>

#include "app/change.h"

/* Two parallel arrays: an action, and its word; ACT_NONE and NULL end each list. */
static const enum action actions[] = {
#define REASON(action, word) ACT_##action,
#define REASON_END ACT_NONE,
#include "core/reason.def"
#undef REASON
};
static const char *const words[] = {
#define REASON(action, word) #word,
#define REASON_END NULL,
#include "core/reason.def"
#undef REASON
};

const char *const *act_reasons(enum action action)
{
	for (size_t i = 0; i < ARRAY_LEN(actions); i++)
		if (actions[i] == action && action != ACT_NONE)
			return &words[i];
	return NULL;
}

bool change_reason_is_known(enum action action, const char *word)
{
	for (const char *const *r = act_reasons(action); r && *r; r++)
		if (strcmp(*r, word) == 0)
			return true;
	return false;
}
