/* SPDX-License-Identifier: Apache-2.0
 * public - what the pages of citizens show: home, the six steps, tracking, public list, figures.
 *
 * Everything here is already decided and redacted (core/access, core/redact); the templates only lay it
 * out. Strings live in the request's arena. The fillers are src/web/public_*.c.
 */
#ifndef VIEW_PUBLIC_H
#define VIEW_PUBLIC_H

#include <string.h>

#include "core/clock.h"
#include "core/report.h"
#include "view/out.h"

#define PUBLIC_STEPS 6

/* ---- pieces that several pages share */

struct pub_option {
	const char *value, *label, *hint; /* hint: NULL for none */
	bool selected;
};

struct pub_options {
	const struct pub_option *p;
	size_t n;
};

/* What is wrong with a field; anchor is the id of the control it belongs to. */
struct pub_problem {
	const char *anchor, *text;
};

struct pub_problems {
	const struct pub_problem *p;
	size_t n;
};

static inline const char *pub_problem_of(const struct pub_problems *f, const char *anchor)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->p[i].anchor, anchor) == 0)
			return f->p[i].text;
	return NULL;
}

/* An attachment, or a file that was refused (refused says why; href is then NULL). */
struct pub_file {
	int64_t id;
	const char *name, *href, *refused;
	bool is_image;
	int64_t size_bytes;
};

struct pub_files {
	const struct pub_file *p;
	size_t n;
};

/* One line of a list of public reports. */
struct pub_item {
	const char *number, *title, *category, *agency, *region; /* the last three may be NULL */
	enum state state;
	bool is_late;
	struct instant received_at;
	int age_wd;
};

struct pub_items {
	const struct pub_item *p;
	size_t n;
};

/* The limits in force, in working days: promises made on several pages. */
struct pub_limits {
	int verify_wd, agency_wd, follow_up_wd, reply_wd, pending_wd, ombudsman_wd, reopen_wd;
	int complaint_wd, oversight_wd, aspiration_wd, information_wd;
	const char *ruleset;
};

/* How else one can report; NULL or "" for what this installation does not offer. */
struct pub_channels {
	const char *sms, *whatsapp, *email, *phone, *counter;
	bool any; /* one of them is there */
};

/* ---- home */

struct home_category {
	const char *name;
	int64_t n;
};

/* Shares are in percent, -1 while there is nothing to count. */
struct pub_figures {
	bool any;
	struct instant at;
	struct day from, to;
	int64_t received;
	int verified_in_time_pct, finished_pct;
	int follow_up_wd_tenths; /* -1: none yet */
};

struct home_page {
	const char *site_name;
	struct pub_figures figures;
	struct pub_limits limits;
	struct pub_items newest;
	const struct home_category *top;
	size_t n_top;
	int64_t top_max;
	struct pub_channels channels;
};

/* ---- the six steps */

struct step_page {
	int n;
	const char *action, *back; /* own paths */
	const char *csrf;
	bool to_check;             /* opened from the check page: goes back there */
	bool form_expired;         /* the form was older than its session; nothing was lost */
	struct instant saved_at;   /* 0: nothing saved yet */
	struct pub_problems problems;
};

struct kind_page {
	struct step_page s;
	enum kind kind;
};

struct text_page {
	struct step_page s;
	const char *title, *body, *day, *month, *year;
};

struct place_page {
	struct step_page s;
	struct pub_options province, regency, district, village;
	const char *place;
};

struct proof_page {
	struct step_page s;
	struct pub_options suggested, agencies;
	bool knows_none; /* "tidak tahu" is chosen */
	struct pub_items similar;
	struct pub_files files;
	int files_max, file_mb_max;
};

struct identity_page {
	struct step_page s;
	enum visibility visibility;
	const char *name, *phone, *email;
};

struct check_page {
	struct step_page s;
	enum kind kind;
	const char *title, *body;
	bool has_happened_on;
	struct day happened_on;
	const char *region, *place, *agency;
	int n_files;
	enum visibility visibility;
	const char *name, *phone, *email;
	bool has_personal_data; /* a number or address that looks personal stands in the text */
};

struct sent_page {
	const char *number, *code_shown, *code;
	struct html qr;
	struct instant received_at;
	bool has_verify_due;
	struct day verify_due_on;
	struct pub_limits limits;
	const char *agency;       /* asked for; NULL: the admin decides */
	const char *email_masked; /* NULL: no message goes out */
};

/* ---- tracking */

struct ombudsman_shown; /* view/ombudsman.h */

struct find_page {
	const char *typed;
	struct pub_problems problems;
	int attempts_left; /* -1: do not say */
	struct pub_channels channels;
};

enum track_step_place { TRACK_DONE, TRACK_NOW, TRACK_LATER };

struct track_step {
	enum track_step_place place;
	enum action action;      /* of done ones; ACT_NONE for what is going on or still to come */
	enum state state;        /* of the current and the later ones */
	enum role role;
	enum channel channel;    /* of the first one */
	const char *who, *to;    /* agencies; may be NULL */
	const char *reason;      /* words for people; NULL for none */
	struct instant at;
	bool is_measured, was_late;
	struct clock_reading reading;
};

