/* SPDX-License-Identifier: Apache-2.0
 * sop_store - SOPs of this installation: taken in, put to use by an agency from a day on, taken out of use.
 *
 * A text that was ever in use is kept as it was; the same text is the same version. An agency works by one SOP about
 * reports at a time, and by any number of the others. Every change leaves a row in admin_event. Reports keep the version
 * they began with.
 */
#ifndef APP_SOP_STORE_H
#define APP_SOP_STORE_H

#include "app/ctx.h"
#include "core/sop_lint.h"
#include "core/sop_shelf.h"

/* One of those that come with lapor. */
struct sop_store_file {
	char id[32];
	const char *title;  /* for choosing; NULL: not read */
	const char *text;   /* ends in NUL behind n bytes */
	size_t n;
};

/* All versions and uses, in a; NULL when nothing was ever installed. err: which text cannot be read any more. */
CHECKED enum rc sop_store_load(struct db *db, struct arena *a, const struct sop_shelf **ret, struct err *err);

struct sop_store_check {
	const struct sop *sop;       /* NULL: it could not be read */
	const char *problem;         /* then: why, with line and column */
	struct sop_findings found;
};

/* Reads and judges; text ends in NUL behind n bytes. False when it cannot be installed. */
bool sop_store_check(struct arena *a, const char *name, const char *text, size_t n, struct day on,
		     struct sop_store_check *ret);

struct sop_store_in {
	struct agency_id agency;     /* of level instansi */
	const char *name, *text;
	size_t n;
	struct day from;             /* not before today, but for the command line */
};
struct sop_store_done {
	struct sop_id id;
	int version;
	bool was_there;              /* the same text had been taken in before */
};

/* May this person choose how the agency works: a national admin, the agency's own admin, the command line. */
CHECKED enum rc sop_store_may(struct ctx *c, struct agency_id agency);
/*
 * RC_INVALID: see check, or the day; RC_CONFLICT: the agency works by this very version then. What it used for the same
 * purpose ends that day; what would have begun later does not begin.
 */
CHECKED enum rc sop_store_install(struct ctx *c, const struct sop_store_in *in, struct sop_store_check *check,
				  struct sop_store_done *ret);
/* RC_NOT_FOUND: the agency does not use it then. */
CHECKED enum rc sop_store_retire(struct ctx *c, struct agency_id agency, const char *word, struct day from);

#endif
