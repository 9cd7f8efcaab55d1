/* SPDX-License-Identifier: Apache-2.0
 * report - the vocabulary of a report: ids, enums, limits. Facts are in the .def files.
 *
 * Every id is a struct of its own, so that an agency id cannot be passed for a report id.
 * The value 0 means "none" and is stored as NULL.
 */
#ifndef CORE_REPORT_H
#define CORE_REPORT_H

#include "base/day.h"

#define CORE_ID(name) struct name { int64_t v; }
CORE_ID(report_id);
CORE_ID(agency_id);
CORE_ID(account_id);
CORE_ID(reporter_id);
CORE_ID(category_id);
CORE_ID(attachment_id);
CORE_ID(draft_id);
CORE_ID(outbox_id);
CORE_ID(sop_id);
CORE_ID(intake_id);
CORE_ID(periodic_id);
CORE_ID(deviation_id);
CORE_ID(minutes_id);

enum level {
#define LEVEL(n, v, w) LEVEL_##n = (v),
#include "core/kind.def"
#undef LEVEL
};

enum role {
	ROLE_NONE = 0,
#define ROLE(n, v, level) ROLE_##n = (v),
#include "core/role.def"
#undef ROLE
};

enum state {
	STATE_NONE = 0, /* not there yet */
#define STATE(n, v, open, level) STATE_##n = (v),
#include "core/state.def"
#undef STATE
};

enum action {
	ACT_NONE = 0,
#define ACTION(n, v, text) ACT_##n = (v),
#include "core/action.def"
#undef ACTION
};

enum text_need { TEXT_NONE, TEXT_OPTIONAL, TEXT_REQUIRED };

enum kind {
	KIND_NONE = 0,
#define KIND(n, v, w) KIND_##n = (v),
#include "core/kind.def"
#undef KIND
};

enum class_ {
	CLASS_NONE = 0,
#define CLASS(n, v, w) CLASS_##n = (v),
#include "core/kind.def"
#undef CLASS
};

enum visibility {
	VISIBILITY_NONE = 0,
#define VISIBILITY(n, v, w) VISIBILITY_##n = (v),
#include "core/kind.def"
#undef VISIBILITY
};

enum closer {
	CLOSER_NONE = 0,
#define CLOSER(n, v, w) CLOSED_##n = (v),
#include "core/kind.def"
#undef CLOSER
};

enum channel {
	CHANNEL_NONE = 0,
#define CHANNEL(n, v, w) CHANNEL_##n = (v),
#include "core/kind.def"
#undef CHANNEL
};

enum clock_kind {
	CLOCK_NONE = 0,
#define CLOCK_KIND(n, v, w) CLOCK_##n = (v),
#include "core/kind.def"
#undef CLOCK_KIND
};

enum queue {
#define QUEUE(n, v, w) QUEUE_##n = (v),
#include "core/kind.def"
#undef QUEUE
};

enum audience {
	AUDIENCE_NONE = 0,
#define AUDIENCE(n, v, w) AUDIENCE_##n = (v),
#include "core/kind.def"
#undef AUDIENCE
};

/* The words of forms, files and addresses: "pengaduan", "terbuka". NULL for an unknown value. */
const char *kind_word(enum kind k);
const char *class_word(enum class_ c);
const char *visibility_word(enum visibility v);
const char *closer_word(enum closer c);
const char *channel_word(enum channel c);
const char *clock_kind_word(enum clock_kind k);
const char *queue_word(enum queue q);
const char *level_word(enum level l);
const char *audience_word(enum audience a);
/* Lower-case identifiers, "national_admin", "at_agency", "return_up": for logs, metrics, tests. */
const char *role_word(enum role r);
const char *state_word(enum state s);
const char *action_word(enum action a);
/* Back from the word; false (and untouched) when there is none. */
bool kind_parse(const char *word, enum kind *ret);
bool class_parse(const char *word, enum class_ *ret);
bool visibility_parse(const char *word, enum visibility *ret);
bool channel_parse(const char *word, enum channel *ret);
bool queue_parse(const char *word, enum queue *ret);
bool role_parse(const char *word, enum role *ret);
bool state_parse(const char *word, enum state *ret);
bool action_parse(const char *word, enum action *ret);

bool state_is_open(enum state s);
enum level state_level(enum state s);
enum level role_level(enum role r);
enum text_need action_text_need(enum action a);

/* Limits in code points. LAPOR! cuts bodies at 3,000; we take more and lose nothing. */
#define REPORT_TITLE_MAX 150
#define REPORT_TITLE_MIN 5
#define REPORT_BODY_MAX 5000
#define REPORT_BODY_MIN 10
#define REPORT_PLACE_MAX 300
#define REPORT_NAME_MAX 120
#define REPORT_EMAIL_MAX 254
#define REPORT_PHONE_MAX 20
#define REPORT_NOTE_MAX 5000
#define REPORT_FILES_MAX 5
#define REPORT_FILE_BYTES_MAX ((int64_t)10 * 1024 * 1024)

#endif
