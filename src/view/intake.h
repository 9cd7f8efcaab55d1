/* SPDX-License-Identifier: Apache-2.0
 * intake - what the pages of the intake outside LAPOR! show: the list, one of them, the monthly recapitulation.
 * Filled by web/intake_*.c, printed by intake.tmpl. The form is that of view/office.h.
 */
#ifndef VIEW_INTAKE_H
#define VIEW_INTAKE_H

#include "core/intake.h"
#include "view/desk.h"

struct intake_row {
	const char *number, *title, *channel_note;
	enum channel channel;
	enum intake_state state;
	enum visibility visibility;
	struct desk_due due;
	struct instant received_at, closed_at;
	const char *waits_for;       /* who has to act now */
	const char *step;            /* what the SOP calls it; NULL: nothing */
	int waits_wd;                /* since how many working days */
	const char *report_number;   /* NULL: not entered yet */
	enum state report_state;
};

struct intake_list {
	bool is_done;                /* the other tab */
	bool may_register;
	int64_t waiting, late;
	const struct intake_row *rows;
	size_t n_rows;
	const char *next_href, *first_href; /* NULL: none */
};

/* A step of the SOP as it went. */
enum intake_step_state { INTAKE_STEP_TO_COME, INTAKE_STEP_NOW, INTAKE_STEP_DONE, INTAKE_STEP_LATE, INTAKE_STEP_SKIPPED };
struct intake_step {
	const char *id, *name, *who, *time; /* time as printed; "" for none */
	enum intake_step_state state;
	struct instant at;                  /* when it was done */
};

struct intake_log {
	const char *what, *who, *reason, *note;
	enum role role;
	struct instant at;
	bool was_late;
};

struct intake_file {
	int64_t id, size_bytes;
	const char *name, *kind;
};

struct intake_item {
	const char *csrf, *number, *agency, *title, *body, *channel_note, *name, *email, *phone, *place, *region, *category;
	const char *answer;
	enum channel channel;
	enum kind kind;
	enum visibility visibility;
	enum intake_state state;
	int64_t version;
	struct instant received_at;
	struct day happened_on;
	struct desk_due due;
	struct instant due_at;
	const char *due_why;                /* one sentence; NULL: the date says it all */
	const char *waits_for;
	/* what this person may do */
	bool may_verify, may_hand_over, may_refuse, may_enter;
	const char *enterer;                /* the one who enters it, as the SOP calls them */
	struct desk_options reasons;
	bool relevant, complete, clear;     /* ticked before */
	const char *note;                   /* typed before */
	const char *problem;
	const char *report_number;
	enum state report_state;
	bool is_recapped;                   /* it waits for the recapitulation, not for a disposition */
	const char *sop;                    /* title; NULL: none */
	const struct intake_step *steps;
	size_t n_steps;
	const struct intake_log *log;
	size_t n_log;
	const struct intake_file *files;
	size_t n_files;
	bool has_moved_files;               /* they went with the report */
};

struct intake_sum {
	enum channel channel;        /* NONE: all */
	int64_t received, entered, settled, refused, waiting, disposed, late;
};

struct intake_month_line {
	const char *number, *title;  /* title NULL: kept secret */
	enum channel channel;
	enum intake_state state;
	struct instant received_at;
	const char *report_number;
	enum state report_state;
};

struct intake_recap {
	const char *csrf, *agency, *month, *month_word; /* "November 2026", "2026-11" */
	const char *previous, *next;                    /* words of the months beside; NULL: none */
	const char *previous_month, *next_month;
	struct instant now;
	bool may_record, is_over, is_recorded;
	struct instant made_at;
	const char *made_by;
	const struct intake_sum *sums;
	size_t n_sums;
	const struct intake_month_line *lines;
	size_t n_lines;
	int cut_at;                                     /* 0: all are shown */
	const char *problem;
};

#endif
