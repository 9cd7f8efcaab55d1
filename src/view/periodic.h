/* SPDX-License-Identifier: Apache-2.0
 * periodic - what the pages of the periodic report show.
 */
#ifndef VIEW_PERIODIC_H
#define VIEW_PERIODIC_H

#include "core/periodic.h"
#include "core/periodic_form.h"
#include "messages.h"
#include "view/desk.h"
#include "view/out.h"

struct periodic_row {
	const char *key, *period;
	enum periodic_state state;
	enum role holder;            /* ROLE_NONE: it is over */
	struct desk_due due;
};

struct periodic_list {
	const char *csrf;
	const char *begin;           /* the period that may be begun now, or NULL */
	const struct periodic_row *mine;
	size_t n_mine;               /* what waits for this person */
	const struct periodic_row *rows;
	size_t n_rows;
	const char *next_href;       /* older ones, or NULL */
	const char *problem;
};

/* Paper: the covering letter and the report with its signatures. */
struct periodic_signature {
	enum role role;
	const char *name;            /* NULL: not yet */
	struct instant at;
};
struct periodic_paper {
	const struct periodic_form *form;
	const char *period;
	struct { const char *number, *text, *name; struct instant at; } letter; /* number NULL: none */
	struct periodic_signature section, division, office;
	bool is_signed;
	bool is_old;                 /* a newer version took its place */
	int64_t version;
	const char *code, *digest;   /* of its text */
	const char *check_url;
	struct html qr;
};

enum periodic_turn { PERIODIC_LATER, PERIODIC_NOW, PERIODIC_DONE };
struct periodic_office {
	enum role role;
	const char *name;            /* NULL: nobody is known */
	enum periodic_turn turn;
	enum msg what;               /* what was or will be done there */
	struct instant at;           /* 0: not yet */
};
#define PERIODIC_OFFICES 5

struct periodic_version_line {
	int64_t version;
	const char *name;
	struct instant at;
	bool is_shown;
};
struct periodic_event_line {
	enum msg what;
	enum role role;
	const char *name;
	struct instant at;
	int64_t version;
	bool was_late;
	const char *number, *note;
};

/* How a task is asked for. */
enum periodic_form_kind { PERIODIC_FORM_BUTTON, PERIODIC_FORM_WORDS, PERIODIC_FORM_LETTER, PERIODIC_FORM_REASON };
struct periodic_deed {
	const char *word;            /* of its address */
	enum msg button, hint;
	enum periodic_form_kind kind;
	bool is_main;                /* what it waits for */
};
#define PERIODIC_DEEDS_MAX 4

struct periodic_page {
	const char *csrf, *key, *period;
	enum periodic_state state;
	enum role holder;
	struct desk_due due;
	const char *step;            /* "tjt-24#7" */
	int64_t seq, version;
	bool is_mine;
	struct periodic_office offices[PERIODIC_OFFICES];
	const struct periodic_paper *paper; /* NULL: nothing is compiled yet */
	struct periodic_deed deeds[PERIODIC_DEEDS_MAX];
	size_t n_deeds;
	struct periodic_words typed; /* in the form */
	const char *typed_number, *typed_note;
	const char *refused;         /* what was not done, and its form */
	const char *refused_at;
	int64_t voided;              /* initials that were cancelled so far */
	const struct periodic_version_line *versions;
	size_t n_versions;
	const struct periodic_event_line *events;
	size_t n_events;
};

/* For everyone who holds the paper. */
struct periodic_check {
	const char *typed;
	bool was_asked, is_found;
	const char *agency, *period, *code, *digest;
	struct instant signed_at;
	int64_t version;
	const struct periodic_form *form; /* its figures; the words are not shown */
};

enum msg periodic_view_state(enum periodic_state s);

#endif
