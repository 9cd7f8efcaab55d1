/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/sheet_xlsx.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "cmd/sheet_part.h"

#define ENTRIES_MAX 2000
#define SHEETS_MAX 32
#define STYLES_MAX 4096
#define SHARED_MAX 4000000
#define TEXT_MAX ((size_t)1 << 20)

struct sheet_xlsx {
	struct arena *a;
	zip_t *zip;
	const char **shared;
	size_t n_shared, cap_shared;
	bool is_date[STYLES_MAX];   /* by cell style */
	bool is_1904;
	size_t n_sheets;
	uint64_t sheet[SHEETS_MAX]; /* entries, by name */
	struct sheet_part part;
	int64_t part_bytes;         /* unpacked, as the directory claims: for the progress bar only */
	int64_t line;
	struct buf text;            /* of the cell or string being read */
};

static enum rc broken(const struct sheet_part *p, struct err *err)
{
	if (p->too_large)
		return err_set(err, RC_TOO_LARGE, 0, "the XLSX unpacks to too much for its size: save it again in a "
			       "spreadsheet program, or as CSV");
	return err_set(err, RC_INVALID, 0, "the XLSX is damaged: download it again, or save it again in a spreadsheet"
		       " program");
}

/* Excel writes control characters as _x000D_. */
static void unescape(struct buf *b)
{
	char *to = b->p;

	if (!b->p || !strstr(b->p, "_x"))
		return;
	for (const char *from = b->p; *from;) {
		char hex[3] = { 0 };
		unsigned char c;

		if (strncmp(from, "_x00", 4) == 0 && from[4] && from[5] && from[6] == '_') {
			memcpy(hex, from + 4, 2);
			if (parse_hex_decode(hex, &c, 1) && c > 0 && c < 0x80) {
				*to++ = (char)c;
				from += 7;
				continue;
			}
		}
		*to++ = *from++;
	}
	*to = '\0';
	b->n = (size_t)(to - b->p);
}

static const char *take_text(struct arena *a, struct buf *b)
{
	unescape(b);
	return sheet_clean_text(a, buf_cstr(b), b->n);
}

static void add_shared(struct sheet_xlsx *x)
{
	if (x->n_shared == x->cap_shared) {
		size_t cap = x->cap_shared ? x->cap_shared * 2 : 1024;
		const char **more = arena_new_many(x->a, const char *, cap);

		if (x->n_shared)
			memcpy(more, x->shared, x->n_shared * sizeof(*more));
		x->shared = more;
		x->cap_shared = cap;
	}
	x->shared[x->n_shared++] = take_text(x->a, &x->text);
}

/* Texts are <si><t>..</t></si> or rich <si><r><t>..</t></r>..</si>; <rPh> are reading aids, not text. */
static enum rc read_shared(struct sheet_xlsx *x, struct err *err)
{
	struct sheet_part p;
	enum part_step step;
	bool in_text = false, in_aid = false;

	if (!sheet_part_open(&p, x->zip, "xl/sharedStrings.xml", SHEET_FILE_BYTES_MAX))
		return RC_OK; /* a file may do without */
	while ((step = sheet_part_next(&p)) == PART_NODE) {
		const char *text = sheet_part_text(&p);

		if (text && in_text && !in_aid)
			buf_str(&x->text, text);
		if (sheet_part_is_start(&p, "si"))
			buf_reset(&x->text);
		if (sheet_part_is_start(&p, "rPh"))
			in_aid = true;
		if (sheet_part_is_start(&p, "t"))
			in_text = true;
		if (sheet_part_is_end(&p, "t"))
			in_text = false;
		if (sheet_part_is_end(&p, "rPh"))
			in_aid = false;
		if (sheet_part_is_end(&p, "si") && x->n_shared < SHARED_MAX)
			add_shared(x);
	}
	if (step == PART_BROKEN) {
		enum rc rc = broken(&p, err);

		sheet_part_close(&p);
		return rc;
	}
	sheet_part_close(&p);
	return RC_OK;
}

/* Does a number format show a date or time? Letters in quotes and brackets do not count. */
static bool format_is_date(const char *code)
{
	char closing = 0;

	for (; *code; code++) {
		if (closing) {
			if (*code == closing)
				closing = 0;
		} else if (*code == '"') {
			closing = '"';
		} else if (*code == '[') {
			closing = ']';
		} else if (*code == '\\' && code[1]) {
			code++;
		} else if (strchr("ymdhsYMDHS", *code)) {
			return true;
		}
	}
	return false;
}

