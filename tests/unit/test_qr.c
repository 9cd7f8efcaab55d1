/* SPDX-License-Identifier: Apache-2.0
 * The QR code as inline SVG.
 */
#include "unit/support.h"

#include "view/qr.h"

static void a_code_is_one_path_without_style_or_script(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct html h = qr_svg(a, "https://lapor.contoh.id/lacak/K7QM4XTD9P", "Kode \"QR\" <a>");

	(void)state;
	assert_int_equal(strlen(h.p), h.n);
	assert_true(strncmp(h.p, "<svg class=\"qr\"", 15) == 0);
	assert_non_null(strstr(h.p, "aria-label=\"Kode &quot;QR&quot; &lt;a&gt;\"") ? h.p :
			strstr(h.p, "aria-label=\"Kode &#34;QR&#34; &lt;a&gt;\""));
	assert_null(strstr(h.p, "style"));
	/* The finder pattern begins every QR code: seven dark modules. */
	assert_non_null(strstr(h.p, "d=\"M0 0h7v1H0z"));
	assert_string_equal(h.p + h.n - 6, "</svg>");
	arena_free(a);
}

static void a_text_that_does_not_fit_gives_nothing(void **state)
{
	struct arena *a = arena_new(1 << 20);
	char *text = arena_alloc(a, 5001);

	(void)state;
	memset(text, 'x', 5000);
	assert_int_equal(qr_svg(a, text, "").n, 0);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_is_one_path_without_style_or_script),
		cmocka_unit_test(a_text_that_does_not_fit_gives_nothing),
	};

	return cmocka_run_group_tests_name("qr", tests, NULL, NULL);
}
