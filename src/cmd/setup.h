/* SPDX-License-Identifier: Apache-2.0
 * setup - what every new database is given: regions, holidays, categories, the root of the agency tree.
 *
 * Running it again adds what is missing and changes nothing that is there.
 */
#ifndef CMD_SETUP_H
#define CMD_SETUP_H

#include "cmd/command.h"

struct setup_agency {
	struct agency_id parent;
	enum level level;
	const char *name, *short_name, *region_code, *sp4n_id, *email; /* the last three may be NULL */
};

/* In one transaction. ret_root: the national agency. */
CHECKED enum rc setup_base_data(struct session *s, struct agency_id *ret_root);
/* The slug is made from the short name. */
CHECKED enum rc setup_add_agency(struct session *s, const struct setup_agency *in, struct agency_id *ret);
/* "Dinas Kesehatan & Gizi" -> "dinas-kesehatan-gizi"; never empty. */
char *setup_slug(struct arena *a, const char *name);
/* Reads lines "tanggal,jenis,nama[,...]" (a CSV text, cut in place). replace: days that are there are overwritten. */
CHECKED enum rc setup_holidays(struct session *s, char *csv, bool replace, int64_t *ret_n);
/* "libur_nasional", "cuti_bersama", "daerah"; false when it is none. */
bool setup_holiday_kind(const char *word, enum holiday_kind *ret);

#endif
