/* SPDX-License-Identifier: Apache-2.0
 * remind - when a clock is due and when the job runner has to look at it next.
 *
 * What officers owe ends with the day. What waits for the reporter (reply, completion) ends ten working days
 * later at the same time of the day: not an hour less than promised, and no later.
 */
#ifndef CORE_REMIND_H
#define CORE_REMIND_H

#include "core/clock.h"
#include "core/rules.h"

/* Reminders go out in the morning, at this minute of the day. */
#define REMIND_AT_MINUTE (7 * 60)
/* The handling agency is warned this many working days before the Ombudsman flag. */
#define REMIND_OMBUDSMAN_WD 10

/* Does this clock wait for the reporter? */
bool remind_is_reporters(enum clock_kind kind);
/* due_at of a clock of this kind. */
struct instant remind_due(const struct calendar *c, enum clock_kind kind, struct limit limit, struct instant start,
			  int paused_wd);
/*
 * The moment of the next reminder or of the end; 0 when nothing is left to do: ended, paused, already missed.
 * warned: how many reminders went out.
 */
struct instant remind_next_at(const struct ruleset *r, const struct calendar *c, const struct clock *k, int warned,
			      bool was_missed);
/* How many reminders should have gone out by now. */
int remind_count_at(const struct ruleset *r, const struct calendar *c, const struct clock *k, struct instant now);

#endif
