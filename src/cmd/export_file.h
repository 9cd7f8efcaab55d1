/* SPDX-License-Identifier: Apache-2.0
 * export_file - a table being written: XLSX or CSV, by the file's name. It appears under its name only when it is
 * complete.
 */
#ifndef CMD_EXPORT_FILE_H
#define CMD_EXPORT_FILE_H

#include "base/arena.h"

struct export_file;

/* path NULL: CSV on standard output. RC_INVALID: neither .xlsx nor .csv; RC_FAILED: cannot be written. */
CHECKED enum rc export_file_open(struct arena *a, const char *path, struct export_file **ret, struct err *err);
/* One row of texts. RC_TOO_LARGE: more rows than a sheet holds. */
CHECKED enum rc export_file_row(struct export_file *f, const char *const *cells, size_t n, struct err *err);
/* Completes and names it. */
CHECKED enum rc export_file_close(struct export_file *f, struct err *err);
/* Takes away what was written so far. After close it does nothing. */
void export_file_drop(struct export_file *f);

#endif
