/* SPDX-License-Identifier: Apache-2.0
 * letter - frame, title and sentence out of the catalogues.
 */
#include "job/letter.h"

#include "i18n/vocab.h"

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

static void add_number(struct buf *b, const struct settings *s, enum notice notice, enum lang lang,
		       const struct letter_about *about)
{
	enum msg reason = vocab_reason(about->reason);

	if (about->path) {
		msg_mail_about(b, lang, s->zone, about->number);
		buf_char(b, '\n');
		return;
	}
	if (notice != NOTICE_intake_task && notice != NOTICE_intake_refused) {
		msg_mail_number(b, lang, s->zone, about->number);
		buf_char(b, '\n');
		return;
	}
	msg_mail_intake_number(b, lang, s->zone, about->number);
	buf_char(b, '\n');
	if (reason != MSG_NONE) {
		msg_mail_intake_reason(b, lang, s->zone, msg_text(lang, reason));
		buf_char(b, '\n');
	}
}

static void add_link(struct buf *b, const struct settings *s, enum notice notice, enum lang lang,
		     const struct letter_about *about)
{
	add_line(b, notice == NOTICE_intake_refused ? msg_mail_intake_again(lang) : msg_mail_open(lang));
	if (about->path)
		buf_printf(b, "%s%s\n\n", s->base_url, about->path);
	else if (notice == NOTICE_intake_refused)
		buf_printf(b, "%s/lapor\n\n", s->base_url);
	else if (notice == NOTICE_intake_task)
		buf_printf(b, "%s/meja/penerimaan/%s\n\n", s->base_url, about->number);
	else if (notice_is_for_reporter(notice))
		buf_printf(b, "%s/lacak/%s\n\n", s->base_url, about->code);
	else
		buf_printf(b, "%s/meja/laporan/%s\n\n", s->base_url, about->number);
}

static void add_body(struct buf *b, const struct settings *s, enum notice notice, enum lang lang,
		     const struct letter_about *about)
{
	add_line(b, msg_mail_hello(lang));
	buf_char(b, '\n');
	add_line(b, msg_text(lang, words[notice].text));
	buf_char(b, '\n');
	add_number(b, s, notice, lang, about);
	add_link(b, s, notice, lang, about);
	if (notice_is_for_reporter(notice) && notice != NOTICE_intake_refused)
		add_line(b, msg_mail_keep(lang));
	add_line(b, msg_mail_no_reply(lang));
	buf_printf(b, "-- \n%s\n", *s->government ? s->government : s->site_name);
}

struct letter letter_write(struct arena *a, const struct settings *s, enum notice notice, enum lang lang,
			   const struct letter_about *about)
{
	struct letter l;
	struct buf b;

	buf_init(&b, 16 * 1024);
	msg_mail_subject(&b, lang, s->zone, msg_text(lang, words[notice].title), about->number);
	l.subject = arena_strdup(a, buf_cstr(&b));
	buf_reset(&b);
	add_body(&b, s, notice, lang, about);
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
