/* SPDX-License-Identifier: Apache-2.0
 * redact - finds personal data by its form alone, in one pass. It helps the officer, who decides; so
 * it would rather mask a number too many than let an identity number through, but leaves dates,
 * times and sums of money alone.
 */
#include "core/redact.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

#define SPANS_MAX 256
#define DIGITS_MAX 24
#define GROUPS_MAX 24

/* A run of digits with single separators between its groups, as people write numbers. */
struct run {
	size_t start;
	char digit[DIGITS_MAX];
	int n_digits;              /* more than DIGITS_MAX are counted, not kept */
	int group[GROUPS_MAX];     /* digits of each */
	size_t group_end[GROUPS_MAX];
	int n_groups;
	bool plus;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_local(char c)
{
	return is_digit(c) || is_letter(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
}

/* How many characters separate two groups here: "-", " ", ".", ") ", " - "; 0 when the run ends. */
static size_t separator(const char *s)
{
	static const char *const forms[] = { ") ", ")-", " - ", " (", "-", " ", ".", ")" };

	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		size_t n = strlen(forms[i]);

		if (strncmp(s, forms[i], n) == 0 && is_digit(s[n]))
			return n;
	}
	return 0;
}

static void read_run(const char *text, size_t at, struct run *r)
{
	size_t i = at, sep;

	*r = (struct run){ .start = at, .plus = at > 0 && text[at - 1] == '+' };
	for (;;) {
		int n = 0;

		for (; is_digit(text[i]); i++, n++) {
			if (r->n_digits < DIGITS_MAX)
				r->digit[r->n_digits] = text[i];
			r->n_digits++;
		}
		r->group_end[r->n_groups] = i;
		r->group[r->n_groups++] = n;
		sep = separator(text + i);
		if (sep == 0 || r->n_groups == GROUPS_MAX)
			break;
		i += sep;
	}
	r->start -= r->plus;
}

static int two(const struct run *r, int at)
{
	return (r->digit[at] - '0') * 10 + (r->digit[at + 1] - '0');
}

/* The first two digits of a region code, by island group. */
static bool is_province(int code)
{
	static const struct { int first, last; } groups[] = {
		{ 11, 19 }, { 21, 21 }, { 31, 36 }, { 51, 53 }, { 61, 65 }, { 71, 76 }, { 81, 82 }, { 91, 97 },
	};

	for (size_t i = 0; i < ARRAY_LEN(groups); i++)
		if (code >= groups[i].first && code <= groups[i].last)
			return true;
	return false;
}

/* Region, then day (women: plus 40), month and year: NIK; KK have a date in the same place. */
static bool looks_like_nik(const struct run *r)
{
	int day, month;

	if (r->n_digits != 16)
		return false;
	/* In one piece, in fours, 6-6-4 or 2.2.2.6.4; two dates in a row have other groups. */
	for (int i = 0; i < r->n_groups; i++)
		if (r->group[i] < 4 && (i > 2 || r->group[i] != 2 || r->group[0] != 2))
			return false;
	day = two(r, 6) % 40;
	month = two(r, 8);
	return is_province(two(r, 0)) && day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

static bool looks_like_mobile(const struct run *r)
{
	const char *d = r->digit;
	int country = strncmp(d, "62", 2) == 0 ? 2 : 0;

	if (r->n_digits < 9 + country || r->n_digits > 13 + country)
		return false;
	if (country)
		return d[2] == '8' && (r->plus || r->group[0] > 2 || (r->n_groups > 1 && r->group[1] > 2));
	/* "08-12-2026 08.30" is a date: a mobile number's first group has its three digits, or one by one. */
	return d[0] == '0' && d[1] == '8' && (r->group[0] > 2 || r->group[0] == 1);
}

/* Area code of three or four digits, then five to eight. */
static bool looks_like_landline(const struct run *r)
{
	int first = r->group[0], rest = r->n_digits - first;

	if (r->digit[0] != '0' || r->digit[1] < '2')
		return false;
	if (r->n_groups == 1)
		return r->n_digits >= 9 && r->n_digits <= 12;
	return (first == 3 || first == 4) && rest >= 5 && rest <= 8 && r->group[1] >= 3;
}

/* Cards are written in fours; accounts in one piece. Dates and sums have shorter groups. */
static bool looks_like_number(const struct run *r)
{
	bool fours = r->n_groups > 2 && r->n_digits >= 13 && r->n_digits <= 19;

	if (r->n_groups == 1)
		return r->n_digits >= 10;

	/* No card begins like a year: "2018 2019 2020 2021" is a list of years. */
	fours = fours && strncmp(r->digit, "19", 2) != 0 && strncmp(r->digit, "20", 2) != 0;
	for (int i = 0; i + 1 < r->n_groups && fours; i++)
		fours = r->group[i] == 4;
	return fours;
}

static enum pii_kind classify(const struct run *r)
{
	if (r->n_digits > DIGITS_MAX)
		return looks_like_number(r) ? PII_NUMBER : 0;
	if (looks_like_nik(r))
		return PII_NIK;
	if (looks_like_mobile(r) || looks_like_landline(r))
		return PII_PHONE;
	return looks_like_number(r) ? PII_NUMBER : 0;
}

/* The longest number that begins at text[at]: words and counts may follow it ("0812..., 2 orang"). */
static bool read_number(const char *text, size_t at, struct pii_span *ret, size_t *ret_group_end)
{
	struct run r;

	read_run(text, at, &r);
	*ret_group_end = r.group_end[0];
	for (; r.n_groups > 0; r.n_groups--) {
		enum pii_kind kind = classify(&r);

		if (kind != 0) {
			*ret = (struct pii_span){ kind, r.start, r.group_end[r.n_groups - 1] };
			return true;
		}
		r.n_digits -= r.group[r.n_groups - 1];
	}
	return false;
}

/* The address around the @ at text[at]; from: nothing before it may be taken. */
static bool read_email(const char *text, size_t from, size_t at, struct pii_span *ret)
{
	size_t start = at, end = at + 1, dot = 0;

	while (start > from && is_local(text[start - 1]))
		start--;
	while (start < at && text[start] == '.')
		start++;
	for (; is_digit(text[end]) || is_letter(text[end]) || text[end] == '-' || text[end] == '.'; end++)
		if (text[end] == '.' && is_letter(text[end + 1]) && text[end - 1] != '.' && end > at + 1)
			dot = end;
	while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-'))
		end--;
	if (start == at || dot == 0)
		return false;
	*ret = (struct pii_span){ PII_EMAIL, start, end };
	return true;
}

size_t redact_find(const char *text, struct pii_span *ret, size_t max)
{
	size_t n = 0, email_end = 0, group_end;

	for (size_t i = 0; text[i] && n < max; i++) {
		struct pii_span span;

		if (text[i] == '@' && read_email(text, email_end, i, &span)) {
			/* Digits of its local part may have been taken for a number before. */
			while (n > 0 && ret[n - 1].end > span.start)
				n--;
			email_end = span.end;
		} else if (is_digit(text[i])) {
			if (!read_number(text, i, &span, &group_end)) {
				i = group_end - 1;
				continue;
			}
		} else {
			continue;
		}
		ret[n++] = span;
		i = span.end - 1;
	}
	return n;
}

static const char *mask_of(enum pii_kind kind)
{
	switch (kind) {
	case PII_NIK: return "[NIK disensor]";
	case PII_PHONE: return "[nomor telepon disensor]";
	case PII_EMAIL: return "[surel disensor]";
	case PII_NUMBER: return "[nomor disensor]";
	}
	BUG("pii kind %d", (int)kind);
}

char *redact_mask(struct arena *a, const char *text)
{
	struct pii_span spans[SPANS_MAX];
	size_t n, at = 0, base;
	char *masked;
	struct buf b;

	/* Most texts have nothing that could be one of them. */
	if (text[strcspn(text, "@0123456789")] == '\0')
		return arena_strdup(a, text);
	/* The shortest that is masked, "a@b.c", grows to a little more than three times its length. */
	buf_init(&b, strlen(text) * 4 + 1024);
	do {
		n = redact_find(text + at, spans, SPANS_MAX);
		base = at;
		for (size_t i = 0; i < n; i++) {
			buf_add(&b, text + at, base + spans[i].start - at);
			buf_str(&b, mask_of(spans[i].kind));
			at = base + spans[i].end;
		}
	} while (n == SPANS_MAX);
	buf_str(&b, text + at);
	BUG_ON(b.overflow);
	masked = arena_strndup(a, buf_cstr(&b), b.n);
	buf_done(&b);
	return masked;
}

char *redact_name(struct arena *a, const char *name)
{
	struct buf b;
	char *masked;

	buf_init(&b, strlen(name) * 16 + 16);
	while (*name) {
		size_t word = strcspn(name, " "), first = utf8_prefix_bytes(name, 1);

		if (word > 0) {
			buf_add(&b, name, first < word ? first : word);
			/* The number of dots says short or long, not how long. */
			buf_str(&b, word <= 4 ? "••" : "•••••");
		}
		name += word;
		if (*name)
			buf_char(&b, *name++);
	}
	masked = arena_strndup(a, buf_cstr(&b), b.n);
	buf_done(&b);
	return masked;
}

char *redact_phone(struct arena *a, const char *phone)
{
	char digits[32];
	size_t n = 0;

	for (; *phone && n + 1 < sizeof(digits); phone++)
		if (is_digit(*phone))
			digits[n++] = *phone;
	digits[n] = '\0';
	/* The country code reads as the 0 people dial. */
	if (n >= 2 && digits[0] == '6' && digits[1] == '2') {
		memmove(digits + 1, digits + 2, n - 1);
		digits[0] = '0';
		n--;
	}
	if (n < 11)
		return arena_printf(a, "%.2s•• ••••", n > 6 ? digits : "");
	return arena_printf(a, "%.4s •••• %s", digits, digits + n - 4);
}

char *redact_email(struct arena *a, const char *email)
{
	const char *at = strchr(email, '@');

	if (!at)
		return arena_strdup(a, "•••");
	return arena_printf(a, "%.*s•••%s", at > email ? (int)utf8_prefix_bytes(email, 1) : 0, email, at);
}
