/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/sheet.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "cmd/sheet_csv.h"
#include "cmd/sheet_xlsx.h"

/* Rows above the header; LAPOR!'s own export has three. */
#define INFO_ROWS_MAX 200

struct sheet {
	struct sheet_xlsx *xlsx; /* or NULL, then: */
	struct sheet_csv csv;
};

/* Windows-1252, 0x80..0x9F; the rest is Latin-1. */
static const unsigned short cp1252[32] = {
	0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD,
	0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
	0x0153, 0xFFFD, 0x017E, 0x0178,
};

static size_t put_utf8(char *to, unsigned point)
{
	if (point < 0x80) {
		to[0] = (char)point;
		return 1;
	}
	if (point < 0x800) {
		to[0] = (char)(0xC0 | point >> 6);
		to[1] = (char)(0x80 | (point & 0x3F));
		return 2;
	}
	to[0] = (char)(0xE0 | point >> 12);
	to[1] = (char)(0x80 | (point >> 6 & 0x3F));
	to[2] = (char)(0x80 | (point & 0x3F));
	return 3;
}

static char *from_cp1252(struct arena *a, const char *p, size_t n)
{
	char *out = arena_alloc(a, n * 3 + 1);
	size_t m = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned c = (unsigned char)p[i];

		if (c != 0)
			m += put_utf8(out + m, c >= 0x80 && c < 0xA0 ? cp1252[c - 0x80] : c);
	}
	out[m] = '\0';
	return out;
}

static bool is_plain(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] < 0x20 || (unsigned char)p[i] >= 0x7F)
			return false;
	return n == 0 || (p[0] != ' ' && p[n - 1] != ' ');
}

const char *sheet_clean_text(struct arena *a, const char *p, size_t n)
{
	const char *text;

	if (n == 0)
		return "";
	if (is_plain(p, n))
		return arena_strndup(a, p, n);
	text = utf8_is_valid(p, n) ? arena_strndup(a, p, n) : from_cp1252(a, p, n);
	return utf8_clean(a, text, true);
}

bool sheet_is_header(const struct sheet_row *row, const char *first_header)
{
	return row->n > 1 && strcasecmp(row->cell[0].text, first_header) == 0;
}

static enum rc read_file(struct arena *a, FILE *f, int64_t size, const char **ret, size_t *ret_n, struct err *err)
{
	char *p = arena_alloc(a, (size_t)size + 1);
	size_t n = fread(p, 1, (size_t)size, f);

	if (ferror(f))
		return err_set(err, RC_FAILED, 0, "reading stopped: %s", strerror(errno));
	*ret = p;
	*ret_n = n;
	return RC_OK;
}

static enum rc open_csv(struct arena *a, FILE *f, int64_t size, const char *first_header, struct sheet *s,
			struct err *err)
{
	const char *p = NULL;
	size_t n = 0;

	TRY(read_file(a, f, size, &p, &n, err));
	if (n >= 2 && (memcmp(p, "\xFF\xFE", 2) == 0 || memcmp(p, "\xFE\xFF", 2) == 0))
		return err_set(err, RC_UNSUPPORTED, 0, "the file is UTF-16 text: save it as XLSX or as \"CSV UTF-8\"");
	if (n >= 4 && memcmp(p, "\xD0\xCF\x11\xE0", 4) == 0)
		return err_set(err, RC_UNSUPPORTED, 0, "the file is an old XLS workbook: save it as XLSX");
	sheet_csv_begin(&s->csv, p, n, first_header);
	return RC_OK;
}

static enum rc no_header(const char *first_header, struct err *err)
{
	return err_set(err, RC_INVALID, 0, "no row begins with \"%s\": is this the export of LAPOR! (Laporan"
		       " Ringkas), and was its header kept?", first_header);
}

/* Reads up to the header of the sheet that has begun; RC_NOT_FOUND when it has none. */
static enum rc find_header(struct arena *a, struct sheet *s, const char *first_header, struct sheet_row *ret,
			   struct err *err)
{
	for (int i = 0; i < INFO_ROWS_MAX; i++) {
		TRY(sheet_next(s, a, ret, err));
		if (sheet_is_header(ret, first_header))
			return RC_OK;
	}
	return RC_NOT_FOUND;
}

static enum rc find_sheet(struct arena *a, struct sheet *s, const char *first_header, struct sheet_row *ret,
			  struct err *err)
{
	enum rc rc = RC_NOT_FOUND;

	if (!s->xlsx)
		return find_header(a, s, first_header, ret, err);
	for (size_t i = 0; rc == RC_NOT_FOUND; i++) {
		TRY(sheet_xlsx_begin(s->xlsx, i, err));
		rc = find_header(a, s, first_header, ret, err);
	}
	return rc;
}

static enum rc open_by_content(struct arena *a, const char *path, FILE *f, const char *first_header,
			       struct sheet *s, struct err *err)
{
	struct stat st;
	char magic[4] = { 0 };

	if (fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode))
		return err_set(err, RC_INVALID, 0, "this is not a file: give the path of an XLSX or CSV file");
	if (st.st_size == 0)
		return err_set(err, RC_INVALID, 0, "the file is empty: download it again");
	if (st.st_size > SHEET_FILE_BYTES_MAX)
		return err_set(err, RC_TOO_LARGE, 0, "the file is larger than %d MiB: export fewer months at a time",
			       (int)(SHEET_FILE_BYTES_MAX >> 20));
	if (fread(magic, 1, 4, f) == 4 && memcmp(magic, "PK\x03\x04", 4) == 0)
		return sheet_xlsx_open(a, path, &s->xlsx, err);
	rewind(f);
	return open_csv(a, f, st.st_size, first_header, s, err);
}

enum rc sheet_open(struct arena *a, const char *path, const char *first_header, struct sheet **ret,
		   struct sheet_row *ret_header, struct err *err)
{
	struct sheet *s = arena_new_one(a, struct sheet);
	FILE *f = fopen(path, "rbe");
	enum rc rc;

	if (!f)
		return err_set(err, RC_NOT_FOUND, 0, "cannot open it: %s", strerror(errno));
	rc = open_by_content(a, path, f, first_header, s, err);
	fclose(f);
	if (rc == RC_OK) {
		rc = find_sheet(a, s, first_header, ret_header, err);
		if (rc == RC_NOT_FOUND)
			rc = no_header(first_header, err);
	}
	if (rc != RC_OK) {
		sheet_close(s);
		return rc;
	}
	*ret = s;
	return RC_OK;
}

enum rc sheet_next(struct sheet *s, struct arena *row_arena, struct sheet_row *ret_row, struct err *err)
{
	if (s->xlsx)
		return sheet_xlsx_next(s->xlsx, row_arena, ret_row, err);
	return sheet_csv_next(&s->csv, row_arena, ret_row) ? RC_OK : RC_NOT_FOUND;
}

int sheet_permille(const struct sheet *s)
{
	if (s->xlsx)
		return sheet_xlsx_permille(s->xlsx);
	return s->csv.n ? (int)(s->csv.at * 1000 / s->csv.n) : 1000;
}

void sheet_close(struct sheet *s)
{
	if (s && s->xlsx)
		sheet_xlsx_close(s->xlsx);
}
