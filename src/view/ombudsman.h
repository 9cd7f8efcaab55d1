/* SPDX-License-Identifier: Apache-2.0
 * ombudsman - what the pages around the Ombudsman show: the question and its form for the reporter, list and case for the
 * admins, the dossier as it is printed. Filled by web/public_ombudsman.c, web/desk_ombudsman.c and web/dossier_page.c.
 */
#ifndef VIEW_OMBUDSMAN_H
#define VIEW_OMBUDSMAN_H

#include "core/ombudsman.h"
#include "view/public.h"

/* A case as everybody concerned may know it; nothing about the person. */
struct ombudsman_shown {
	enum ombudsman_state state; /* OMBUDSMAN_NONE: there is none */
	struct instant asked_at, decided_at, sent_at;
	const char *agency;         /* the one complained of; NULL: nobody had it yet */
	const char *digest;         /* in hex; NULL: no dossier */
	const char *sent_number;
	int limit_wd;
};

/* The reporter's pages: the question, and after "yes" the identity. */
struct ombudsman_ask_page {
	const char *code, *number, *title, *csrf, *back;
	struct ombudsman_shown shown;
	struct pub_problems problems;
	bool form_expired;
	/* the identity as it was typed */
	const char *name, *birth_place, *day, *month, *year, *occupation, *address, *identity_number, *contact;
	enum marital marital;
	bool has_disclose, may_disclose;
};

/* The desk's list. */
struct ombudsman_line {
	const char *number, *title, *agency, *holder; /* title NULL: not for this person, or not released */
	struct instant asked_at, decided_at, sent_at;
	const char *sent_number;
	bool may_open;
};
struct ombudsman_list {
	enum ombudsman_state state;
	bool is_national;
	const struct ombudsman_line *lines;
	size_t n;
	const char *next_href; /* NULL: no more */
};

/* One case on the desk. */
struct ombudsman_desk_page {
	const char *csrf, *number, *title;
	struct ombudsman_shown shown;
	bool may_hand_over, may_fetch;
	const char *typed, *problem; /* of the form */
};

/* The dossier, out of its frozen bundle. */
struct dossier_pair {
	const char *name, *value;
};
struct dossier_event {
	int64_t seq;
	struct instant at;
	const char *what, *office, *to, *note, *hash;
	bool is_withheld;
};
struct dossier_clock {
	const char *name, *sentence;
	struct day due_on;
	bool was_missed;
};
struct dossier_file {
	const char *name, *digest;
	int64_t size_bytes;
};
struct dossier_stay {
	const char *office;
	struct instant from, until; /* until 0: when it was made */
};
struct dossier_page {
	const char *number, *title, *body, *digest, *government, *back_href;
	struct instant made_at, received_at;
	const struct dossier_pair *reporter, *report;
	size_t n_reporter, n_report;
	bool may_disclose;
	const struct dossier_stay *stays;
	const struct dossier_event *events;
	const struct dossier_clock *clocks;
	const struct dossier_file *files;
	size_t n_stays, n_events, n_clocks, n_files;
};

#endif
