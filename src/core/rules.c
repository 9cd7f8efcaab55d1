/* SPDX-License-Identifier: Apache-2.0
 * rules - the sets themselves, oldest first. A new regulation is a new entry here; the old one stays,
 * because open reports and old statistics refer to it.
 */
#include "core/rules.h"

#include <string.h>

#define WD(days) { (days), LIMIT_WORKDAYS }

/* The national promise: 3 to verify and send on, 5 to the first follow-up, 10 of silence, 60 without any. */
#define NATIONAL_LIMITS                                       \
	.verify = WD(3),                                      \
	.agency = WD(3), /* SOP tjt-20#2, lumajang#1 */       \
	.follow_up = WD(5),                                   \
	.reply = WD(10),                                      \
	.pending = WD(10), /* no rule names one (E9) */       \
	.ombudsman = WD(60),                                  \
	.class_limit = {                                      \
		[CLASS_NONE] = WD(14),                        \
		[CLASS_COMPLAINT_OVERSIGHT] = WD(60),         \
		[CLASS_COMPLAINT] = WD(14),                   \
		[CLASS_ASPIRATION] = WD(5),                   \
		[CLASS_INFORMATION] = WD(5),                  \
	},                                                    \
	.reopen = { 30, LIMIT_DAYS },                         \
	.pending_reminders_wd = { 5, 9, 0 },                  \
	.reply_reminders_wd = { 5, 9, 0 },                    \
	.arbitrate_after_transfers = 2

static const struct ruleset sets[] = {
	{ .id = "62/2018", .valid_from = { 17897 }, NATIONAL_LIMITS }, /* 2019-01-01 */
	/* Its own limits are not known; it keeps what LAPOR! promises until they are. */
	{ .id = "5/2025", .valid_from = { 20240 }, .is_assumed = true, NATIONAL_LIMITS }, /* 2025-06-01 */
};

const struct ruleset *rules_on(struct day received_on)
{
	size_t i = ARRAY_LEN(sets) - 1;

	/* What is older than the oldest set is handled by it. */
	while (i > 0 && sets[i].valid_from.n > received_on.n)
		i--;
	return &sets[i];
}

const struct ruleset *rules_by_id(const char *id)
{
	for (size_t i = 0; i < ARRAY_LEN(sets); i++)
		if (strcmp(sets[i].id, id) == 0)
			return &sets[i];
	return NULL;
}

struct limit rules_limit(const struct ruleset *r, enum clock_kind kind, enum class_ class)
{
	switch (kind) {
	case CLOCK_VERIFY: return r->verify;
	case CLOCK_AGENCY: return r->agency;
	case CLOCK_FOLLOW_UP: return r->follow_up;
	case CLOCK_COMPLETE:
		BUG_ON((size_t)class >= ARRAY_LEN(r->class_limit));
		return r->class_limit[class];
	case CLOCK_REPLY: return r->reply;
	case CLOCK_PENDING: return r->pending;
	case CLOCK_OMBUDSMAN: return r->ombudsman;
	case CLOCK_STEP: /* the SOP has it (core/sop_run.h) */
	case CLOCK_NONE: break;
	}
	BUG("clock kind %d", (int)kind);
}