static bool builtin_is_date(int64_t id)
{
	return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

static int64_t attribute_int(const struct sheet_part *p, const char *name, int64_t fallback)
{
	char text[24];
	int64_t v;

	if (!sheet_part_attribute(p, name, text, sizeof(text)) || !parse_int(text, 0, INT32_MAX, &v))
		return fallback;
	return v;
}

static enum rc read_styles(struct sheet_xlsx *x, struct err *err)
{
	int64_t custom[256];
	size_t n_custom = 0, n_styles = 0;
	bool in_cells = false;
	char code[256];
	struct sheet_part p;
	enum part_step step;
	enum rc rc = RC_OK;

	if (!sheet_part_open(&p, x->zip, "xl/styles.xml", SHEET_FILE_BYTES_MAX))
		return RC_OK;
	while ((step = sheet_part_next(&p)) == PART_NODE) {
		if (sheet_part_is_start(&p, "cellXfs"))
			in_cells = true;
		if (sheet_part_is_start(&p, "numFmt") && n_custom < ARRAY_LEN(custom) &&
		    sheet_part_attribute(&p, "formatCode", code, sizeof(code)) && format_is_date(code))
			custom[n_custom++] = attribute_int(&p, "numFmtId", -1);
		if (in_cells && sheet_part_is_start(&p, "xf") && n_styles < STYLES_MAX) {
			int64_t id = attribute_int(&p, "numFmtId", 0);

			x->is_date[n_styles] = builtin_is_date(id);
			for (size_t i = 0; i < n_custom; i++)
				x->is_date[n_styles] |= custom[i] == id;
			n_styles++;
		}
		if (sheet_part_is_end(&p, "cellXfs"))
			in_cells = false;
	}
	if (step == PART_BROKEN)
		rc = broken(&p, err);
	sheet_part_close(&p);
	return rc;
}

static enum rc read_workbook(struct sheet_xlsx *x, struct err *err)
{
	struct sheet_part p;
	enum part_step step;
	char flag[8];
	enum rc rc = RC_OK;

	if (!sheet_part_open(&p, x->zip, "xl/workbook.xml", SHEET_FILE_BYTES_MAX))
		return err_set(err, RC_INVALID, 0, "the file is a zip but no XLSX workbook: export it from LAPOR! again");
	while ((step = sheet_part_next(&p)) == PART_NODE)
		if (sheet_part_is_start(&p, "workbookPr") && sheet_part_attribute(&p, "date1904", flag, sizeof(flag)))
			x->is_1904 = strcmp(flag, "1") == 0 || strcmp(flag, "true") == 0;
	if (step == PART_BROKEN)
		rc = broken(&p, err);
	sheet_part_close(&p);
	return rc;
}

/* sheet2.xml before sheet10.xml. */
static int compare_names(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);

	return n != m ? (n < m ? -1 : 1) : strcmp(a, b);
}

static void list_sheets(struct sheet_xlsx *x)
{
	const char *names[SHEETS_MAX];
	zip_int64_t n = zip_get_num_entries(x->zip, 0);

	for (zip_int64_t i = 0; i < n && x->n_sheets < SHEETS_MAX; i++) {
		const char *name = zip_get_name(x->zip, (zip_uint64_t)i, 0);
		size_t at = x->n_sheets;

		if (!name || strncmp(name, "xl/worksheets/", 14) != 0 || strchr(name + 14, '/') ||
		    strlen(name) < 18 || strcmp(name + strlen(name) - 4, ".xml") != 0)
			continue;
		for (; at > 0 && compare_names(name, names[at - 1]) < 0; at--) {
			names[at] = names[at - 1];
			x->sheet[at] = x->sheet[at - 1];
		}
		names[at] = name;
		x->sheet[at] = (uint64_t)i;
		x->n_sheets++;
	}
}

enum rc sheet_xlsx_open(struct arena *a, const char *path, struct sheet_xlsx **ret, struct err *err)
{
	struct sheet_xlsx *x = arena_new_one(a, struct sheet_xlsx);
	enum rc rc;
	int code = 0;

	x->a = a;
	buf_init(&x->text, TEXT_MAX);
	x->zip = zip_open(path, ZIP_RDONLY, &code);
	if (!x->zip)
		return err_set(err, RC_INVALID, 0, "the XLSX is damaged: download it again");
	if (zip_get_num_entries(x->zip, 0) > ENTRIES_MAX)
		rc = err_set(err, RC_TOO_LARGE, 0, "the XLSX holds more than %d parts: save it as CSV", ENTRIES_MAX);
	else if ((rc = read_workbook(x, err)) == RC_OK && (rc = read_styles(x, err)) == RC_OK)
		rc = read_shared(x, err);
	if (rc != RC_OK) {
		sheet_xlsx_close(x);
		return rc;
	}
	list_sheets(x);
	*ret = x;
	return RC_OK;
}

enum rc sheet_xlsx_begin(struct sheet_xlsx *x, size_t i, struct err *err)
{
	zip_stat_t st;

	sheet_part_close(&x->part);
	x->line = 0;
	if (i >= x->n_sheets)
		return RC_NOT_FOUND;
	x->part_bytes = zip_stat_index(x->zip, x->sheet[i], 0, &st) == 0 ? (int64_t)st.size : 0;
	if (!sheet_part_open_index(&x->part, x->zip, x->sheet[i], SHEET_XLSX_BYTES_MAX))
		return broken(&x->part, err);
	return RC_OK;
}

/* "AB12" is column 27; -1 when there are no letters. */
static int column_of(const char *reference)
{
	int column = 0;

	for (; *reference >= 'A' && *reference <= 'Z' && column < 20000; reference++)
		column = column * 26 + (*reference - 'A') + 1;
	return column - 1;
}

