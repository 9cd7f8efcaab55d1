/* SPDX-License-Identifier: Apache-2.0
 * desk - what the officers' pages show: the inbox and the report page. The structs hold only what
 * is printed, already redacted; web/desk_*.c fills them, desk_*.tmpl prints them.
 *
 * The other pages of officers (sign in, own account, intake, settings) are in view/office.h.
 */
#ifndef VIEW_DESK_H
#define VIEW_DESK_H

#include "core/clock.h"
#include "core/report.h"
#include "core/transition.h"
#include "view/out.h"
#include "view/transfers.h"

/* One line of a select. value is what the form sends. */
struct desk_option {
	const char *value, *text;
	bool selected;
	bool is_sub;  /* below the one before it */
};
/* p first, then lines that are kept as markup (web/directory.h); a second part begins at the selected one's mark. */
struct desk_options {
	const struct desk_option *p;
	size_t n;
	struct html kept[2];
};
static inline bool desk_options_more_than(const struct desk_options *o, size_t n)
{
	return o->n > n || o->kept[0].n > 0;
}

/* The original text in pieces, so that hidden places can be marked without raw HTML. */
struct desk_piece {
	const char *text;
	bool is_private; /* masked personal data */
};
struct desk_text {
	const struct desk_piece *p;
	size_t n;
};

/* A deadline as people read it. */
struct desk_due {
	bool is_set;
	enum clock_tone tone;
	enum limit_unit unit;
	int left;                 /* negative: late by so many */
	bool is_today, has_time;  /* has_time: an hour within the day, not just its end */
	struct instant at;
};

/* The lists of the inbox: those of the sidebar, and the result of a search. */
enum desk_list {
	DESK_ACTION, DESK_VERIFY, DESK_DISPOSE, DESK_RESPOND, DESK_WAITING, DESK_ANSWERED,
	DESK_OVERDUE, DESK_WATCHED, DESK_ARCHIVE, DESK_SEARCH,
};
#define DESK_LISTS DESK_SEARCH /* how many stand in the sidebar */
#define DESK_COUNT_MOST 100    /* bounded counts stop here and print "99+" */

struct desk_queue {
	enum desk_list list;
	const char *name, *href;
	int64_t n;     /* -1: not counted */
	bool is_more;  /* n or more */
	bool is_current, is_shown;
};

struct desk_row {
	const char *number, *title, *excerpt;
	const char *category, *holder; /* category NULL while not chosen */
	enum channel channel;
	enum state state;
	enum visibility visibility;
	struct desk_due due;
	struct instant closed_at;
	bool is_escalated, is_blocked;
	bool is_stuck;            /* sent around too often: the national admin has to decide */
};

/* What else waits for this person, on pages of its own. */
struct desk_other {
	const char *name, *href;
	int64_t n;
};

struct desk_inbox {
	struct desk_queue queues[DESK_LISTS];
	struct desk_other others[2]; /* minutes, deviations */
	size_t n_others;
	enum desk_list list;
	const char *list_name, *list_word;
	struct instant now;
	int64_t overdue, due_today;
	/* the filters as they were sent */
	const char *q;
	struct desk_options states, categories, holders, regions, sorts;
	bool has_filters;
	const char *clear_href;
	const struct desk_row *rows;
	size_t n_rows;
	const char *next_href, *first_href; /* NULL: none */
	bool is_cut;                        /* few or nothing found yet, but the walk was stopped: next_href goes on */
	bool is_next_older;                 /* best matches among the newest: next_href shows those among older ones */
	int walked;                         /* how many it looked at */
	struct instant next_due;            /* for the empty inbox; 0 none */
	const char *watched_href;
};

/* One of the small forms of the report page; also the shape of the large ones. */
struct desk_action {
	enum action action;
	const char *word;                         /* in the form's address */
	const char *title, *hint, *note_label, *button;
	const char *step;                         /* of the SOP that asks for it now, or NULL */
	struct desk_options reasons, targets;     /* n 0: does not ask */
	struct desk_options visibilities, classes, categories;
	enum text_need note_need;
	bool takes_files, is_grave, is_open;
	const char *note;                         /* typed before */
	const char *problem;                      /* why it was refused, or NULL */
};

