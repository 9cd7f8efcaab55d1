/* SPDX-License-Identifier: Apache-2.0
 * ctx - what every use case is given: who asks, when, with which connection and memory.
 *
 * Time is a parameter: now is read once at the edge and can be set (--now, tests).
 */
#ifndef APP_CTX_H
#define APP_CTX_H

#include "base/arena.h"
#include "base/lang.h"
#include "core/report.h"
#include "core/refusal.h"
#include "store/db.h"

/* The person behind a request: an officer, a citizen (by tracking code or account), the system. */
struct who {
	enum role role;              /* ROLE_NONE: a visitor */
	struct account_id account;
	struct agency_id agency;     /* the officer's node of the tree */
	const char *name;
};

struct calendar;
struct directory;
struct figures_past;
struct archive_years;
struct file_stores;
struct prepared_file;
struct settings;
struct sop_shelf;

struct ctx {
	struct db *db;
	struct arena *a;
	struct instant now;
	enum lang lang;
	struct who who;
	const struct calendar *calendar; /* for a while; whoever counts by it confirms it (app/holidays.h) */
	const struct sop_shelf *sops;    /* the same; NULL: no SOP is installed */
	const struct directory *directory; /* of pages only (web/directory.h) */
	const struct figures_past *figures; /* the same (web/figures_past.h) */
	const struct settings *settings; /* identity, limits, mail: from the configuration */
	const struct file_stores *files; /* where attachments lie; NULL: all of them in the database */
	struct prepared_file *new_files; /* that have to be stored outside the database before the transaction (app/attach.h) */
	const struct archive_years *archives; /* of pages only: for which years there are some (app/archive.h) */
	int archive_year;   /* db is the archive of that year; 0: the present */
	int elsewhere_year; /* set by who does not find a report: it is in the archive of that year */
	const char *why; /* of a refusal by an SOP: its own words, shown beside it; NULL: none */
	struct err err;
};

#define ctx_refuse(c, rc, name) err_set(&(c)->err, (rc), REFUSE_##name, NULL)

#endif