/* What the <c> element says of its value. */
struct open_cell {
	int column;
	char type[12];
	bool is_date;
};

static void read_cell_head(struct sheet_xlsx *x, int next_column, struct open_cell *ret)
{
	char reference[16];
	int64_t style = attribute_int(&x->part, "s", 0);

	ret->column = next_column;
	if (sheet_part_attribute(&x->part, "r", reference, sizeof(reference)) && column_of(reference) >= 0)
		ret->column = column_of(reference);
	if (!sheet_part_attribute(&x->part, "t", ret->type, sizeof(ret->type)))
		ret->type[0] = '\0';
	ret->is_date = style < STYLES_MAX && x->is_date[style];
}

/* A number as people write it: ids without exponent and decimals. */
static void set_number(struct sheet_xlsx *x, struct arena *a, bool is_date, struct cell *ret)
{
	char *end;
	double v = strtod(buf_cstr(&x->text), &end);

	ret->text = take_text(a, &x->text);
	if (ret->text[0] == '\0' || *end != '\0' || !isfinite(v))
		return;
	ret->number = is_date && x->is_1904 ? v + 1462 : v;
	ret->type = is_date ? CELL_DATE : CELL_NUMBER;
	if (!is_date && fabs(v) < 1e15 && v == floor(v))
		ret->text = arena_printf(a, "%.0f", v);
}

static void take_cell(struct sheet_xlsx *x, struct arena *a, const struct open_cell *open, struct sheet_row *row)
{
	int64_t i;

	if (open->column < 0 || open->column >= SHEET_COLUMNS_MAX)
		return;
	while (row->n <= (size_t)open->column)
		row->cell[row->n++] = (struct cell){ .text = "" };
	struct cell *cell = &row->cell[open->column];

	if (strcmp(open->type, "s") == 0) {
		if (parse_int(buf_cstr(&x->text), 0, (int64_t)x->n_shared - 1, &i))
			*cell = (struct cell){ .text = x->shared[i] };
		else
			row->damage = "a cell refers to a text that is not in the file";
	} else if (strcmp(open->type, "inlineStr") == 0 || strcmp(open->type, "str") == 0) {
		*cell = (struct cell){ .text = take_text(a, &x->text) };
	} else if (strcmp(open->type, "") == 0 || strcmp(open->type, "n") == 0) {
		set_number(x, a, open->is_date, cell);
	}
	if (x->text.overflow)
		row->damage = "a cell is longer than a megabyte";
}

/* Reads the cells up to the end of the row that has just begun. */
static enum part_step read_cells(struct sheet_xlsx *x, struct arena *a, struct sheet_row *row)
{
	struct open_cell open = { .column = -1 };
	enum part_step step;
	bool in_text = false, in_aid = false;

	while ((step = sheet_part_next(&x->part)) == PART_NODE) {
		const char *text = sheet_part_text(&x->part);

		if (text && in_text && !in_aid)
			buf_str(&x->text, text);
		if (sheet_part_is_start(&x->part, "c")) {
			read_cell_head(x, open.column + 1, &open);
			buf_reset(&x->text);
		}
		if (sheet_part_is_start(&x->part, "rPh"))
			in_aid = true;
		if (sheet_part_is_start(&x->part, "v") || sheet_part_is_start(&x->part, "t"))
			in_text = true;
		if (sheet_part_is_end(&x->part, "v") || sheet_part_is_end(&x->part, "t"))
			in_text = false;
		if (sheet_part_is_end(&x->part, "rPh"))
			in_aid = false;
		if (sheet_part_is_end(&x->part, "c"))
			take_cell(x, a, &open, row);
		if (sheet_part_is_end(&x->part, "row"))
			return PART_NODE;
	}
	return step;
}

enum rc sheet_xlsx_next(struct sheet_xlsx *x, struct arena *row_arena, struct sheet_row *ret, struct err *err)
{
	enum part_step step;

	while ((step = sheet_part_next(&x->part)) == PART_NODE) {
		if (!sheet_part_is_start(&x->part, "row"))
			continue;
		x->line = attribute_int(&x->part, "r", x->line + 1);
		ret->line = x->line;
		ret->n = 0;
		ret->damage = NULL;
		if (!sheet_part_is_end(&x->part, "row") && (step = read_cells(x, row_arena, ret)) != PART_NODE)
			break;
		return RC_OK;
	}
	return step == PART_END ? RC_NOT_FOUND : broken(&x->part, err);
}

int sheet_xlsx_permille(const struct sheet_xlsx *x)
{
	if (x->part_bytes <= 0 || x->part.unpacked >= x->part_bytes)
		return 1000;
	return (int)(x->part.unpacked * 1000 / x->part_bytes);
}

void sheet_xlsx_close(struct sheet_xlsx *x)
{
	sheet_part_close(&x->part);
	buf_done(&x->text);
	if (x->zip)
		zip_discard(x->zip);
	x->zip = NULL;
}
