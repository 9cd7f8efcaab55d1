/* SPDX-License-Identifier: Apache-2.0
 * report - the words of the vocabularies and back. Tables are indexed by the stored number; unit
 * tests hold them against the .def files, so that a new line there cannot be forgotten here.
 */
#include "core/report.h"

#include <string.h>

static const char *const kind_words[] = {
#define KIND(n, v, w) [v] = (w),
#include "core/kind.def"
#undef KIND
};
static const char *const class_words[] = {
#define CLASS(n, v, w) [v] = (w),
#include "core/kind.def"
#undef CLASS
};
static const char *const visibility_words[] = {
#define VISIBILITY(n, v, w) [v] = (w),
#include "core/kind.def"
#undef VISIBILITY
};
static const char *const closer_words[] = {
#define CLOSER(n, v, w) [v] = (w),
#include "core/kind.def"
#undef CLOSER
};
static const char *const channel_words[] = {
#define CHANNEL(n, v, w) [v] = (w),
#include "core/kind.def"
#undef CHANNEL
};
static const char *const clock_kind_words[] = {
#define CLOCK_KIND(n, v, w) [v] = (w),
#include "core/kind.def"
#undef CLOCK_KIND
};
static const char *const queue_words[] = {
#define QUEUE(n, v, w) [v] = (w),
#include "core/kind.def"
#undef QUEUE
};
static const char *const level_words[] = {
#define LEVEL(n, v, w) [v] = (w),
#include "core/kind.def"
#undef LEVEL
};
static const char *const audience_words[] = {
#define AUDIENCE(n, v, w) [v] = (w),
#include "core/kind.def"
#undef AUDIENCE
};

static const char *const role_words[] = {
	[ROLE_CITIZEN] = "citizen",
	[ROLE_NATIONAL_ADMIN] = "national_admin",
	[ROLE_AGENCY_ADMIN] = "agency_admin",
	[ROLE_LIAISON] = "liaison",
	[ROLE_UNIT_OFFICER] = "unit_officer",
	[ROLE_OPD_HEAD] = "opd_head",
	[ROLE_SYSTEM] = "system",
	[ROLE_OPERATOR] = "operator",
	[ROLE_INTAKE] = "intake",
	[ROLE_OPD_INTAKE] = "opd_intake",
	[ROLE_SECTION_HEAD] = "section_head",
	[ROLE_DIVISION_HEAD] = "division_head",
	[ROLE_OFFICE_HEAD] = "office_head",
	[ROLE_REGENT] = "regent",
	[ROLE_OVERSIGHT] = "oversight",
	[ROLE_COORDINATOR] = "coordinator",
};

static const char *const state_words[] = {
	[STATE_RECEIVED] = "received",
	[STATE_VERIFIED] = "verified",
	[STATE_AT_AGENCY] = "at_agency",
	[STATE_AGENCY_VERIFIED] = "agency_verified",
	[STATE_AT_OPD] = "at_opd",
	[STATE_AT_UNIT] = "at_unit",
	[STATE_IN_PROGRESS] = "in_progress",
	[STATE_ANSWERED] = "answered",
	[STATE_PENDING] = "pending",
	[STATE_CLOSED] = "closed",
	[STATE_ARCHIVED] = "archived",
};

static const char *const action_words[] = {
	[ACT_SUBMIT] = "submit",
	[ACT_VERIFY] = "verify",
	[ACT_DISPOSE] = "dispose",
	[ACT_FORWARD_UNIT] = "forward_unit",
	[ACT_RETURN_UP] = "return_up",
	[ACT_REDISPOSE] = "redispose",
	[ACT_PEND] = "pend",
	[ACT_COMPLETE] = "complete",
	[ACT_EXPIRE] = "expire",
	[ACT_ARCHIVE] = "archive",
	[ACT_FOLLOW_UP] = "follow_up",
	[ACT_UNIT_ANSWER] = "unit_answer",
	[ACT_ANSWER] = "answer",
	[ACT_REPLY] = "reply",
	[ACT_CLOSE] = "close",
	[ACT_REOPEN] = "reopen",
	[ACT_WITHDRAW] = "withdraw",
	[ACT_RATE] = "rate",
	[ACT_ESCALATE] = "escalate",
	[ACT_NOTE] = "note",
	[ACT_EDIT_TEXT] = "edit_text",
	[ACT_SET_VISIBILITY] = "set_visibility",
	[ACT_RECLASSIFY] = "reclassify",
	[ACT_BLOCK] = "block",
	[ACT_UNBLOCK] = "unblock",
	[ACT_REVEAL] = "reveal",
	[ACT_REMIND] = "remind",
	[ACT_TAKE] = "take",
	[ACT_IMPORT] = "import",
	[ACT_TASK] = "task",
	[ACT_SETTLE] = "settle",
	[ACT_ARBITRATE] = "arbitrate",
	[ACT_RECOUNT] = "recount",
	[ACT_OMBUDSMAN_CONSENT] = "ombudsman_consent",
	[ACT_OMBUDSMAN_SENT] = "ombudsman_sent",
};

