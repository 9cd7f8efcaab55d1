/* SPDX-License-Identifier: Apache-2.0
 * form_read - a handler reads its form: typed, cleaned, with the problems gathered for the page.
 *
 * Every reader returns a usable value (never NULL) and adds a problem when what was sent does not fit;
 * look at f->problems.n once after all reads. Field names are those of the form. Limits are in code points.
 * A field that is absent counts as empty.
 */
#ifndef WEB_FORM_READ_H
#define WEB_FORM_READ_H

#include "app/submit.h"
#include "web/request.h"

struct form_read {
	struct ctx *c;
	const struct request *req;
	const struct field *fields; /* of the body, or of the query */
	size_t n_fields;
	struct field_problems problems;
};

struct form_read form_read_begin(struct ctx *c, const struct request *req);
/* One line. min_points > 0: required (FIELD_REQUIRED when empty, FIELD_TOO_SHORT); FIELD_TOO_LONG. */
const char *form_read_text(struct form_read *f, const char *field, size_t min_points, size_t max_points);
/* Several lines. */
const char *form_read_lines(struct form_read *f, const char *field, size_t min_points, size_t max_points);
/* As sent, for passwords: not cleaned, not counted. */
const char *form_read_raw(const struct form_read *f, const char *field);
/* FIELD_NOT_A_NUMBER when it is not one within lo..hi; empty gives fallback. */
int64_t form_read_int(struct form_read *f, const char *field, int64_t lo, int64_t hi, int64_t fallback);
/* A row id, 0 when empty: { form_read_id(&f, "instansi") }. */
int64_t form_read_id(struct form_read *f, const char *field);
/* Sent and not "" or "0". */
bool form_read_checked(const struct form_read *f, const char *field);
/*
 * A word of a list: "choices" is NULL-terminated; returns its index, -1 when empty; a word that
 * is not in it is FIELD_NOT_A_CHOICE and -1.
 */
int form_read_choice(struct form_read *f, const char *field, const char *const *choices);
/*
 * field=2026-11-22, or three fields field_hari, field_bulan, field_tahun (1-2, 1-2 and 4 digits). DAY_NONE (INT32_MIN) when
 * all are empty; FIELD_DATE_INVALID when it is no date.
 */
struct day form_read_day(struct form_read *f, const char *field);
/* Every value of a repeated field, as ids; at most max. For lists of checkboxes. */
size_t form_read_ids(struct form_read *f, const char *field, int64_t *ret, size_t max);
/* The readers of the query string are the same: this one reads from there instead of the body. */
struct form_read form_read_query(struct ctx *c, const struct request *req);

#endif