struct track_message {
	bool mine;
	bool is_answer;
	enum action action;
	const char *who;
	struct instant at;
	const char *reason, *text;
	struct pub_files files;
};

struct track_clock {
	bool on;
	enum clock_kind kind;
	struct clock_reading reading;
	struct clock_explanation why;
	const char *sentence;    /* why this date */
};

/* Which step of which SOP it is at. */
struct track_sop {
	bool on;
	const char *number, *step_id, *step_name, *actors; /* actors: what they are called there; NULL for nobody named */
	struct day since_on;
	struct track_clock clock; /* off: the step has no time of its own */
};

/* A way from one agency to another, or back up. */
struct track_transfer {
	enum action action;
	const char *from, *to, *reason, *note; /* reason in words; NULL for none */
	struct instant at;
};

struct track_page {
	const char *code, *code_shown, *number, *title, *csrf;
	enum kind kind;
	enum visibility visibility;
	enum state state;
	bool is_late, is_escalated;
	const char *region, *place, *category;
	bool has_happened_on;
	struct day happened_on;
	size_t n_files;
	const char *holder, *holder_unit;
	struct day held_since_on;
	struct track_clock clock;
	const char *pending_text; /* what the officer asks for */
	enum closer closer;
	const char *end_reason, *end_text;
	struct day ended_on;
	bool has_reopen_until;
	struct day reopen_until;
	const char *reopen_why;
	struct track_sop sop;
	const struct track_clock *others; /* that run beside the main one */
	size_t n_others;
	int64_t transfers;
	const struct track_transfer *moves;
	size_t n_moves;
	const struct track_step *steps;
	size_t n_steps;
	const struct track_message *messages;
	size_t n_messages;
	bool may_complete, may_reply, may_close, may_reopen, may_rate, may_withdraw;
	bool may_hide_name, may_hide_all; /* ask for more protection: anonymous, secret */
	int rating;               /* 0: none */
	struct track_clock ombudsman;
	const struct ombudsman_shown *flag; /* NULL: not escalated */
	const char *email_masked;
	const char *typed_reply, *typed_reopen, *typed_withdraw; /* kept when something was wrong */
	struct pub_files refused_files;
	struct pub_problems problems;
	bool form_expired;
	int files_max, file_mb_max;
};

/* ---- public list and report */

/* Links to the yearly archives. */
struct archive_links {
	const char *year;   /* of the archive that is shown; NULL: the present */
	const char **years; /* newest first */
	size_t n;
};

struct archive_away {
	const char *year;
	struct pub_channels channels;
	const char *operator_name; /* "" for none */
	const char *here;
	bool is_desk;
};

struct list_page {
	struct archive_links archives;
	const char *query;
	struct pub_options categories, agencies, regions, states, periods, orders;
	bool is_filtered, is_best_first;
	struct pub_items items;
	const char *next;   /* path of the next page; NULL at the end */
	bool went_far;      /* the filters combine rarely: the search stopped early and can go on */
	bool is_next_older; /* these were the best matches among the newest: the next page holds those among older ones */
};

struct report_event {
	enum action action;
	enum role role;
	const char *who, *to, *reason, *text;
	struct instant at;
	struct pub_files files;
};

struct report_page {
	const char *number, *title, *body, *category, *agency, *region, *name; /* name: open reports only */
	enum kind kind;
	enum state state;
	bool is_late, is_escalated;
	struct instant received_at;
	struct track_clock clock;
	const struct report_event *events;
	size_t n_events, n_answers; /* n_answers: those with a text */
	struct pub_files files;
	int rating;
};

/* ---- figures and pages about the service */

struct stats_row {
	const char *name;
	int64_t received, answered, closed;
	int follow_up_wd_tenths; /* -1: none */
};

struct stats_page {
	struct pub_figures figures;
	int64_t verified, verified_in_time, followed_up, answered, closed;
	int64_t closed_by_system, closed_by_admin, closed_by_reporter, archived;
	const struct stats_row *rows;
	size_t n_rows;
	int64_t rows_max;
	const struct home_category *categories;
	size_t n_categories;
	int64_t categories_max;
	const struct stats_month {
		const char *name; /* "November 2026" */
		int64_t received, closed;
	} *months;
	size_t n_months;
	int64_t months_max;
};

struct info_page {
	const char *site_name, *operator_name;
	struct pub_limits limits;
	struct pub_channels channels;
	int files_max, file_mb_max, draft_days;
};

/* ---- an account, for citizens who want one */

struct register_page {
	const char *csrf, *name, *email;
	struct pub_problems problems;
	bool form_expired;
	int password_min;
};

struct own_report {
	const char *number, *code, *title;
	enum state state;
	bool is_late;
	struct instant received_at;
};
/* In a yearly archive: its title is there. */
struct own_archived {
	const char *number, *code, *year;
};

struct own_reports_page {
	const char *name;
	const struct own_report *p;
	size_t n;
	const struct own_archived *archived;
	size_t n_archived;
};

#endif
