/* SPDX-License-Identifier: Apache-2.0
 * complete - is a report complete enough to be handled? (SOP tjt-20#2a, lumajang#1, kapuas#2)
 */
#ifndef CORE_COMPLETE_H
#define CORE_COMPLETE_H

#include "base/arena.h"
#include "core/report.h"

/* What a citizen sent, cleaned; "" for what is missing. */
struct complete_input {
	enum kind kind;
	const char *title, *body, *place, *name, *email, *phone;
	enum visibility visibility;
	bool has_happened_on;
	struct day happened_on, today;
	size_t n_files;
};

/* Why a field is refused; the messages are field_<name> in the catalogues. */
enum field_error {
	FIELD_OK,
	FIELD_KIND_MISSING,
	FIELD_TITLE_MISSING, FIELD_TITLE_SHORT, FIELD_TITLE_LONG,
	FIELD_BODY_MISSING, FIELD_BODY_SHORT, FIELD_BODY_LONG,
	FIELD_DATE_INVALID, FIELD_DATE_FUTURE, FIELD_DATE_OLD,
	FIELD_VISIBILITY_MISSING,
	FIELD_NAME_MISSING, FIELD_NAME_LONG, /* an open report shows a name, so it needs one */
	FIELD_EMAIL_INVALID, FIELD_PHONE_INVALID,
	FIELD_PLACE_LONG,
	FIELD_REGION_UNKNOWN, FIELD_AGENCY_UNKNOWN, FIELD_CATEGORY_UNKNOWN,
	FIELD_NOT_TEXT,      /* broken UTF-8 */
	FIELD_REQUIRED, FIELD_TOO_LONG, FIELD_TOO_SHORT, FIELD_NOT_A_NUMBER, FIELD_NOT_A_CHOICE,
	FIELD_CONFIRM_MISSING,
	FIELD_ERROR_COUNT
};

enum field_error complete_title(const char *title);
enum field_error complete_body(const char *body);
enum field_error complete_date(struct day happened_on, struct day today);
enum field_error complete_email(const char *email);
/* 08... or +62..., 9 to 14 digits, separators allowed. Empty is fine. */
enum field_error complete_phone(const char *phone);
/* "+6281234567890" from what people type; the input must have passed complete_phone. */
char *complete_phone_normal(struct arena *a, const char *phone);

/* What an officer may have to ask for. Bits; nothing is refused for them. */
enum complete_gap {
	GAP_DETAIL = 1 << 0,   /* a sentence or less */
	GAP_PLACE = 1 << 1,
	GAP_DATE = 1 << 2,
	GAP_EVIDENCE = 1 << 3, /* no attachment */
	GAP_CONTACT = 1 << 4,  /* cannot be asked back but on the tracking page */
};
unsigned complete_gaps(const struct complete_input *in);

#endif
