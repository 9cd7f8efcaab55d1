/* SPDX-License-Identifier: Apache-2.0
 * import_match - finds what an imported row names: agencies and categories by LAPOR!'s id, then by name, made when
 * they are not there; regions by name, inside their regency only, because names repeat across the country.
 */
#ifndef CMD_IMPORT_MATCH_H
#define CMD_IMPORT_MATCH_H

#include "cmd/command.h"
#include "cmd/lapor.h"

struct import_match;

/* Loads agencies and categories into the session's arena. scratch: emptied by the caller after each row. */
CHECKED enum rc import_match_load(struct session *s, struct arena *scratch, struct import_match **ret);

/* Where a row belongs: agency is of level instansi (0: none named), opd below it (0: the agency itself). */
struct import_place {
	struct agency_id agency, opd;
};
CHECKED enum rc import_match_agency(struct import_match *m, const struct lapor_row *row, struct import_place *ret);
CHECKED enum rc import_match_category(struct import_match *m, const struct lapor_row *row, struct category_id *ret);
struct agency_id import_match_root(const struct import_match *m);
int64_t import_match_made(const struct import_match *m); /* agencies and categories that were new */

/* import_region.c: the code of the smallest region that is certain; NULL when not even the regency is. */
struct import_regions;
struct import_regions *import_region_new(struct session *s);
CHECKED enum rc import_region_find(struct import_regions *r, const struct lapor_row *row, const char **ret_code);

/* Lower case letters and digits, with the usual short forms written out: "Kab." is "kabupaten". */
const char *import_match_key(struct arena *a, const char *name);

#endif
