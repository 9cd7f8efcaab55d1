/* SPDX-License-Identifier: Apache-2.0
 * lapor - the form of LAPOR!'s own export ("Laporan Ringkas"): its columns and its words, in both directions.
 *
 * Pure: no database. Columns are found by the names in the header, whatever their order or number (21 in older
 * files, 26 since 2026). Dates and times are taken as UTC: the hours of genuine exports peak at 02 to 09, office
 * hours in Jakarta.
 */
#ifndef CMD_LAPOR_H
#define CMD_LAPOR_H

#include "cmd/sheet.h"
#include "core/report.h"

#define LAPOR_FIRST_HEADER "Tracking ID"

enum lapor_column {
	LAPOR_ID, LAPOR_DATE, LAPOR_TIME, LAPOR_NAME, LAPOR_CLASS, LAPOR_CATEGORY_ID, LAPOR_CATEGORY, LAPOR_TITLE,
	LAPOR_BODY, LAPOR_PUBLIC_BODY, LAPOR_TYPE, LAPOR_SOURCE, LAPOR_PARENT, LAPOR_AGENCY_ID, LAPOR_AGENCY,
	LAPOR_STATUS, LAPOR_REASON, LAPOR_PROVINCE, LAPOR_REGENCY, LAPOR_DISTRICT, LAPOR_VILLAGE, LAPOR_DECREE,
	LAPOR_DECREE_URL, LAPOR_ANNUAL_URL, LAPOR_SETWAPRES, LAPOR_RATING,
	LAPOR_COLUMNS
};
const char *lapor_header(enum lapor_column column);

/* Which cell of a row holds which column; -1: not in this file. */
struct lapor_map {
	int at[LAPOR_COLUMNS];
};
/* False when a column is missing without which nothing can be taken; ret_missing names it. */
bool lapor_map_header(const struct sheet_row *header, struct lapor_map *ret, const char **ret_missing);

/* One row, understood. Texts live where the sheet's row lives; "" for what is empty. */
struct lapor_row {
	const char *id;              /* digits */
	struct instant received_at;
	const char *name;
	enum class_ class;           /* CLASS_NONE: empty in the file, or unknown */
	const char *class_name;      /* as written */
	const char *category_id, *category;
	const char *title, *body, *public_body;
	bool is_anonymous, is_secret;
	enum channel channel;
	const char *source;          /* as written: "Website - kabupaten-x" */
	const char *parent, *agency_id, *agency;
	enum state state;
	enum closer closer;          /* of closed and archived ones */
	bool is_blocked;
	const char *status, *reason; /* as written */
	const char *province, *regency, *district, *village;
	bool is_setwapres;
	int rating;                  /* 0: none */
};
/* NULL, or why the row cannot be taken, in words for the reject file. */
const char *lapor_read_row(struct arena *a, const struct lapor_map *map, const struct sheet_row *row,
			   struct lapor_row *ret);

/* For the export: the words that lapor_read_row understands. */
const char *lapor_class_name(enum class_ class);
const char *lapor_channel_name(enum channel channel);
const char *lapor_status_name(enum state state, enum closer closer, bool is_blocked);
const char *lapor_type_name(enum visibility visibility);
const char *lapor_archive_reason(enum closer closer);
/* "3 Jan 2026"; out: 16 bytes. "02:05:09"; out: 9 bytes. */
void lapor_date_text(struct instant at, char out[16]);
void lapor_time_text(struct instant at, char out[9]);

/* lapor_date.c: "3 Jan 2026", "03/01/2026", "2026-01-03", with or without a time; a spreadsheet's day number. */
bool lapor_parse_date(const struct cell *cell, struct instant *ret_day_begin, int64_t *ret_ms, bool *ret_has_time);
/* "02:05", "02.05.09", "2:05 PM", a fraction of a day. */
bool lapor_parse_time(const struct cell *cell, int64_t *ret_ms);

#endif
