/* SPDX-License-Identifier: Apache-2.0
 * sheet_xlsx - the first worksheet of an XLSX file whose rows hold the header, as a stream.
 *
 * Refused: more unpacked than SHEET_XLSX_BYTES_MAX, packed tighter than 1:200, document types and entities,
 * more than 2000 entries. Only zip.h's and libxml2's readers touch the bytes.
 */
#ifndef CMD_SHEET_XLSX_H
#define CMD_SHEET_XLSX_H

#include "cmd/sheet.h"

#define SHEET_XLSX_BYTES_MAX ((int64_t)1 << 30)

struct sheet_xlsx;

CHECKED enum rc sheet_xlsx_open(struct arena *a, const char *path, struct sheet_xlsx **ret, struct err *err);
/* Worksheets in the order of their file names; begins reading the i-th. RC_NOT_FOUND past the last. */
CHECKED enum rc sheet_xlsx_begin(struct sheet_xlsx *x, size_t i, struct err *err);
CHECKED enum rc sheet_xlsx_next(struct sheet_xlsx *x, struct arena *row_arena, struct sheet_row *ret,
				struct err *err);
int sheet_xlsx_permille(const struct sheet_xlsx *x);
void sheet_xlsx_close(struct sheet_xlsx *x);

#endif
