/* SPDX-License-Identifier: Apache-2.0
 * sheet - a table in a file, read row by row: XLSX or CSV, told apart by their first bytes.
 *
 * The file comes from outside, so everything about it is bounded before memory is taken for it: bytes, unpacked
 * bytes, their ratio, columns. A cell's text is valid UTF-8 without control characters but tab and newline.
 * CSV is in sheet_csv.c, XLSX in sheet_xlsx.c.
 */
#ifndef CMD_SHEET_H
#define CMD_SHEET_H

#include "base/arena.h"

#define SHEET_COLUMNS_MAX 64
#define SHEET_FILE_BYTES_MAX ((int64_t)256 << 20)

enum cell_type { CELL_TEXT, CELL_NUMBER, CELL_DATE };

struct cell {
	const char *text;  /* never NULL; of a number: as people write it */
	enum cell_type type;
	double number;     /* CELL_NUMBER; CELL_DATE: days since 1899-12-30, the time of day as fraction */
};

struct sheet_row {
	int64_t line;      /* of the file (CSV) or the sheet (XLSX), from 1 */
	size_t n;
	struct cell cell[SHEET_COLUMNS_MAX];
	const char *damage; /* NULL, or why this row cannot be trusted: "a quotation mark is not closed" */
};

struct sheet;

/*
 * Finds the header: the first row whose first cell reads first_header (any case). RC_INVALID with a sentence when
 * the file is no such table, RC_NOT_FOUND when it cannot be opened. Memory of the sheet comes from a.
 */
CHECKED enum rc sheet_open(struct arena *a, const char *path, const char *first_header, struct sheet **ret,
			   struct sheet_row *ret_header, struct err *err);
/* The row's texts live in row_arena. ret_row->n is 0 for an empty row. RC_NOT_FOUND at the end. */
CHECKED enum rc sheet_next(struct sheet *s, struct arena *row_arena, struct sheet_row *ret_row, struct err *err);
/* 0..1000: how much of the file was read. */
int sheet_permille(const struct sheet *s);
void sheet_close(struct sheet *s); /* NULL is fine */

/* For the two readers: any bytes as clean text; what is not UTF-8 is read as Windows-1252. */
const char *sheet_clean_text(struct arena *a, const char *p, size_t n);
bool sheet_is_header(const struct sheet_row *row, const char *first_header);

#endif
