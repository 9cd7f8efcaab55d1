/* SPDX-License-Identifier: Apache-2.0
 * csv_write - cells of a CSV file. A cell that a spreadsheet program would take for a formula gets an apostrophe
 * before it; reading our own files takes it off again (cmd/lapor.h).
 */
#ifndef CMD_CSV_WRITE_H
#define CMD_CSV_WRITE_H

#include <stdio.h>

#include "base/err.h"

/* i: 0 begins a line. */
void csv_write_cell(FILE *f, size_t i, const char *text);
void csv_write_end(FILE *f);
/* Excel takes UTF-8 for what it is only after this. */
void csv_write_mark(FILE *f);

#endif
