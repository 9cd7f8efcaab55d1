/* SPDX-License-Identifier: Apache-2.0
 * notice - words of the kinds of messages.
 */
#include "app/notice.h"

#include <string.h>

static const struct {
	const char *word;
	bool for_reporter;
} notices[] = {
	{ NULL, false },
#define REPORTER true
#define OFFICER false
#define NOTICE(word, to) { #word, to },
#include "app/notice.def"
#undef NOTICE
#undef OFFICER
#undef REPORTER
};

const char *notice_word(enum notice n)
{
	return notices[n].word;
}

bool notice_parse(const char *word, enum notice *ret)
{
	for (size_t i = 1; i < ARRAY_LEN(notices); i++)
		if (strcmp(notices[i].word, word) == 0) {
			*ret = (enum notice)i;
			return true;
		}
	return false;
}

bool notice_is_for_reporter(enum notice n)
{
	return notices[n].for_reporter;
}

enum sop_task notice_task(enum notice n)
{
	switch ((int)n) {
	case NOTICE_group_liaison:
	case NOTICE_group_hook: return SOP_TASK_INFORM_LIAISON;
	case NOTICE_inform_admin: return SOP_TASK_INFORM_ADMIN;
	default: return SOP_TASK_NONE;
	}
}