#define WORD_AT(table, i) ((size_t)(i) < ARRAY_LEN(table) ? (table)[i] : NULL)

const char *kind_word(enum kind k) { return WORD_AT(kind_words, k); }
const char *class_word(enum class_ c) { return WORD_AT(class_words, c); }
const char *visibility_word(enum visibility v) { return WORD_AT(visibility_words, v); }
const char *closer_word(enum closer c) { return WORD_AT(closer_words, c); }
const char *channel_word(enum channel c) { return WORD_AT(channel_words, c); }
const char *clock_kind_word(enum clock_kind k) { return WORD_AT(clock_kind_words, k); }
const char *queue_word(enum queue q) { return WORD_AT(queue_words, q); }
const char *level_word(enum level l) { return WORD_AT(level_words, l); }
const char *audience_word(enum audience a) { return WORD_AT(audience_words, a); }
const char *role_word(enum role r) { return WORD_AT(role_words, r); }
const char *state_word(enum state s) { return WORD_AT(state_words, s); }
const char *action_word(enum action a) { return WORD_AT(action_words, a); }

/* The index of the word, -1 when it is in no line. */
static int word_find(const char *const *table, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (table[i] && strcmp(table[i], word) == 0)
			return (int)i;
	return -1;
}

#define PARSE_WORD(table, type)                                      \
	do {                                                         \
		int i_ = word_find(table, ARRAY_LEN(table), word);   \
		if (i_ < 0)                                          \
			return false;                                \
		*ret = (type)i_;                                     \
		return true;                                         \
	} while (0)

bool kind_parse(const char *word, enum kind *ret) { PARSE_WORD(kind_words, enum kind); }
bool class_parse(const char *word, enum class_ *ret) { PARSE_WORD(class_words, enum class_); }
bool visibility_parse(const char *word, enum visibility *ret) { PARSE_WORD(visibility_words, enum visibility); }
bool channel_parse(const char *word, enum channel *ret) { PARSE_WORD(channel_words, enum channel); }
bool queue_parse(const char *word, enum queue *ret) { PARSE_WORD(queue_words, enum queue); }
bool role_parse(const char *word, enum role *ret) { PARSE_WORD(role_words, enum role); }
bool state_parse(const char *word, enum state *ret) { PARSE_WORD(state_words, enum state); }
bool action_parse(const char *word, enum action *ret) { PARSE_WORD(action_words, enum action); }

bool state_is_open(enum state s)
{
	switch (s) {
#define STATE(n, v, open, level) case STATE_##n: return open;
#include "core/state.def"
#undef STATE
	case STATE_NONE: return false;
	}
	BUG("state %d", (int)s);
}

enum level state_level(enum state s)
{
	switch (s) {
#define STATE(n, v, open, level) case STATE_##n: return level;
#include "core/state.def"
#undef STATE
	case STATE_NONE: return LEVEL_NONE;
	}
	BUG("state %d", (int)s);
}

enum level role_level(enum role r)
{
	switch (r) {
#define ROLE(n, v, level) case ROLE_##n: return level;
#include "core/role.def"
#undef ROLE
	case ROLE_NONE: return LEVEL_NONE;
	}
	BUG("role %d", (int)r);
}

enum text_need action_text_need(enum action a)
{
	switch (a) {
#define ACTION(n, v, text) case ACT_##n: return text;
#include "core/action.def"
#undef ACTION
	case ACT_NONE: return TEXT_NONE;
	}
	BUG("action %d", (int)a);
}
