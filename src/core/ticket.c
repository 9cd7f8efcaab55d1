/* SPDX-License-Identifier: Apache-2.0
 * ticket - codes that cannot be guessed and survive being read out on the telephone.
 *
 * The check character is a weighted sum over GF(32) with a different power of the generator for every
 * place: one wrong character or two that changed places never pass.
 */
#include "core/ticket.h"

#include <stdio.h>
#include <string.h>

#include "base/parse.h"

static const char alphabet[33] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/* Times x in GF(32) modulo x^5 + x^2 + 1. */
static unsigned times_x(unsigned v)
{
	return (v << 1 ^ (v & 16 ? 37u : 0u)) & 31u;
}

/* Horner's rule: the first value gets the highest power. */
static unsigned weighted_sum(const unsigned char *values, size_t n)
{
	unsigned sum = 0;

	for (size_t i = 0; i < n; i++)
		sum = times_x(sum) ^ values[i];
	return sum;
}

void ticket_code_make(const unsigned char random[9], char out[TICKET_CODE_LEN + 1])
{
	unsigned char v[TICKET_CODE_LEN] = { 0 };

	for (size_t i = 0; i < 9; i++)
		v[i] = random[i] & 31;
	/* With the last place counted once, the whole sum becomes zero. */
	v[9] = (unsigned char)weighted_sum(v, TICKET_CODE_LEN);
	for (size_t i = 0; i < TICKET_CODE_LEN; i++)
		out[i] = alphabet[v[i]];
	out[TICKET_CODE_LEN] = '\0';
}

static bool skipped(char c)
{
	return c == ' ' || c == '-' || c == '\t';
}

bool ticket_code_parse(const char *typed, char out[TICKET_CODE_LEN + 1])
{
	unsigned char v[TICKET_CODE_LEN];
	size_t n = 0;

	for (; *typed; typed++) {
		char c = *typed >= 'a' && *typed <= 'z' ? (char)(*typed - 'a' + 'A') : *typed;
		const char *at;

		if (skipped(c))
			continue;
		at = strchr(alphabet, c);
		if (!at || n == TICKET_CODE_LEN)
			return false;
		v[n++] = (unsigned char)(at - alphabet);
	}
	if (n != TICKET_CODE_LEN || weighted_sum(v, n) != 0)
		return false;
	for (size_t i = 0; i < n; i++)
		out[i] = alphabet[v[i]];
	out[TICKET_CODE_LEN] = '\0';
	return true;
}

void ticket_code_show(const char *code, char out[13])
{
	BUG_ON(strlen(code) != TICKET_CODE_LEN);
	snprintf(out, 13, "%.4s-%.4s-%.2s", code, code + 4, code + 8);
}

void ticket_number_make(int year, int64_t n, char out[TICKET_NUMBER_MAX + 1])
{
	BUG_ON(year < 1900 || year > 9999 || n < 1 || n > INT64_C(99999999999));
	snprintf(out, TICKET_NUMBER_MAX + 1, "%04d-%06lld", year, (long long)n);
}

bool ticket_number_is_valid(const char *number)
{
	size_t n = strlen(number);
	int64_t year, count;

	if (n < 11 || n > TICKET_NUMBER_MAX || number[4] != '-' || number[5] == '-')
		return false;
	/* More than six digits only when they are needed, so that one report has one number. */
	if (n > 11 && number[5] == '0')
		return false;
	return parse_int_n(number, 4, 1900, 9999, &year) &&
	       parse_int(number + 5, 1, INT64_C(99999999999), &count);
}
