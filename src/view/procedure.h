/* SPDX-License-Identifier: Apache-2.0
 * procedure - what the pages about SOPs show: the public ones (web/public_sop.c), and the one on which an admin chooses
 * (web/office_sop.c). Sentences of an SOP are as its file says them.
 */
#ifndef VIEW_PROCEDURE_H
#define VIEW_PROCEDURE_H

#include "view/desk.h"

struct proc_page_item {
	const char *title, *number, *covers, *href;
	int version;
	struct day since;
};

/* A government and what it uses. */
struct proc_page_group {
	const char *name;
	const struct proc_page_item *items;
	size_t n;
};

struct proc_page_list {
	const struct proc_page_group *groups;
	size_t n;
};

struct proc_page_branch {
	const char *when, *to; /* to: id, "" the end */
};

struct proc_page_step {
	const char *id, *name, *who, *output, *tells, *note;
	bool is_beside;
	const char *standard;  /* "1 sampai 3 hari kerja"; "" none */
	const char *start;     /* "sejak diterima"; "" none */
	const char *printed;   /* only when it is another; else "" */
	bool is_reporters;     /* its time runs for the reporter */
	bool is_measured;
	bool is_few;           /* some were done, too few to tell figures of */
	int64_t done;          /* of the last 90 days */
	int in_time_percent;
	const char *mean;
	const char *const *parts;
	size_t n_parts;
	const struct proc_page_branch *branches;
	size_t n_branches;
};

struct proc_page_law {
	const char *printed, *title, *reads, *superseded_by; /* the last two: "" none */
};

struct proc_page_decision {
	int conflict;
	const char *printed, *decision;
};

struct proc_page {
	const char *title, *number, *government, *office, *agency, *covers, *total, *sheet_href;
	int version;
	struct day since;
	bool is_accountable;
	const struct proc_page_step *steps;
	size_t n_steps;
	const char *const *rules; /* of gates */
	size_t n_rules;
	const struct proc_page_law *laws;
	size_t n_laws;
	const struct proc_page_decision *decisions;
	size_t n_decisions;
};

/* ---- the admin's page */

struct proc_page_use {
	const char *word, *title, *covers, *href; /* href: the public page, NULL when not in use today */
	int version;
	struct day from, until;   /* until: DAY_NONE none */
	bool may_retire;
};

struct proc_page_finding {
	bool is_error;
	int line, column, conflict; /* 0: none */
	const char *text;
};

struct proc_page_admin {
	const char *csrf, *problem, *agency;
	int64_t agency_id;        /* 0: choose one */
	const struct proc_page_agency {
		int64_t id;
		const char *name;
	} *agencies;
	size_t n_agencies;
	bool may_choose;          /* another agency */
	const struct proc_page_use *uses;
	size_t n_uses;
	struct desk_options built_in;
	const char *day, *text;   /* as typed */
	bool has_findings, is_installable;
	const struct proc_page_finding *findings;
	size_t n_findings, n_warnings;
	const struct proc_page_change {
		struct instant at;
		const char *what, *target, *actor;
	} *changes;
	size_t n_changes;
};

#endif
