/* SPDX-License-Identifier: Apache-2.0
 * rules - the dated rule sets that fix the limits. A report keeps the set in force when it came.
 *
 * Sources: PermenPANRB 62/2018 (class limits 5/5/14/60), LAPOR!'s service promise (3, 5, 10),
 * SOP tjt-20, lumajang, magetan (10 and 60 working days). The limits of PermenPANRB 5/2025
 * were not seen in full; its set repeats the promised ones and is marked so.
 */
#ifndef CORE_RULES_H
#define CORE_RULES_H

#include "base/day.h"
#include "core/limit.h"
#include "core/report.h"

struct ruleset {
	const char *id;           /* "62/2018" */
	struct day valid_from;    /* received on or after; approximate where only the year is certain */
	bool is_assumed;          /* its limits are not confirmed: say so where they are shown */
	struct limit verify, agency, follow_up, reply, pending, ombudsman;
	struct limit class_limit[5]; /* by enum class_; CLASS_NONE: as a plain complaint */
	struct limit reopen;      /* how long after closing the reporter may contest */
	int pending_reminders_wd[3]; /* working days after pending, 0-terminated */
	int reply_reminders_wd[3];
	int arbitrate_after_transfers;
};

/* The set in force on that day; the oldest one for everything before it. */
const struct ruleset *rules_on(struct day received_on);
/* By the id stored with a report; NULL when unknown. */
const struct ruleset *rules_by_id(const char *id);
struct limit rules_limit(const struct ruleset *r, enum clock_kind kind, enum class_ class);

#endif
