/* SPDX-License-Identifier: Apache-2.0
 * pages OUTDIR: writes every page in both languages and prints "ok - ..." for what holds in hostile ones.
 */
#include "pages.h"

#include <stdio.h>

#include "tmpl_layout.h"

static struct layout_site site_of(const struct samples *s)
{
	return (struct layout_site){
		.name = "LAPOR",
		.place_name = say(s, "Kabupaten Mekar Jaya"),
		.government = say(s, "Pemerintah Kabupaten Mekar Jaya"),
		.is_official = true,
		.official_suffix = say(s, ".go.id"),
		.operator_name = say(s, "Dinas Komunikasi dan Informatika"),
		.sms = say(s, "1708"),
		.whatsapp = say(s, "0811 0000 1708"),
		.email = say(s, "lapor@mekarjaya.example"),
		.phone = say(s, "0341 000000"),
		.counter = say(s, "Loket Diskominfo, Senin sampai Jumat"),
	};
}

struct instant sample_time(const char *text)
{
	struct instant t = { 0 };

	BUG_ON(!instant_parse(text, &t));
	return t;
}

static struct layout_site site;

void page_begin(struct samples *s, const char *title, bool is_desk)
{
	buf_reset(&s->b);
	memset(s->out.icons, 0, sizeof(s->out.icons));
	site = site_of(s);
	s->layout = (struct layout){
		.title = say(s, title),
		.site = &site,
		.is_desk = is_desk,
		.is_officer = is_desk,
		.nav = is_desk ? NAV_DESK : NAV_HOME,
		.may_manual = is_desk,
		.may_settings = is_desk,
		.user_name = is_desk ? say(s, "Rahmat Hidayat") : NULL,
		.user_role = is_desk ? say(s, "Admin Instansi") : NULL,
		.csrf = is_desk ? say(s, "0f0f") : NULL,
		.session_minutes = 30,
		.here = path_of(s, "/laporan?q=a&b=1"),
		.lang_href = path_of(s, "/laporan?q=a&b=1&bahasa=en"),
		.theme = "",
		.noindex = is_desk,
	};
	view_layout_begin(&s->out, &s->layout);
}

/* No piece of the attack may stand there unescaped. */
static const char *attack_in(const char *html)
{
	static const char *const signs[] = { "<script>alert",	"'><",		 "\"><script",
					     " onmouseover=\"", "\"javascript:", "href=\"//",
					     "src=\"//",	"action=\"//",	 "href=\"http" };

	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (strstr(html, signs[i]))
			return signs[i];
	return NULL;
}

void page_end(struct samples *s, const char *name)
{
	const char *sign;
	char path[512];
	FILE *f;

	view_layout_end(&s->out, &s->layout);
	BUG_ON(s->b.overflow);
	snprintf(path, sizeof(path), "%s/%s%s.html", s->folder, name, s->suffix);
	f = fopen(path, "wb");
	if (!f || fwrite(s->b.p, 1, s->b.n, f) != s->b.n || fclose(f) != 0)
		BUG("%s cannot be written", path);
	s->pages++;
	if (!s->is_hostile)
		return;
	sign = attack_in(buf_cstr(&s->b));
	if (sign) {
		printf("not ok - %s escapes what strangers write: %s is there\n", name, sign);
		s->bad++;
	} else {
		printf("ok - %s escapes what strangers write\n", name);
	}
}

static void pages_errors(struct samples *s)
{
	static const int statuses[] = { 400, 403, 404, 409, 413, 415, 422, 429, 500, 503 };

	for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
		struct error_page p = { .status = statuses[i], .retry = path_of(s, "/lapor") };
		char name[32];

		page_begin(s, "Galat", false);
		p.site = s->layout.site;
		view_error(&s->out, &p);
		snprintf(name, sizeof(name), "error_%d", statuses[i]);
		page_end(s, name);
	}
}

static int all_pages(const char *folder, const char *suffix, enum lang lang, bool is_hostile)
{
	struct samples s = { .is_hostile = is_hostile, .folder = folder, .suffix = suffix };

	buf_init(&s.b, (size_t)4 << 20);
	out_begin(&s.out, &s.b, lang, ZONE_WIB);
	pages_errors(&s);
	pages_public(&s);
	pages_ombudsman(&s);
	pages_intake(&s);
	pages_steps(&s);
	pages_desk(&s);
	pages_office(&s);
	pages_periodic(&s);
	pages_sop(&s);
	out_end(&s.out);
	buf_done(&s.b);
	return s.bad;
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: golden_pages OUTDIR\n");
		return 2;
	}
	return all_pages(argv[1], ".id", LANG_ID, false) + all_pages(argv[1], ".en", LANG_EN, false) +
				       all_pages(argv[1], ".hostile", LANG_ID, true) >
			       0
		       ? 1
		       : 0;
}
