/* SPDX-License-Identifier: Apache-2.0
 * over - is a report over for good, so that it may leave for the archive of its year?
 */
#ifndef CORE_OVER_H
#define CORE_OVER_H

#include "core/calendar.h"
#include "core/ombudsman.h"
#include "core/rules.h"

/* The Ombudsman takes no complaint about what is more than two years past (UU 37/2008 article 24). */
#define OVER_OMBUDSMAN_DAYS 731

/* What keeps it: the first of these that holds. */
enum over {
	OVER_YES = 0,
	OVER_OPEN,        /* it is not closed, or a clock runs */
	OVER_CONTESTABLE, /* its reporter may still contest the end */
	OVER_MESSAGE,     /* a message waits to be sent */
	OVER_UNINDEXED,   /* the search does not know its last words yet */
	OVER_DRAFT,       /* the form it was written in leads to it */
	OVER_OMBUDSMAN,   /* its case for the Ombudsman is open */
	OVER_DEVIATION,   /* a deviation from its SOP is not settled */
	OVER_MINUTES,     /* minutes wait for the head of the OPD */
	OVER_INTAKE,      /* its intake is open, or not in a recorded recapitulation */
	OVER_PERIODIC,    /* a periodic report that counts it is not finished */
	OVER_NEWEST,      /* it has the largest id of a table */
	OVER_COUNT
};

struct over_facts {
	bool is_open, runs, has_message, is_unindexed, has_draft, has_deviation, has_minutes, has_intake, has_periodic, is_newest;
	const struct ruleset *rules; /* NULL: unknown, then it stays */
	struct instant closed_at;
	enum ombudsman_state ombudsman;
	struct instant asked_at;     /* when its reporter was asked about the Ombudsman */
};

enum over over_judge(const struct over_facts *f, const struct calendar *cal, struct instant now);
/* "contestable", "message": for reports of the command. */
const char *over_word(enum over o);

#endif
