/* SPDX-License-Identifier: Apache-2.0
 * Text from strangers: repaired text is valid, cleaning twice is cleaning once, escaped text has no markup,
 * and a time that was read is written as one that reads the same.
 */
#include "fuzz.h"

#include "base/day.h"
#include "base/parse.h"
#include "base/utf8.h"
#include "view/out.h"

static void check_clean(struct arena *a, const char *s, bool lines)
{
	const char *once = utf8_clean(a, s, lines), *twice = utf8_clean(a, once, lines);

	BUG_ON(strcmp(once, twice) != 0);
	BUG_ON(!utf8_is_valid(once, strlen(once)));
	BUG_ON(!lines && strchr(once, '\n'));
}

static void check_excerpt(struct arena *a, const char *s)
{
	for (size_t points = 0; points < 40; points += 13) {
		const char *e = utf8_excerpt(a, s, points);

		BUG_ON(!utf8_is_valid(e, strlen(e)));
		BUG_ON(utf8_length(e) > points + 1);
	}
}

static void check_escape(const char *s)
{
	struct buf b;
	struct out o;

	buf_init(&b, (size_t)8 << 20);
	out_begin(&o, &b, LANG_ID, ZONE_WIB);
	out_text(&o, s);
	BUG_ON(strpbrk(buf_cstr(&b), "<>\"'"));
	buf_reset(&b);
	out_path(&o, s);
	BUG_ON(strpbrk(buf_cstr(&b), "<>\"'\\"));
	BUG_ON(buf_cstr(&b)[0] != '/' && strcmp(buf_cstr(&b), "#") != 0);
	BUG_ON(buf_cstr(&b)[0] == '/' && buf_cstr(&b)[1] == '/');
	out_end(&o);
	buf_done(&b);
}

static void check_times(const char *s)
{
	char written[32];
	struct instant t, again;
	struct day d, same;
	int64_t v;

	if (instant_parse(s, &t)) {
		instant_format(t, written);
		BUG_ON(!instant_parse(written, &again) || again.ms != t.ms - t.ms % 1000);
	}
	if (day_parse(s, &d)) {
		day_format(d, written);
		BUG_ON(!day_parse(written, &same) || same.n != d.n || strcmp(s, written) != 0);
	}
	if (parse_int(s, -1000000, 1000000, &v))
		BUG_ON(v < -1000000 || v > 1000000);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new((size_t)64 << 20);
	const char *fixed = utf8_repair(a, (const char *)data, n);

	BUG_ON(!utf8_is_valid(fixed, strlen(fixed)));
	if (utf8_is_valid((const char *)data, n))
		BUG_ON(strlen(fixed) != n || memcmp(fixed, data, n) != 0);
	check_clean(a, fixed, true);
	check_clean(a, fixed, false);
	check_excerpt(a, fixed);
	check_escape(fixed);
	check_times(fixed);
	arena_free(a);
	return 0;
}
