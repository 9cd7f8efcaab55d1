/* SPDX-License-Identifier: Apache-2.0
 * sop_shelf - the SOPs of an installation, read and ready: every version that was ever installed, and which agency uses
 * which when.
 *
 * Immutable once made (app/sop_store.h); shared by threads like a calendar. A report keeps the version it began with, so
 * a version is found by its id; a new report gets the one its agency uses on that day.
 */
#ifndef CORE_SOP_SHELF_H
#define CORE_SOP_SHELF_H

#include "core/sop.h"

struct sop_book {
	struct sop_id id;
	int version;          /* counts from 1 within sop->id */
	const struct sop *sop;
};

struct sop_use {
	struct agency_id agency;
	size_t book;          /* index */
	struct day from, until; /* until: the first day it is no longer used; DAY_NONE: none */
};

struct sop_shelf {
	struct sop_book *books; /* by ascending id */
	size_t book_n;
	struct sop_use *uses;   /* by agency, then from */
	size_t use_n;
};

/* NULL: there is none; shelf may be NULL (nothing is installed). */
const struct sop_book *sop_shelf_find(const struct sop_shelf *shelf, struct sop_id id);
/* What the agency (level instansi) uses on that day for this purpose, the newest from first; NULL: nothing. */
const struct sop_book *sop_shelf_for(const struct sop_shelf *shelf, struct agency_id agency, enum sop_covers covers,
				     struct day on);
/* All of them, at most max; returns how many. */
size_t sop_shelf_all(const struct sop_shelf *shelf, struct agency_id agency, enum sop_covers covers, struct day on,
		     const struct sop_book **ret, size_t max);
/* Does or did the agency use this version, on whatever day? */
bool sop_shelf_is_used(const struct sop_shelf *shelf, struct agency_id agency, struct sop_id id);
/* Of the rule of a step's clock ("tjt-20@3#4", core/sop_run.h); NULL: of none. ret_step: its index. */
const struct sop_book *sop_shelf_by_rule(const struct sop_shelf *shelf, const char *rule, size_t *ret_step);

#endif
