/* SPDX-License-Identifier: Apache-2.0
 * ombudsman - the words, and the door that an identity has to pass: what the law names is required, the rest may be empty.
 */
#include "core/ombudsman.h"

#include <string.h>

#include "base/utf8.h"

/* Nobody who reports is older; who types such a year meant another. */
#define AGE_YEARS_MAX 120
#define OCCUPATION_MAX 120
#define NIK_DIGITS 16

static const char *const state_words[] = {
#define OMBUDSMAN_STATE(n, v, w) [v] = (w),
#include "core/ombudsman.def"
#undef OMBUDSMAN_STATE
};

static const char *const marital_words[] = {
#define MARITAL(n, v, w) [v] = (w),
#include "core/ombudsman.def"
#undef MARITAL
};

static const char *const fields[] = {
#define IDENTITY_ERROR(n, field) [IDENTITY_##n] = (field),
#include "core/ombudsman.def"
#undef IDENTITY_ERROR
};

static const char *word_of(const char *const *words, size_t n, size_t v)
{
	return v < n ? words[v] : NULL;
}

static size_t find_word(const char *const *words, size_t n, const char *word)
{
	for (size_t i = 1; i < n; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return 0;
}

const char *ombudsman_state_word(enum ombudsman_state s)
{
	return word_of(state_words, ARRAY_LEN(state_words), (size_t)s);
}

bool ombudsman_state_parse(const char *word, enum ombudsman_state *ret)
{
	size_t v = find_word(state_words, ARRAY_LEN(state_words), word);

	if (v > 0)
		*ret = (enum ombudsman_state)v;
	return v > 0;
}

const char *ombudsman_marital_word(enum marital m)
{
	return word_of(marital_words, ARRAY_LEN(marital_words), (size_t)m);
}

bool ombudsman_marital_parse(const char *word, enum marital *ret)
{
	size_t v = find_word(marital_words, ARRAY_LEN(marital_words), word);

	if (v > 0)
		*ret = (enum marital)v;
	return v > 0;
}

const char *ombudsman_error_field(enum identity_error e)
{
	return word_of(fields, ARRAY_LEN(fields), (size_t)e);
}

static enum identity_error check_length(const char *text, size_t max, enum identity_error missing,
					enum identity_error too_long)
{
	if (!*text)
		return missing;
	return utf8_length(text) > max ? too_long : IDENTITY_OK;
}

static enum identity_error check_birth(const struct ombudsman_identity *in, struct day today)
{
	if (in->birth_is_wrong)
		return IDENTITY_birth_invalid;
	if (!in->has_birth)
		return IDENTITY_birth_missing;
	if (in->birth_on.n > today.n)
		return IDENTITY_birth_future;
	return day_to_civil(in->birth_on).year < day_to_civil(today).year - AGE_YEARS_MAX ? IDENTITY_birth_old : IDENTITY_OK;
}

static enum identity_error check_address(const char *address)
{
	if (*address && utf8_length(address) < OMBUDSMAN_ADDRESS_MIN)
		return IDENTITY_address_short;
	return check_length(address, OMBUDSMAN_ADDRESS_MAX, IDENTITY_address_missing, IDENTITY_address_long);
}

/* Sixteen digits, blanks allowed; the first is never 0, the last four are a count that begins with 1. */
static enum identity_error check_number(const char *number)
{
	char digits[NIK_DIGITS + 1] = "";
	size_t n = 0;

	if (!*number)
		return IDENTITY_OK;
	for (const char *s = number; *s; s++) {
		if (*s == ' ')
			continue;
		if (*s < '0' || *s > '9' || n == NIK_DIGITS)
			return IDENTITY_number_invalid;
		digits[n++] = *s;
	}
	if (n != NIK_DIGITS || digits[0] == '0' || strcmp(digits + NIK_DIGITS - 4, "0000") == 0)
		return IDENTITY_number_invalid;
	return IDENTITY_OK;
}

size_t ombudsman_identity_check(const struct ombudsman_identity *in, struct day today,
				enum identity_error ret[IDENTITY_ERROR_COUNT])
{
	const enum identity_error found[] = {
		check_length(in->name, REPORT_NAME_MAX, IDENTITY_name_missing, IDENTITY_name_long),
		check_length(in->birth_place, REPORT_NAME_MAX, IDENTITY_birth_place_missing, IDENTITY_birth_place_long),
		check_birth(in, today),
		in->marital == MARITAL_NONE ? IDENTITY_marital_missing : IDENTITY_OK,
		check_length(in->occupation, OCCUPATION_MAX, IDENTITY_occupation_missing, IDENTITY_occupation_long),
		check_address(in->address),
		check_number(in->number),
		check_length(in->contact, REPORT_EMAIL_MAX, IDENTITY_OK, IDENTITY_contact_long),
		in->has_disclose ? IDENTITY_OK : IDENTITY_disclose_missing,
	};
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(found); i++)
		if (found[i] != IDENTITY_OK)
			ret[n++] = found[i];
	return n;
}
