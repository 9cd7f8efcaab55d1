/* SPDX-License-Identifier: Apache-2.0
 * office - what the officers' pages beside the desk show: signing in, one's own account, taking in a
 * report by hand, settings. Filled by web/login.c and web/desk_*.c, printed by office_*.tmpl.
 */
#ifndef VIEW_OFFICE_H
#define VIEW_OFFICE_H

#include "view/desk.h"

struct login_page {
	const char *csrf, *login, *next; /* next: a path of our own, "" none */
	const char *problem;
};

struct own_session {
	const char *id; /* hex */
	struct instant created_at, seen_at;
	bool is_this;
};

struct own_account {
	const char *csrf, *name, *login, *email, *agency;
	enum role role;
	const struct own_session *sessions;
	size_t n_sessions;
	const char *problem; /* of the password form */
};

/* The form in which an officer writes down what somebody else reported. */
struct intake_page {
	const char *csrf, *key; /* key: sending twice makes one report */
	const char *action, *heading, *lead, *button, *contact_hint;
	const char *back_href, *back_text; /* NULL: none */
	bool asks_channel, asks_reception, takes_files, takes_answer;
	const char *answer_hint;
	struct desk_options sops;          /* less than two: does not ask */
	int64_t version;                   /* of what it is made of; 0: of nothing */
	const char *channel_note, *answer, *received_day, *received_month, *received_year;
	struct desk_options channels, kinds, categories, regions;
	const char *title, *body, *place, *name, *email, *phone;
	const char *day, *month, *year;
	enum visibility visibility;
	/* A field that was refused: its sentence, or NULL. */
	struct {
		const char *kind, *title, *body, *date, *place, *name, *email, *phone, *visibility, *channel;
		const char *channel_note, *received, *answer, *category;
	} error;
	const char *problem;
	size_t n_errors;
};

struct intake_done {
	const char *number, *code; /* code as shown to people */
	bool may_open;
	const char *next_href, *next_text;
	const char *track_href;    /* a whole address for the receipt, or NULL */
};

struct office_agency {
	int64_t id;
	const char *name, *short_name, *email;
	enum level level;
	bool is_active, is_current;
};

struct office_account {
	int64_t id;
	const char *login, *name, *email;
	enum role role;
	bool is_active, is_self;
	bool may_change; /* of a role that this person may give out */
};

struct office_change {
	struct instant at;
	const char *what, *target, *actor;
};

enum office_tab { OFFICE_ACCOUNTS, OFFICE_AGENCIES, OFFICE_SOP, OFFICE_HOLIDAYS, OFFICE_CHANGES };

struct office_page {
	const char *csrf;
	enum office_tab tab;
	bool may_holidays, may_agencies, may_sops;
	const char *problem;

	/* accounts and agencies: one node and what is below it */
	const struct office_agency *above;  /* the way down to it, topmost first */
	size_t n_above;
	struct office_agency here;
	const struct office_agency *below;
	size_t n_below;
	bool may_add_below;
	bool has_group_field;               /* an agency: the group of its liaison officers */
	const char *group;                  /* as shown: address, or host of a web hook; NULL: none */
	const char *typed_group;
	const struct office_account *accounts;
	size_t n_accounts;
	struct desk_options roles;
	const char *typed_login, *typed_name, *typed_email, *typed_short;
	/* shown once, right after creating or resetting */
	const char *new_login, *new_password;
	int64_t new_id; /* whose it is, when new_login is not set */

	/* holidays of a year */
	int year;
	const char *year_text;
	const struct office_holiday {
		struct day on;
		const char *iso, *scope, *name, *source;
		int kind;
	} *holidays;
	size_t n_holidays;
	const char *typed_day, *typed_source;
	struct desk_options holiday_kinds;
	const struct office_change *changes;
	size_t n_changes;
	bool is_without_decree; /* no holiday of the nation is known for that year */
};

#endif
