/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

#include <string.h>

/* Bytes of the valid sequence at s, 0 when there is none within n bytes. */
static size_t sequence(const unsigned char *s, size_t n)
{
	unsigned char c = s[0];
	size_t len;

	if (c < 0x80)
		return c != 0;
	if (c >= 0xC2 && c <= 0xDF)
		len = 2;
	else if (c >= 0xE0 && c <= 0xEF)
		len = 3;
	else if (c >= 0xF0 && c <= 0xF4)
		len = 4;
	else
		return 0;
	if (n < len)
		return 0;
	for (size_t i = 1; i < len; i++)
		if ((s[i] & 0xC0) != 0x80)
			return 0;
	if ((c == 0xE0 && s[1] < 0xA0) || (c == 0xED && s[1] > 0x9F) ||
	    (c == 0xF0 && s[1] < 0x90) || (c == 0xF4 && s[1] > 0x8F))
		return 0;
	return len;
}

bool utf8_is_valid(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;

	for (size_t i = 0; i < n;) {
		size_t len = sequence(u + i, n - i);

		if (len == 0)
			return false;
		i += len;
	}
	return true;
}

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

size_t utf8_length(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += !is_continuation(*s);
	return n;
}

size_t utf8_prefix_bytes(const char *s, size_t max_points)
{
	size_t i = 0, points = 0;

	for (; s[i]; i++) {
		if (is_continuation(s[i]))
			continue;
		if (points == max_points)
			break;
		points++;
	}
	return i;
}

char *utf8_clean(struct arena *a, const char *s, bool lines)
{
	size_t n = strlen(s), out = 0, newlines = 0;
	char *clean = arena_alloc(a, n + 1);

	for (size_t i = 0; i < n; i++) {
		char c = s[i];

		if (c == '\r') {
			if (s[i + 1] == '\n')
				continue;
			c = '\n';
		}
		if (c == '\n' && !lines)
			c = ' ';
		if (c == '\t')
			c = ' ';
		if ((unsigned char)c < 0x20 && c != '\n')
			continue;
		if (c == 0x7F)
			continue;
		/* U+0080..U+009F are control characters too. */
		if ((unsigned char)c == 0xC2 && (unsigned char)s[i + 1] < 0xA0) {
			i++;
			continue;
		}
		if (c == '\n') {
			while (out > 0 && clean[out - 1] == ' ')
				out--;
			if (++newlines > 2)
				continue;
		} else if (c != ' ') {
			newlines = 0;
		}
		if (out == 0 && (c == ' ' || c == '\n'))
			continue;
		clean[out++] = c;
	}
	while (out > 0 && (clean[out - 1] == ' ' || clean[out - 1] == '\n'))
		out--;
	clean[out] = '\0';
	return clean;
}

char *utf8_repair(struct arena *a, const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;
	char *fixed = arena_alloc(a, n * 3 + 1);
	size_t out = 0;

	for (size_t i = 0; i < n;) {
		size_t len = sequence(u + i, n - i);

		if (len == 0) {
			memcpy(fixed + out, "\xEF\xBF\xBD", 3);
			out += 3;
			i++;
		} else {
			memcpy(fixed + out, s + i, len);
			out += len;
			i += len;
		}
	}
	fixed[out] = '\0';
	return fixed;
}

char *utf8_excerpt(struct arena *a, const char *s, size_t max_points)
{
	size_t cut = utf8_prefix_bytes(s, max_points), word = cut;
	char *e;

	if (s[cut] == '\0')
		return arena_strdup(a, s);
	while (word > cut / 2 && s[word] != ' ')
		word--;
	if (s[word] == ' ')
		cut = word;
	e = arena_alloc(a, cut + 4);
	memcpy(e, s, cut);
	memcpy(e + cut, "\xE2\x80\xA6", 3);
	return e;
}

char *utf8_lower_ascii(struct arena *a, const char *s)
{
	char *low = arena_strdup(a, s);

	for (char *p = low; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	return low;
}
