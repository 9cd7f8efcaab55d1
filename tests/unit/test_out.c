/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "assets.h"
#include "view/out.h"

struct page {
	struct buf b;
	struct out o;
};

static int begin(void **state)
{
	struct page *p = calloc(1, sizeof(*p));

	buf_init(&p->b, 1 << 20);
	out_begin(&p->o, &p->b, LANG_ID, ZONE_WIB);
	*state = p;
	return 0;
}

static int finish(void **state)
{
	struct page *p = *state;

	out_end(&p->o);
	buf_done(&p->b);
	free(p);
	return 0;
}

static void text_is_escaped(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "", "" },
		{ "lampu jalan mati", "lampu jalan mati" },
		{ "<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" },
		{ "a & b \"c\"", "a &amp; b &quot;c&quot;" },
		{ "0123456789abcde<", "0123456789abcde&lt;" },
		{ "0123456789abcdef<", "0123456789abcdef&lt;" },
		{ "&&&&&&&&&&&&&&&&&",
		  "&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;" },
		{ "Jalan Sudirman–Thamrin “lubang”", "Jalan Sudirman–Thamrin “lubang”" },
	};
	struct page *p = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		buf_reset(&p->b);
		out_text(&p->o, cases[i].in);
		assert_string_equal(buf_cstr(&p->b), cases[i].out);
	}
	buf_reset(&p->b);
	out_text(&p->o, NULL);
	assert_int_equal(p->b.n, 0);
}

/* A small generator of our own: the same bytes on every machine. */
static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

static void fast_and_plain_search_agree_on_random_bytes(void **state)
{
	static const char special[] = "&<>\"'";
	char text[96];
	unsigned seed = 7;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		size_t offset = next_random(&seed) % 16, n = next_random(&seed) % (sizeof(text) - offset);

		for (size_t i = 0; i < sizeof(text); i++)
			text[i] = (char)(next_random(&seed) % 255 + 1);
		for (size_t i = 0; i < sizeof(text); i++)
			if (strchr(special, text[i]))
				text[i] = 'x';
		if (n > 0 && next_random(&seed) % 4 > 0)
			text[offset + next_random(&seed) % n] = special[next_random(&seed) % 5];
		assert_int_equal(out_plain_prefix(text + offset, n),
				 out_plain_prefix_scalar(text + offset, n));
	}
}

static void every_special_character_is_found_at_every_place(void **state)
{
	char text[49];

	(void)state;
	for (size_t at = 0; at < sizeof(text); at++)
		for (const char *c = "&<>\"'"; *c; c++) {
			memset(text, 'a', sizeof(text));
			text[at] = *c;
			assert_int_equal(out_plain_prefix(text, sizeof(text)), at);
		}
}

static void lines_become_breaks(void **state)
{
	struct page *p = *state;

	out_lines(&p->o, "satu\n<dua>\n\ntiga\n");
	assert_string_equal(buf_cstr(&p->b), "satu<br>&lt;dua&gt;<br><br>tiga<br>");
}

static void url_parts_are_percent_encoded(void **state)
{
	struct page *p = *state;

	out_url(&p->o, "a-z_0.9~ /?&=#%\"<é");
	assert_string_equal(buf_cstr(&p->b), "a-z_0.9~%20%2F%3F%26%3D%23%25%22%3C%C3%A9");
}

static void only_own_paths_are_printed(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "/", "/" },
		{ "/laporan?q=a&b=c", "/laporan?q=a&amp;b=c" },
		{ "//jahat.example", "#" },
		{ "/\\jahat.example", "#" },
		{ "/a\\b", "#" },
		{ "https://jahat.example", "#" },
		{ "javascript:alert(1)", "#" },
		{ "laporan", "#" },
		{ "", "#" },
		{ NULL, "#" },
		{ "/a\tb", "#" },
		{ "/\"onclick", "/&quot;onclick" },
	};
	struct page *p = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		buf_reset(&p->b);
		out_path(&p->o, cases[i].in);
		assert_string_equal(buf_cstr(&p->b), cases[i].out);
	}
}

static void values_are_printed_by_their_type(void **state)
{
	struct page *p = *state;
	char name[8] = "<b>";
	size_t n = 7;

	out_value(&p->o, name);
	out_value(&p->o, n);
	out_value(&p->o, -5);
	out_value(&p->o, ((struct html){ "<i>", 3 }));
	out_attr_value(&p->o, (const char *)"\"");
	assert_string_equal(buf_cstr(&p->b), "&lt;b&gt;7-5<i>&quot;");
}

static void the_sprite_holds_the_icons_used_once(void **state)
{
	struct page *p = *state;
	const char *first;

	out_sprite(&p->o);
	assert_int_equal(p->b.n, 0);
	out_icon(&p->o, ICON_clock);
	out_icon(&p->o, ICON_users);
	out_icon(&p->o, ICON_clock);
	assert_string_equal(icon_shapes[ICON_clock].name, "clock");
	assert_non_null(strstr(buf_cstr(&p->b), "xlink:href=\"#i-clock\""));
	buf_reset(&p->b);
	out_sprite(&p->o);
	first = strstr(buf_cstr(&p->b), "<symbol id=\"i-clock\"");
	assert_non_null(first);
	assert_null(strstr(first + 1, "<symbol id=\"i-clock\""));
	assert_non_null(strstr(first + 1, "<symbol id=\"i-users\""));
	assert_null(strstr(buf_cstr(&p->b), "i-archive"));
}

static void scratch_that_overflows_spoils_the_page(void **state)
{
	struct page *p = *state;
	struct buf *b = out_scratch(&p->o);

	for (int i = 0; i < 10000; i++)
		buf_str(b, "sepuluh kb");
	out_scratch_text(&p->o);
	assert_true(p->b.overflow);
}

static void assets_are_found_by_their_hashed_path(void **state)
{
	const struct asset *css = asset_find(ASSET_lapor_css);
	const char *style, *font;

	(void)state;
	assert_non_null(css);
	assert_string_equal(css->mime, "text/css; charset=utf-8");
	assert_true(css->n > 1000 && css->n_brotli > 0 && css->n_brotli < css->n && css->n_gzip < css->n);
	assert_memory_equal(css->gzip, "\x1f\x8b", 2);
	assert_int_equal(css->etag[0], '"');
	style = (const char *)css->bytes;
	font = memmem(style, css->n, ASSET_jakarta_woff2, strlen(ASSET_jakarta_woff2));
	assert_non_null(font);
	assert_non_null(memmem(style, css->n, ASSET_kawung_svg, strlen(ASSET_kawung_svg)));
	assert_null(asset_find("/aset/lapor.css"));
	assert_null(asset_find("/aset/clock.svg"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(text_is_escaped, begin, finish),
		cmocka_unit_test(fast_and_plain_search_agree_on_random_bytes),
		cmocka_unit_test(every_special_character_is_found_at_every_place),
		cmocka_unit_test_setup_teardown(lines_become_breaks, begin, finish),
		cmocka_unit_test_setup_teardown(url_parts_are_percent_encoded, begin, finish),
		cmocka_unit_test_setup_teardown(only_own_paths_are_printed, begin, finish),
		cmocka_unit_test_setup_teardown(values_are_printed_by_their_type, begin, finish),
		cmocka_unit_test_setup_teardown(the_sprite_holds_the_icons_used_once, begin, finish),
		cmocka_unit_test_setup_teardown(scratch_that_overflows_spoils_the_page, begin, finish),
		cmocka_unit_test(assets_are_found_by_their_hashed_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
