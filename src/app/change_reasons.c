/* SPDX-License-Identifier: Apache-2.0
 * change_reasons - the closed lists of reasons. Each word is a sentence reason_<word> in the catalogues, because
 * closing, archiving and returning carry a reason that the reporter sees.
 */
#include <string.h>

#include "app/change.h"

const char *const *act_reasons(enum action action)
{
	static const char *const return_up[] = { "not_our_authority", "other_region", "wrong_unit", "other", NULL };
	static const char *const redispose[] = { "wrong_unit", "task_moved", "no_progress", "other", NULL };
	static const char *const pend[] = { "place_unclear", "time_unclear", "evidence_missing", "story_unclear",
					    "identity_missing", "other", NULL };
	static const char *const archive[] = { "no_evidence", "unclear", "not_government", "hate_speech", "duplicate",
					       "in_court", "other", NULL };
	static const char *const close[] = { "resolved", "explained", "no_reply", "other", NULL };
	static const char *const expire[] = { "not_completed", NULL };
	static const char *const withdraw[] = { "own_wish", "solved_already", "sent_by_mistake", "other", NULL };
	static const char *const reopen[] = { "not_resolved", "answer_wrong", "came_back", "other", NULL };
	static const char *const block[] = { "personal_data", "hate_speech", "slander", "other", NULL };
	static const char *const reveal[] = { "contact_reporter", "field_check", "legal_duty", "other", NULL };

	switch ((int)action) {
	case ACT_RETURN_UP: return return_up;
	case ACT_REDISPOSE: return redispose;
	case ACT_PEND: return pend;
	case ACT_ARCHIVE: return archive;
	case ACT_CLOSE: return close;
	case ACT_EXPIRE: return expire;
	case ACT_WITHDRAW: return withdraw;
	case ACT_REOPEN: return reopen;
	case ACT_BLOCK: return block;
	case ACT_REVEAL: return reveal;
	default: return NULL;
	}
}

bool change_reason_is_known(enum action action, const char *word)
{
	for (const char *const *r = act_reasons(action); r && *r; r++)
		if (strcmp(*r, word) == 0)
			return true;
	return false;
}
