/* SPDX-License-Identifier: Apache-2.0
 * complete - what is refused at the door, and what an officer should ask for. The door is wide: only
 * what would make a report useless is refused; the rest is a gap that verification may pend for.
 */
#include "core/complete.h"

#include <string.h>

#include "base/utf8.h"

/* Officers get this long for an event; older dates are taken for typing errors. */
#define EVENT_YEARS_MAX 10
#define DETAIL_MIN 60

enum field_error complete_title(const char *title)
{
	size_t n = utf8_length(title);

	if (n == 0)
		return FIELD_TITLE_MISSING;
	if (n < REPORT_TITLE_MIN)
		return FIELD_TITLE_SHORT;
	return n > REPORT_TITLE_MAX ? FIELD_TITLE_LONG : FIELD_OK;
}

enum field_error complete_body(const char *body)
{
	size_t n = utf8_length(body);

	if (n == 0)
		return FIELD_BODY_MISSING;
	if (n < REPORT_BODY_MIN)
		return FIELD_BODY_SHORT;
	return n > REPORT_BODY_MAX ? FIELD_BODY_LONG : FIELD_OK;
}

enum field_error complete_date(struct day happened_on, struct day today)
{
	if (happened_on.n > today.n)
		return FIELD_DATE_FUTURE;
	if (day_to_civil(happened_on).year < day_to_civil(today).year - EVENT_YEARS_MAX)
		return FIELD_DATE_OLD;
	return FIELD_OK;
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool local_part_is_valid(const char *s, size_t n)
{
	if (n == 0 || n > 64 || s[0] == '.' || s[n - 1] == '.')
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!is_alnum(s[i]) && !strchr("!#$%&'*+-/=?^_`{|}~.", s[i]))
			return false;
		if (s[i] == '.' && s[i + 1] == '.')
			return false;
	}
	return true;
}

/* Labels of letters, digits and inner hyphens, two at least, the last one not of digits. */
static bool domain_is_valid(const char *s)
{
	size_t label = 0, labels = 1;

	for (; *s; s++) {
		if (*s == '.') {
			if (label == 0 || s[-1] == '-')
				return false;
			labels++;
			label = 0;
			continue;
		}
		if ((!is_alnum(*s) && *s != '-') || (*s == '-' && label == 0) || ++label > 63)
			return false;
	}
	return labels > 1 && label > 1 && s[-1] != '-' && !(s[-1] >= '0' && s[-1] <= '9');
}

enum field_error complete_email(const char *email)
{
	const char *at = strchr(email, '@');

	if (email[0] == '\0')
		return FIELD_OK;
	if (!at || strlen(email) > REPORT_EMAIL_MAX || !local_part_is_valid(email, (size_t)(at - email)))
		return FIELD_EMAIL_INVALID;
	return domain_is_valid(at + 1) ? FIELD_OK : FIELD_EMAIL_INVALID;
}

/* The digits, without separators and a leading plus; false for any other character or too many. */
static bool phone_digits(const char *phone, char out[REPORT_PHONE_MAX + 1])
{
	size_t n = 0;

	if (*phone == '+')
		phone++;
	for (; *phone; phone++) {
		if (strchr(" -.()/", *phone))
			continue;
		if (*phone < '0' || *phone > '9' || n == REPORT_PHONE_MAX)
			return false;
		out[n++] = *phone;
	}
	out[n] = '\0';
	return true;
}

enum field_error complete_phone(const char *phone)
{
	char digits[REPORT_PHONE_MAX + 1];
	size_t n;

	if (phone[0] == '\0')
		return FIELD_OK;
	if (!phone_digits(phone, digits))
		return FIELD_PHONE_INVALID;
	n = strlen(digits);
	if (n < 9 || n > 14)
		return FIELD_PHONE_INVALID;
	/* 0 and an area or mobile code, or the country's 62, with its plus or without. */
	if (digits[0] == '0')
		return phone[0] == '+' || digits[1] == '0' ? FIELD_PHONE_INVALID : FIELD_OK;
	return strncmp(digits, "62", 2) != 0 || digits[2] == '0' ? FIELD_PHONE_INVALID : FIELD_OK;
}

char *complete_phone_normal(struct arena *a, const char *phone)
{
	char digits[REPORT_PHONE_MAX + 1];

	if (phone[0] == '\0')
		return arena_strdup(a, "");
	BUG_ON(!phone_digits(phone, digits));
	return digits[0] == '0' ? arena_printf(a, "+62%s", digits + 1) : arena_printf(a, "+%s", digits);
}

unsigned complete_gaps(const struct complete_input *in)
{
	unsigned gaps = 0;

	if (utf8_length(in->body) < DETAIL_MIN)
		gaps |= GAP_DETAIL;
	/* A question or a suggestion needs neither place nor date. */
	if (in->kind == KIND_COMPLAINT || in->kind == KIND_UNSURE) {
		if (in->place[0] == '\0')
			gaps |= GAP_PLACE;
		if (!in->has_happened_on)
			gaps |= GAP_DATE;
		if (in->n_files == 0)
			gaps |= GAP_EVIDENCE;
	}
	if (in->email[0] == '\0' && in->phone[0] == '\0')
		gaps |= GAP_CONTACT;
	return gaps;
}
