/* SPDX-License-Identifier: Apache-2.0
 * redact - personal data in free text: found, counted, masked.
 *
 * Finds NIK and KK (16 digits), Indonesian phone numbers, e-mail addresses, card-like digit runs;
 * with or without separators. Deterministic and linear in the text.
 */
#ifndef CORE_REDACT_H
#define CORE_REDACT_H

#include "base/arena.h"

enum pii_kind { PII_NIK = 1, PII_PHONE, PII_EMAIL, PII_NUMBER };
struct pii_span {
	enum pii_kind kind;
	size_t start, end; /* bytes */
};

/* At most max spans, in order; returns how many. */
size_t redact_find(const char *text, struct pii_span *ret, size_t max);
/* "[NIK disensor]" and the like in place of each span. */
char *redact_mask(struct arena *a, const char *text);
/* "S•• W•••••" , "0812 •••• 7890", "s•••@contoh.id": enough to recognise one's own. */
char *redact_name(struct arena *a, const char *name);
char *redact_phone(struct arena *a, const char *phone);
char *redact_email(struct arena *a, const char *email);

#endif
