/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/export_file.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "cmd/csv_write.h"

struct export_file {
	const char *path, *part; /* NULL: standard output */
	FILE *csv;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_row_t row;
};

static bool ends_in(const char *path, const char *ending)
{
	size_t n = strlen(path), m = strlen(ending);

	return n > m && strcasecmp(path + n - m, ending) == 0;
}

static enum rc cannot(const char *path, struct err *err)
{
	return err_set(err, RC_FAILED, 0, "cannot write %s: %s", path, strerror(errno));
}

/* Also proves that the folder can be written, which the library would only notice at the end. */
static enum rc open_part(struct export_file *f, struct err *err)
{
	f->csv = fopen(f->part, "we");
	if (!f->csv)
		return cannot(f->path, err);
	return RC_OK;
}

static enum rc open_book(struct export_file *f, struct err *err)
{
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };

	TRY(open_part(f, err));
	fclose(f->csv);
	f->csv = NULL;
	f->book = workbook_new_opt(f->part, &options);
	f->sheet = f->book ? workbook_add_worksheet(f->book, "Laporan Ringkas") : NULL;
	if (!f->sheet)
		return err_set(err, RC_FAILED, 0, "cannot write %s: no room for temporary files in $TMPDIR or /tmp", f->path);
	return RC_OK;
}

enum rc export_file_open(struct arena *a, const char *path, struct export_file **ret, struct err *err)
{
	struct export_file *f = arena_new_one(a, struct export_file);

	*ret = f;
	f->path = path;
	if (!path) {
		f->csv = stdout;
	} else if (ends_in(path, ".xlsx") || ends_in(path, ".csv")) {
		f->part = arena_printf(a, "%s.part", path);
		TRY(ends_in(path, ".csv") ? open_part(f, err) : open_book(f, err));
	} else {
		return err_set(err, RC_INVALID, 0, "--out %s ends neither in .xlsx nor in .csv", path);
	}
	if (f->csv)
		csv_write_mark(f->csv);
	return RC_OK;
}

enum rc export_file_row(struct export_file *f, const char *const *cells, size_t n, struct err *err)
{
	if (f->csv) {
		for (size_t i = 0; i < n; i++)
			csv_write_cell(f->csv, i, cells[i]);
		csv_write_end(f->csv);
		return ferror(f->csv) ? cannot(f->path ? f->path : "standard output", err) : RC_OK;
	}
	if (f->row >= LXW_ROW_MAX)
		return err_set(err, RC_TOO_LARGE, 0, "there are more reports than a sheet has rows: write FILE.csv");
	/* Always as text: "=1+1" stays what was written. */
	for (size_t i = 0; i < n; i++)
		if (cells[i][0] && worksheet_write_string(f->sheet, f->row, (lxw_col_t)i, cells[i], NULL) != LXW_NO_ERROR)
			return err_set(err, RC_FAILED, 0, "a text does not fit into a cell of %s: write FILE.csv", f->path);
	f->row++;
	return RC_OK;
}

static bool complete(struct export_file *f)
{
	bool good = true;

	if (f->csv)
		good = fflush(f->csv) == 0 && (!f->path || fsync(fileno(f->csv)) == 0);
	if (f->csv && f->path)
		good &= fclose(f->csv) == 0;
	if (f->book)
		good &= workbook_close(f->book) == LXW_NO_ERROR;
	f->csv = NULL;
	f->book = NULL;
	return good && (!f->path || rename(f->part, f->path) == 0);
}

enum rc export_file_close(struct export_file *f, struct err *err)
{
	if (!complete(f))
		return cannot(f->path ? f->path : "standard output", err);
	f->part = NULL;
	return RC_OK;
}

void export_file_drop(struct export_file *f)
{
	if (!f)
		return;
	if (f->csv && f->path)
		fclose(f->csv);
	if (f->book)
		workbook_close(f->book);
	if (f->part)
		unlink(f->part);
}
