/* SPDX-License-Identifier: Apache-2.0 */
#include "base/parse.h"

#include <string.h>

bool parse_int_n(const char *s, size_t n, int64_t lo, int64_t hi, int64_t *ret_value)
{
	bool negative = n > 0 && s[0] == '-';
	size_t i = negative;
	int64_t v = 0;

	if (i == n || n - i > 18)
		return false;
	for (; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		v = v * 10 + (s[i] - '0');
	}
	if (negative)
		v = -v;
	if (v < lo || v > hi)
		return false;
	*ret_value = v;
	return true;
}

bool parse_int(const char *s, int64_t lo, int64_t hi, int64_t *ret_value)
{
	return parse_int_n(s, strlen(s), lo, hi, ret_value);
}

void parse_hex_encode(const void *p, size_t n, char *out)
{
	static const char digit[] = "0123456789abcdef";
	const unsigned char *u = p;

	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digit[u[i] >> 4];
		out[2 * i + 1] = digit[u[i] & 15];
	}
	out[2 * n] = '\0';
}

bool parse_int_pair(const char *s, char between, int64_t lo, int64_t hi, int64_t *ret_first, int64_t *ret_second)
{
	const char *mid = strchr(s, between);
	int64_t first, second;

	if (!mid || !parse_int_n(s, (size_t)(mid - s), lo, hi, &first) || !parse_int(mid + 1, lo, hi, &second))
		return false;
	*ret_first = first;
	*ret_second = second;
	return true;
}

int parse_hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool parse_hex_decode(const char *s, void *out, size_t n)
{
	unsigned char *u = out;

	if (strlen(s) != 2 * n)
		return false;
	for (size_t i = 0; i < n; i++) {
		int hi = parse_hex_digit(s[2 * i]), lo = parse_hex_digit(s[2 * i + 1]);

		if (hi < 0 || lo < 0)
			return false;
		u[i] = (unsigned char)(hi << 4 | lo);
	}
	return true;
}
