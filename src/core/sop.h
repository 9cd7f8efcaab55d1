/* SPDX-License-Identifier: Apache-2.0
 * sop - a standard operating procedure as data: who does which step, with what, in which time, and where it goes next.
 *
 * It chooses, names and times what transition.def allows and cannot add to it. Reading files is app/sop_load.h, judging
 * them core/sop_lint.h, the form of the files docs/sop-format.md. Texts that are not given are "", never NULL.
 */
#ifndef CORE_SOP_H
#define CORE_SOP_H

#include "base/arena.h"
#include "core/limit.h"
#include "core/report.h"

enum sop_task {
	SOP_TASK_NONE = 0,
#define TASK(n, w) SOP_TASK_##n,
#include "core/sop.def"
#undef TASK
};

enum sop_start {
	SOP_START_NONE = 0,
#define START(n, w) SOP_START_##n,
#include "core/sop.def"
#undef START
};

enum sop_about {
	SOP_ABOUT_NONE = 0,
#define ABOUT(n, w) SOP_ABOUT_##n,
#include "core/sop.def"
#undef ABOUT
};

/* What it is about; an agency has at most one of REPORT in use, and any number of the others. */
enum sop_covers {
	SOP_COVERS_NONE = 0,
#define COVERS(n, v, w) SOP_COVERS_##n = (v),
#include "core/sop.def"
#undef COVERS
};

/* The conflicts of the documents: E1 .. E21 (docs/decisions/0011). */
#define SOP_CONFLICT_LAST 21

/* "1-3 hari", "5 menit", "setiap bulan". None given: all zero. */
struct sop_time {
	int min, max;
	enum limit_unit unit;
	int every_months;     /* instead of min and max */
};

struct sop_texts {
	const char **v;
	size_t n;
};

struct sop_citation {
	int line, column;     /* in the file, from 1 */
	const char *printed;  /* "Perpres 73/2013" */
	const char *title;
	const char *reads;    /* as it should read; "" when it is right */
};

/* Who acts there: the name they have, and what the system calls them. */
struct sop_actor {
	const char *key, *name;
	enum role role;
};

/* One of both. */
struct sop_act {
	enum action action;
	enum sop_task task;
};

#define SOP_END SIZE_MAX
struct sop_branch {
	const char *when;
	struct sop_act *on;   /* what takes it; never empty */
	size_t on_n;
	const char *to_id;
	size_t to;            /* index of the step, or SOP_END */
};

struct sop_step {
	int line, column;
	const char *id;       /* "2", "2a": a letter is a part of the step of its number */
	const char *name, *output, *note;
	size_t *by;           /* indices of actors */
	size_t by_n;
	struct sop_act *acts;
	size_t act_n;
	struct sop_texts requirements, tells;
	const char *printed;            /* the time as it is printed; "" for none */
	struct sop_time printed_time;
	struct sop_time in_force;
	enum sop_start start;
	enum clock_kind clock;          /* the national clock that runs meanwhile */
	struct sop_branch *branches;    /* none: on to the next step, a part back to its step */
	size_t branch_n;
	/* How it runs (core/sop_run.h); parts have none of these. */
	unsigned states;                /* of the report while it is at this step: bits 1 << enum state; 0: not bound to any */
	bool is_beside;                 /* runs beside the steps from its start on, never is "the" step */
	struct sop_act *done;           /* what ends it; on to the next step unless a branch was taken */
	size_t done_n;
	struct sop_act *needs;          /* tasks that must have been done in the report when it goes on from there */
	size_t need_n;
};

/* What the table allows and this government does not: an action or task only by these roles, or only after a task. */
struct sop_gate {
	int line, column;
	enum action action;             /* ACT_NONE: it is about a task */
	enum sop_task task;
	size_t *by;                     /* indices of actors; none: anyone the table allows */
	size_t by_n;
	struct sop_act after;           /* neither: at once */
	size_t at;                      /* only while the report is at this step; SOP_END: at any */
	const char *why;                /* shown to who is refused */
};

struct sop_decision {
	int conflict;         /* 3 for E3 */
	enum sop_about about;
	const char *printed, *decision;
};

struct sop {
	const char *id, *number, *title, *government, *office, *signed_by;
	enum sop_covers covers;
	int every_months;     /* the periodic report it asks for; 0: none, or it names no period (E14) */
	bool is_accountable;  /* a missed time, requirement or output is recorded and must be accounted for (lumajang) */
	const char *made_on, *ratified_on, *effective_on; /* as far as known: "2020-03", "2018-12-28" */
	struct sop_citation *laws;
	size_t law_n;
	struct sop_texts qualifications, related, equipment, warnings, records;
	struct sop_actor *actors;
	size_t actor_n;
	struct sop_step *steps;
	size_t step_n;
	struct sop_gate *gates;
	size_t gate_n;
	int total_line;
	const char *total_printed;
	struct sop_time total;
	struct sop_decision *decisions;
	size_t decision_n;
};

/* Words of files: "section_head", "intake_verify", "previous", "total". */
const char *sop_covers_word(enum sop_covers c);
const char *sop_task_word(enum sop_task t);
const char *sop_start_word(enum sop_start s);
const char *sop_about_word(enum sop_about a);
/* Back from the word; false when there is none. Actions of the transition table come first. */
bool sop_covers_parse(const char *word, enum sop_covers *ret);
bool sop_task_parse(const char *word, enum sop_task *ret);
bool sop_act_parse(const char *word, struct sop_act *ret);
/* Is this act in the list? No act at all is in none. */
bool sop_acts_have(const struct sop_act *list, size_t n, struct sop_act act);
bool sop_start_parse(const char *word, enum sop_start *ret);
bool sop_about_parse(const char *word, enum sop_about *ret);
bool sop_clock_parse(const char *word, enum clock_kind *ret);

/*
 * "5 menit", "1 jam", "1-3 hari", "10 hari kerja", "setiap bulan", "setiap 3 bulan"; capitals do not matter. Bare "hari"
 * are LIMIT_DAYS. "" is no time at all.
 */
bool sop_time_parse(const char *text, struct sop_time *ret);
bool sop_time_is_given(struct sop_time t);

/* "2" or "2a". */
bool sop_step_id_is_valid(const char *id);
bool sop_step_is_part(const struct sop_step *s);
/* Index of a step by its id, SOP_END for "selesai" and for none; ret_found tells which. */
size_t sop_step_find(const struct sop *s, const char *id, bool *ret_found);
/* Does some step name this task, whoever does it? */
bool sop_has_task(const struct sop *s, enum sop_task task);
/* The step after it that is no part and does not run beside, or SOP_END. */
size_t sop_step_next(const struct sop *s, size_t at);

/* What steps add up to: days (working or not) and minutes apart, as the printed totals do. */
struct sop_sum {
	int64_t min_days, max_days, min_minutes, max_minutes;
	bool has_workdays;
};
void sop_sum_add(struct sop_sum *sum, struct sop_time t);
struct sop_sum sop_sum_printed(const struct sop *s);
struct sop_sum sop_sum_in_force(const struct sop *s);
/* Is that a total that rounding could make of it? */
bool sop_sum_agrees(struct sop_sum sum, struct sop_time total);

#endif
