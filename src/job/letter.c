/* SPDX-License-Identifier: Apache-2.0
 * letter - frame, title and sentence out of the catalogues.
 */
#include "job/letter.h"

#include "messages.h"

static const struct {
	enum msg title, text;
} words[] = {
	{ MSG_mail_changed_title, MSG_mail_changed_text },
#define NOTICE(word, to) { MSG_mail_##word##_title, MSG_mail_##word##_text },
#include "app/notice.def"
#undef NOTICE
};

static void add_line(struct buf *b, const char *s)
{
	buf_str(b, s);
	buf_char(b, '\n');
}

static void add_body(struct buf *b, const struct settings *s, enum notice notice, enum lang lang, const char *number,
		     const char *code)
{
	bool for_reporter = notice_is_for_reporter(notice);

	add_line(b, msg_mail_hello(lang));
	buf_char(b, '\n');
	add_line(b, msg_text(lang, words[notice].text));
	buf_char(b, '\n');
	msg_mail_number(b, lang, s->zone, number);
	buf_char(b, '\n');
	add_line(b, msg_mail_open(lang));
	if (for_reporter)
		buf_printf(b, "%s/lacak/%s\n\n", s->base_url, code);
	else
		buf_printf(b, "%s/meja/laporan/%s\n\n", s->base_url, number);
	if (for_reporter)
		add_line(b, msg_mail_keep(lang));
	add_line(b, msg_mail_no_reply(lang));
	buf_printf(b, "-- \n%s\n", *s->government ? s->government : s->site_name);
}

struct letter letter_write(struct arena *a, const struct settings *s, enum notice notice, enum lang lang,
			   const char *number, const char *code)
{
	struct letter l;
	struct buf b;

	buf_init(&b, 16 * 1024);
	msg_mail_subject(&b, lang, s->zone, msg_text(lang, words[notice].title), number);
	l.subject = arena_strdup(a, buf_cstr(&b));
	buf_reset(&b);
	add_body(&b, s, notice, lang, number, code);
	l.text = arena_strdup(a, buf_cstr(&b));
	buf_done(&b);
	return l;
}

const char *letter_short(struct arena *a, const struct settings *s, enum notice notice, enum lang lang,
			 const char *number)
{
	const char *made;
	struct buf b;

	buf_init(&b, 4096);
	msg_mail_subject(&b, lang, s->zone, msg_text(lang, words[notice].title), number);
	buf_printf(&b, "\n%s/meja/laporan/%s", s->base_url, number);
	made = arena_strdup(a, buf_cstr(&b));
	buf_done(&b);
	return made;
}
