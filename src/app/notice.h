/* SPDX-License-Identifier: Apache-2.0
 * notice - the kinds of messages, for those who write them (app) and those who send them (job).
 */
#ifndef APP_NOTICE_H
#define APP_NOTICE_H

#include "base/err.h"
#include "core/sop.h"

enum notice {
	NOTICE_NONE = 0,
#define NOTICE(word, to) NOTICE_##word,
#include "app/notice.def"
#undef NOTICE
};

/* outbox.template. */
const char *notice_word(enum notice n);
bool notice_parse(const char *word, enum notice *ret);
/* Goes to the reporter (with the tracking link), else to officers (with the desk's link). */
bool notice_is_for_reporter(enum notice n);
/* The task of an SOP that is done by its delivery; SOP_TASK_NONE: none. */
enum sop_task notice_task(enum notice n);

#endif
