/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "assets.h"
#include "tmpl_layout.h"

static const struct layout_site site = {
	.name = "LAPOR",
	.place_name = "Kabupaten Mekar Jaya",
	.government = "Pemerintah Kabupaten Mekar Jaya",
	.official_suffix = ".go.id",
	.operator_name = "Dinas <Kominfo>",
	.sms = "1708",
	.email = "lapor@mekarjaya.example",
};

static struct layout a_layout(void)
{
	return (struct layout){ .title = "Judul & \"isi\"",
				.site = &site,
				.here = "/laporan?q=a&b=1",
				.lang_href = "/laporan?q=a&b=1&bahasa=en",
				.theme = "" };
}

/* Renders frame and nothing in it; the text lives in b. */
static const char *render(struct buf *b, const struct layout *l, enum lang lang)
{
	struct out o;

	out_begin(&o, b, lang, ZONE_WIB);
	view_layout_begin(&o, l);
	view_layout_end(&o, l);
	out_end(&o);
	return buf_cstr(b);
}

static void has(const char *html, const char *part)
{
	if (!strstr(html, part))
		fail_msg("%s is missing in:\n%s", part, html);
}

static void has_not(const char *html, const char *part)
{
	if (strstr(html, part))
		fail_msg("%s should not be in:\n%s", part, html);
}

static void a_citizens_page_has_its_frame(void **state)
{
	struct layout l = a_layout();
	struct buf b;
	const char *html;

	(void)state;
	buf_init(&b, 1 << 20);
	html = render(&b, &l, LANG_ID);
	has(html, "<!doctype html>\n<html lang=\"id\">");
	has(html, "<title>Judul &amp; &quot;isi&quot; · LAPOR Kabupaten Mekar Jaya</title>");
	has(html, "href=\"" ASSET_lapor_css "\"");
	has(html, "<a href=\"/laporan?q=a&amp;b=1&amp;bahasa=en\" lang=\"en\" hreflang=\"en\">English</a>");
	has(html, "value=\"/laporan?q=a&amp;b=1\"");
	has(html, "Dikelola Dinas &lt;Kominfo&gt;.");
	has(html, "href=\"sms:1708\"");
	has(html, "href=\"mailto:lapor%40mekarjaya.example\"");
	has(html, "Masuk petugas");
	has_not(html, "Situs resmi");
	has_not(html, "WhatsApp");
	has_not(html, "noindex");
	has_not(html, "Galat:");
	has_not(html, "data-tema");
	has_not(html, "kilas");
	has_not(html, "style=");
	buf_done(&b);
}

static void an_official_site_says_so_and_a_fresh_one_never(void **state)
{
	struct layout_site official = site;
	struct layout l = a_layout();
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	official.is_official = true;
	l.site = &official;
	has(render(&b, &l, LANG_ID),
	    "Situs resmi Pemerintah Kabupaten Mekar Jaya. Alamat resmi selalu berakhiran <b>.go.id</b>");
	buf_done(&b);
}

static void the_desk_frame_names_person_and_role(void **state)
{
	struct layout l = a_layout();
	struct buf b;
	const char *html;

	(void)state;
	buf_init(&b, 1 << 20);
	l.is_desk = l.is_officer = l.noindex = l.is_error = true;
	l.nav = NAV_DESK;
	l.user_name = "Rahmat <R>";
	l.user_role = "Admin Instansi";
	l.csrf = "abc123";
	l.session_minutes = 30;
	l.theme = "gelap";
	l.flash = MSG_verb_note;
	html = render(&b, &l, LANG_EN);
	has(html, "<html lang=\"en\" data-tema=\"gelap\">");
	has(html, "<title>Error: Judul");
	has(html, "noindex");
	has(html, "<body class=\"kerja\" data-sesi=\"30\">");
	has(html, "<a href=\"/meja\" aria-current=\"page\">Inbox</a>");
	has(html, "Rahmat &lt;R&gt; · Admin Instansi");
	has(html, "name=\"csrf\" value=\"abc123\"");
	has(html, "role=\"status\"");
	has(html, "Save note");
	has(html, "value=\"gelap\" aria-pressed=\"true\"");
	has(html, "<symbol id=\"i-user\"");
	has_not(html, "/meja/pengaturan");
	l.may_settings = true;
	buf_reset(&b);
	has(render(&b, &l, LANG_ID), "<a href=\"/meja/pengaturan\">Pengaturan</a>");
	buf_done(&b);
}

static void language_links_keep_path_and_query(void **state)
{
	static const struct {
		const char *path, *query, *here, *english;
	} cases[] = {
		{ "/", "", "/", "/?bahasa=en" },
		{ "/", NULL, "/", "/?bahasa=en" },
		{ "/laporan", "q=lampu%20jalan&dari=5", "/laporan?q=lampu%20jalan&dari=5",
		  "/laporan?q=lampu%20jalan&dari=5&bahasa=en" },
		{ "/laporan", "bahasa=id&q=x", "/laporan?q=x", "/laporan?q=x&bahasa=en" },
		{ "/laporan", "bahasa=id", "/laporan", "/laporan?bahasa=en" },
		{ "/a b/\"c\"", "", "/a%20b/%22c%22", "/a%20b/%22c%22?bahasa=en" },
		{ "/laporan/2026-004187", "&&", "/laporan/2026-004187", "/laporan/2026-004187?bahasa=en" },
	};
	struct arena *a = arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_string_equal(layout_here(a, cases[i].path, cases[i].query), cases[i].here);
		assert_string_equal(layout_lang_href(a, cases[i].path, cases[i].query, LANG_EN),
				    cases[i].english);
	}
	arena_free(a);
}

static void error_pages_say_what_to_do(void **state)
{
	static const struct {
		int status;
		enum msg title, reason;
	} cases[] = {
		{ 400, MSG_error_400, MSG_refusal_bad_request },
		{ 403, MSG_error_403, MSG_refusal_not_allowed },
		{ 404, MSG_error_404, MSG_error_404_text },
		{ 409, MSG_error_409, MSG_refusal_changed_meanwhile },
		{ 413, MSG_error_413, MSG_refusal_body_too_large },
		{ 415, MSG_error_415, MSG_refusal_file_type },
		{ 422, MSG_error_422, MSG_error_422_text },
		{ 429, MSG_error_429, MSG_refusal_too_many_requests },
		{ 500, MSG_error_500, MSG_refusal_internal },
		{ 503, MSG_error_503, MSG_refusal_unavailable },
	};
	struct buf b;
	struct out o;

	(void)state;
	buf_init(&b, 1 << 20);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct error_page p = { .status = cases[i].status, .site = &site, .retry = "/lapor" };

		buf_reset(&b);
		out_begin(&o, &b, LANG_ID, ZONE_WIB);
		view_error(&o, &p);
		out_end(&o);
		has(buf_cstr(&b), msg_text(LANG_ID, cases[i].title));
		has(buf_cstr(&b), msg_text(LANG_ID, cases[i].reason));
		has(buf_cstr(&b), "href=\"/lapor\"");
		(p.status >= 500 ? has : has_not)(buf_cstr(&b), "SMS");
		p.reason = MSG_refusal_draft_gone;
		assert_int_equal(layout_error_reason(&p), MSG_refusal_draft_gone);
	}
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_citizens_page_has_its_frame),
		cmocka_unit_test(an_official_site_says_so_and_a_fresh_one_never),
		cmocka_unit_test(the_desk_frame_names_person_and_role),
		cmocka_unit_test(language_links_keep_path_and_query),
		cmocka_unit_test(error_pages_say_what_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
