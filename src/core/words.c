/* SPDX-License-Identifier: Apache-2.0
 * words - normalisation for the search index. Not a stemmer: what people typed is found as they typed it.
 */
#include "core/words.h"

#include <string.h>

/* Base letters of U+00C0 .. U+017F; '?' where one letter does not do ("ae" and the like are left out). */
static const char latin[] =
	"aaaaaa?ceeeeiiii" "dnooooo ouuuuy?s" /* U+00C0 */
	"aaaaaa?ceeeeiiii" "dnooooo ouuuuy?y" /* U+00E0 */
	"aaaaaaccccccccdd" "ddeeeeeeeeeegggg" /* U+0100 */
	"gggghhhhiiiiiiii" "ii??jjkkklllllll" /* U+0120 */
	"lllnnnnnnnnnoooo" "oo??rrrrrrssssss" /* U+0140 */
	"ssttttttuuuuuuuu" "uuuuwwyyyzzzzzzs"; /* U+0160 */

static uint32_t next_point(const char **s)
{
	const unsigned char *p = (const unsigned char *)*s;
	int extra = *p < 0x80 ? 0 : *p < 0xE0 ? 1 : *p < 0xF0 ? 2 : 3;
	uint32_t c = extra == 0 ? *p : *p & (0x3FU >> extra);

	for (int i = 1; i <= extra; i++) {
		if ((p[i] & 0xC0) != 0x80) { /* cut short: never read past the end */
			extra = i - 1;
			break;
		}
		c = (c << 6) | (p[i] & 0x3FU);
	}
	*s += extra + 1;
	return c;
}

/* General punctuation, symbols, blanks: what separates words beyond ASCII. */
static bool is_separator(uint32_t c)
{
	return c < 0xC0 || (c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3040) || c == 0xFEFF || c == 0xFFFD;
}

static bool is_mark(uint32_t c)
{
	return (c >= 0x0300 && c < 0x0370) || c == 0x200D || (c >= 0xFE00 && c < 0xFE10);
}

char *words_normal(struct arena *a, const char *text)
{
	size_t n = strlen(text), used = 0;
	char *out = arena_alloc(a, n + 1);
	bool blank = false;

	for (const char *s = text; *s;) {
		const char *from = s;
		uint32_t c = next_point(&s);
		char one = 0;
		bool kept = true;

		if (is_mark(c))
			continue;
		if (c < 0x80)
			one = c >= 'A' && c <= 'Z' ? (char)(c + 32) : (char)c;
		else if (c >= 0xC0 && c < 0x180 && latin[c - 0xC0] != '?')
			one = latin[c - 0xC0];
		if (c < 0x80)
			kept = (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9');
		else if (one == ' ' || is_separator(c))
			kept = false;
		if (!kept) {
			blank = used > 0;
			continue;
		}
		if (blank)
			out[used++] = ' ';
		blank = false;
		if (one) {
			out[used++] = one;
		} else {
			memcpy(out + used, from, (size_t)(s - from));
			used += (size_t)(s - from);
		}
	}
	out[used] = '\0';
	return out;
}

char *words_of_report(struct arena *a, const char *number, const char *title, const char *body)
{
	return words_normal(a, arena_printf(a, "%s %s %s", number, title, body));
}
