/* SPDX-License-Identifier: Apache-2.0
 * play - the sentences of the scenarios. README.md of this folder describes them.
 */
#ifndef SCENARIO_PLAY_H
#define SCENARIO_PLAY_H

#include "world.h"

#define PLAY_WORDS_MAX 24

/* One sentence, split at blanks; "quoted text" is one word. */
struct sentence {
	int n;
	char *word[PLAY_WORDS_MAX];
	bool quoted[PLAY_WORDS_MAX];
	int line;
};

/* The word i, "" past the end. */
const char *play_word(const struct sentence *s, int i);
/* The word after this one, NULL when it is not there. */
const char *play_after(const struct sentence *s, const char *word);
/* The first quoted text, NULL when there is none. */
const char *play_quoted(const struct sentence *s);

/* Time, jobs and deeds. A refusal is left in w->rc and w->err. False: the scenario is wrong (w->why). */
bool play_do(struct world *w, const struct sentence *s);
/* Consent, dossier and handing over; false: the sentence is about something else. */
bool play_ombudsman(struct world *w, const struct sentence *s, struct ctx *c, const struct world_report *r);
/* Of every clock of every report: does its sentence name rule, limit and holidays? */
bool play_all_explained(struct world *w);
bool play_expect_explained(struct world *w, const struct sentence *s, const struct world_report *r);
bool play_expect_ombudsman(struct world *w, const struct sentence *s, const struct world_report *r);
/* play_step.c: "sop tjt-20 for mekar-jaya [from DATE]", "holiday DATE "name""; false: wrong. */
bool play_setting(struct world *w, const struct sentence *s);
/* "bidang-jalan accounts R1 step 3 "cause" "correction"", "koordinator accepts|refuses R1 step 3"; false: another matter. */
bool play_deviation(struct world *w, const struct sentence *s, struct ctx *c, const struct world_report *r);
bool play_expect_step(struct world *w, const struct world_report *r, const char *wanted);
bool play_expect_version(struct world *w, const struct world_report *r, const struct sentence *s);
bool play_expect_step_clock(struct world *w, const struct world_report *r, const struct sentence *s);
bool play_expect_deviation(struct world *w, const struct sentence *s);
/* The due day of a clock's row, with the time when the sentence says one; how it stands. */
bool play_expect_clock_row(struct world *w, const char *what, const char *how, const char *day, const char *time,
			   const int64_t row[4], bool any);
const char *play_slug(struct agency_id id);
/* play_desk.c; false: another matter. */
bool play_minutes(struct world *w, const struct sentence *s, struct ctx *c, const struct world_report *r);
bool play_group(struct world *w, const struct sentence *s, struct ctx *c);
bool play_expect_minutes(struct world *w, const struct world_report *r, const struct sentence *s);
/* "expect ..." */
bool play_expect(struct world *w, const struct sentence *s);

/* play_periodic.c: the periodic report. */
/* "every 1 months": how often periodic reports are made here. */
bool play_every(struct world *w, const struct sentence *s);
bool play_periodic(struct world *w, const struct sentence *s, struct ctx *c);
bool play_expect_periodic(struct world *w, const struct sentence *s);

/* play_intake.c: what did not come by LAPOR!. */
const struct world_intake *play_intake_named(const struct world *w, const char *name);
bool play_intake_is(const struct world *w, const struct sentence *s);
bool play_intake(struct world *w, const struct sentence *s, struct ctx *c);
bool play_expect_intake(struct world *w, const struct sentence *s);
bool play_expect_recap(struct world *w, const struct sentence *s);

/* play_sop.c: installing SOPs, and which one an agency uses. */
bool play_sop(struct world *w, const struct sentence *s, struct ctx *c);
bool play_expect_sop(struct world *w, const struct sentence *s);

#endif