struct desk_clock {
	enum clock_kind kind;
	enum clock_tone tone;
	enum limit_unit unit;
	const char *name;            /* of a step; NULL: told by kind */
	int used, total, left, limit_n, paused_wd;
	struct day start_on, due_on;
	struct instant due_at;
	struct desk_due due;
	const char *sentence;     /* why it is due then */
};

/* The disposition tree, out of the events. */
enum desk_outcome { DESK_HERE, DESK_PASSED, DESK_RETURNED, DESK_TAKEN_BACK, DESK_FINISHED };
struct desk_node {
	const char *agency, *actor;
	struct instant since, until;
	enum desk_outcome outcome;
	int days;                    /* working days it lay there, when it has left */
	int depth;                   /* 0 nation, 1 agency, 2 OPD, 3 unit */
	const struct desk_due *due;  /* where it lies now */
	struct desk_node *child, *next, *parent;
};

struct desk_message {
	const char *author, *author_agency;
	enum role role;
	enum action action;
	struct instant at;
	const char *reason;
	const char *text;
	const struct desk_file *files;
	size_t n_files;
};

struct desk_file {
	int64_t id;
	const char *name, *kind;
	int64_t size_bytes;
	enum audience audience;
	bool is_image;
};

struct desk_log {
	const char *what, *who;  /* who NULL: the reporter or the system, told by role */
	enum role role;
	struct instant at;
	const char *to, *reason;
};

struct desk_twin {
	const char *number, *title;
	struct instant received_at;
	enum state state;
	int percent;
};

/* The verification form, or the text editor alone. */
struct desk_verify {
	bool is_shown;      /* VERIFY is possible */
	bool can_dispose;   /* ... and DISPOSE right after it */
	const char *title, *body, *note;
	struct desk_options categories, classes, targets;
	enum visibility chosen, asked; /* chosen NONE: nothing is preselected */
	bool relevant, complete, clear;
	int private_found;
	const char *problem;
};

struct desk_sop;
struct worddiff;

struct desk_report {
	const char *csrf, *number, *title;
	int64_t version;
	const char *back_href, *back_text;
	const char *next_number;    /* the next one in the same queue, or NULL */
	enum state state;
	enum kind kind;
	enum class_ class;
	enum visibility visibility, asked_visibility;
	enum channel channel;
	struct instant received_at;
	struct desk_due due;
	bool is_escalated, is_blocked, is_public;
	const struct desk_transfers *sent_around;
	const char *ombudsman_href; /* the case of the Ombudsman; NULL: none, or not for this person */
	int64_t transfers;
	const char *conflict;       /* someone was faster: what was typed is in the forms */
	const char *refused, *refused_at; /* what was not done, and the id of its form */
	const char *problem;        /* a refusal whose form is gone ... */
	const char *lost_title, *lost_text; /* ... and what was typed there */

	/* the texts */
	bool shows_original;
	const char *original_title;
	struct desk_text original;
	const char *public_title, *public_text;
	int private_found;

	const struct desk_sop *sop;  /* NULL: no SOP is in force */
	const struct worddiff *title_diff, *body_diff; /* public wording against the original; NULL: not shown */
	struct desk_verify verify;
	bool can_edit;
	const char *edit_title, *edit_body, *edit_problem;
	const struct desk_action *actions; /* the small forms, main ones first */
	size_t n_actions;

	struct desk_node *tree;
	bool shows_internal, internal_tab, can_note;
	const struct desk_message *notes, *talk;
	size_t n_notes, n_talk;
	const char *note_typed, *note_problem;

	const struct desk_clock *clocks;
	size_t n_clocks;

	/* the summary */
	const char *reporter, *reporter_email, *reporter_phone; /* masked, or open after revealing */
	bool can_reveal, is_revealed;
	struct desk_options reveal_reasons;
	const char *reveal_problem, *reveal_note;
	const char *place, *region, *category, *holder, *asked_agency, *taker;
	struct day happened_on;
	bool has_happened_on;
	const struct desk_file *files;
	size_t n_files;
	int64_t rating;

	const struct desk_twin *twins;
	size_t n_twins;
	const struct desk_log *log;
	size_t n_log;
};

#endif
