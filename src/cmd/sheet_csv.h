/* SPDX-License-Identifier: Apache-2.0
 * sheet_csv - tables as text: comma, semicolon or tab between the cells, quotation marks doubled inside
 * quotes, with or without byte order mark.
 */
#ifndef CMD_SHEET_CSV_H
#define CMD_SHEET_CSV_H

#include "cmd/sheet.h"

struct sheet_csv {
	const char *p;   /* the whole file */
	size_t n, at;
	int64_t line;
	char separator;
};

/* Takes the file's bytes, which must stay. The separator is the character after the first header. */
void sheet_csv_begin(struct sheet_csv *c, const char *p, size_t n, const char *first_header);
/* False at the end. */
bool sheet_csv_next(struct sheet_csv *c, struct arena *a, struct sheet_row *ret);

#endif
