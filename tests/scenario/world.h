/* SPDX-License-Identifier: Apache-2.0
 * world - what a scenario plays in: a database of its own with a small regency, real holidays, a clock that stands
 * still until it is moved, and the people who act.
 */
#ifndef SCENARIO_WORLD_H
#define SCENARIO_WORLD_H

#include "app/act.h"
#include "app/settings.h"
#include "app/submit.h"
#include "job/runner.h"

#define WORLD_REPORTS_MAX 24
#define WORLD_SEEN_MAX 24
#define WORLD_INTAKES_MAX 16

struct world_report {
	char name[16];
	struct report_id id;
	char number[20], code[12];
	bool repeated;
};

struct world_intake {
	char name[16], number[20];
};

struct world {
	struct db *db;
	struct arena *a;
	char folder[64], outbox[96], url[256];
	struct settings settings;
	const struct calendar *calendar;
	const struct sop_shelf *sops;   /* NULL: none is installed */
	struct instant now;
	struct world_report reports[WORLD_REPORTS_MAX];
	size_t n_reports;
	struct world_intake intakes[WORLD_INTAKES_MAX];
	size_t n_intakes;
	/* What an officer looked at before acting: his name, the report, its version then. */
	struct {
		char who[32];
		size_t report;
		int64_t version;
	} seen[WORLD_SEEN_MAX];
	size_t n_seen;
	/* Since the last thing that was done. */
	struct outbox_id mails_from;
	struct job_tally tally;
	/* How it ended. */
	enum rc rc;
	struct err err;
	struct field_problems problems;
	char why[512]; /* of a failure of the scenario itself */
};

/* False, with why set: the machine does not play along. */
bool world_begin(struct world *w);
void world_end(struct world *w);
bool world_fail(struct world *w, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* "citizen", "visitor", "nasional", or the slug of an agency, OPD or unit. */
bool world_ctx(struct world *w, const char *who, struct ctx *ret);
bool world_agency(struct world *w, const char *slug, struct agency_id *ret, enum level *ret_level);
bool world_category(struct world *w, const char *slug, struct category_id *ret);
struct world_report *world_report(struct world *w, const char *name);
void world_mark(struct world *w); /* from now on is "since the last thing that was done" */

/* The first row of a query with numbers only (placeholders ?1, ?2); false when there is none. */
bool world_query(struct world *w, const char *sql, const int64_t args[2], int64_t ret[4]);

/* Chain, projection and queue counters of everything that is there. */
bool world_is_sound(struct world *w);
bool world_is_verified(struct world *w);
/* No message that went out holds a title, a name or a text. */
bool world_mails_are_discreet(struct world *w);

#define WORLD_CITIZEN_MAIL "warga@contoh.test"
#define WORLD_CITIZEN_NAME "Siti Wulandari"
#define WORLD_BODY "Keterangan rahasia warga tentang kejadian itu."

#endif
