/* SPDX-License-Identifier: Apache-2.0
 * periodic_show - from rows to what the pages show.
 */
#include "web/periodic_show.h"

#include <string.h>

#include "app/periodic_text.h"
#include "app/settings.h"
#include "base/parse.h"
#include "i18n/format.h"
#include "view/qr.h"

static const char *said(struct ctx *c, struct buf *b)
{
	const char *s = arena_strdup(c->a, buf_cstr(b));

	buf_done(b);
	return s;
}

const char *periodic_show_period(struct ctx *c, struct day first, struct day last)
{
	static const char *const roman[] = { "I", "II", "III", "IV" };
	struct civil a = day_to_civil(first), z = day_to_civil(last);
	const char *year = arena_printf(c->a, "%d", z.year);
	int months = z.month - a.month + 1;
	struct buf b;

	buf_init(&b, 200);
	if (months == 1)
		msg_periodic_one_month(&b, c->lang, c->settings->zone, format_month(c->lang, a.month), year);
	else if (months == 3 && a.month % 3 == 1)
		msg_periodic_quarter(&b, c->lang, c->settings->zone, roman[a.month / 3], year);
	else
		msg_periodic_months(&b, c->lang, c->settings->zone, format_month(c->lang, a.month),
				    format_month(c->lang, z.month), year);
	return said(c, &b);
}

static struct periodic_event event_of(const struct periodic_events_row *r)
{
	return (struct periodic_event){ .seq = r->seq, .at = r->at, .what = r->what, .role = r->role,
					.account = r->account_id, .to = r->to_state, .version = r->version };
}

enum rc periodic_show_story(struct ctx *c, struct periodic_id id, struct periodic_story *ret)
{
	TRY(q_periodic_events(c->db, c->a, id, &ret->rows, &ret->n));
	ret->now = (struct periodic_projection){ .state = PERIODIC_NONE };
	for (size_t i = 0; i < ret->n; i++) {
		struct periodic_event e = event_of(&ret->rows[i]);

		periodic_project(&ret->now, &e);
	}
	return RC_OK;
}

/* Who gave the mark; the name of an account that acted is always there. */
static struct periodic_signature sign(const struct periodic_story *s, const struct periodic_mark *m, enum role role)
{
	const char *name = m->seq ? s->rows[m->seq - 1].account : NULL;

	return (struct periodic_signature){ .role = role, .name = m->seq && !name ? "–" : name, .at = m->at };
}

/* The marks as they were when that version was the last time the text. */
static struct periodic_projection marks_of(const struct periodic_story *s, int64_t version)
{
	struct periodic_projection p = { .state = PERIODIC_NONE };

	for (size_t i = 0; i < s->n && s->rows[i].version <= version; i++) {
		struct periodic_event e = event_of(&s->rows[i]);

		periodic_project(&p, &e);
	}
	return p;
}

static void add_letter(const struct periodic_story *s, const struct periodic_mark *m, struct periodic_paper *p)
{
	const struct periodic_events_row *e;

	if (m->seq == 0)
		return;
	e = &s->rows[m->seq - 1];
	p->letter.number = e->number;
	p->letter.text = e->note;
	p->letter.name = e->account;
	p->letter.at = e->at;
}

enum rc periodic_show_paper(struct ctx *c, const struct periodic_read_row *r, const struct periodic_story *story,
			    int64_t version, struct periodic_paper *ret)
{
	struct periodic_form *form = arena_new_one(c->a, struct periodic_form);
	struct periodic_projection marks = marks_of(story, version);
	char *code = arena_alloc(c->a, PERIODIC_CODE_MAX), *hex = arena_alloc(c->a, 2 * HASH_BYTES + 1);
	struct periodic_version_read_row v;

	TRY(q_periodic_version_read(c->db, c->a, &(struct periodic_version_read_args){ r->id, version }, &v));
	TRY(periodic_text_read(c->a, v.content, form, &c->err));
	if (v.digest.n != HASH_BYTES)
		return err_set(&c->err, RC_FAILED, 0, "a digest of a periodic report has the wrong length");
	periodic_form_code(v.digest.p, code);
	parse_hex_encode(v.digest.p, HASH_BYTES, hex);
	*ret = (struct periodic_paper){
		.form = form, .period = periodic_show_period(c, r->first_on, r->last_on), .version = version,
		.section = sign(story, &marks.by_section, ROLE_SECTION_HEAD),
		.division = sign(story, &marks.by_division, ROLE_DIVISION_HEAD),
		.office = sign(story, &marks.signature, ROLE_OFFICE_HEAD),
		.is_signed = marks.signature.seq != 0, .is_old = version != r->version, .code = code, .digest = hex,
		.check_url = arena_printf(c->a, "%s/berkala/periksa", c->settings->base_url) };
	add_letter(story, &marks.cover, ret);
	if (ret->is_signed)
		ret->qr = qr_svg(c->a, arena_printf(c->a, "%s?kode=%s", ret->check_url, code), msg_periodic_check_title(c->lang));
	return RC_OK;
}

static const struct {
	enum sop_task task;
	const char *word;
	enum msg button, hint;
	enum periodic_form_kind kind;
} tasks[] = {
#define DEED(task, word, name, kind) \
	{ SOP_TASK_PERIODIC_##task, word, MSG_periodic_do_##name, MSG_periodic_do_##name##_hint, PERIODIC_FORM_##kind }
	DEED(COMPILE, "himpun", compile, BUTTON), DEED(FORM, "isi", form, WORDS), DEED(SUBMIT, "ajukan", submit, BUTTON),
	DEED(CHECK, "periksa", check, BUTTON), DEED(COVER, "pengantar", cover, LETTER),
	DEED(INITIAL, "paraf", initial, BUTTON), DEED(SIGN, "tanda-tangan", sign, BUTTON),
	DEED(DELIVER, "kirim", deliver, BUTTON), DEED(ARCHIVE, "arsip", archive, BUTTON),
	{ SOP_TASK_PERIODIC_RETURN, "kembalikan", MSG_periodic_do_return, MSG_periodic_do_return_admin_hint,
	  PERIODIC_FORM_REASON },
#undef DEED
};

const char *periodic_show_word(enum sop_task task)
{
	for (size_t i = 0; i < ARRAY_LEN(tasks); i++)
		if (tasks[i].task == task)
			return tasks[i].word;
	return NULL;
}

bool periodic_show_word_parse(const char *word, enum sop_task *ret)
{
	for (size_t i = 0; i < ARRAY_LEN(tasks); i++)
		if (strcmp(tasks[i].word, word) == 0) {
			*ret = tasks[i].task;
			return true;
		}
	return false;
}

/* What the same task is called in this place. */
static void name_deed(struct periodic_deed *d, enum sop_task task, enum periodic_state from, enum periodic_state to)
{
	bool is_via = from == PERIODIC_VIA_SECTION || from == PERIODIC_VIA_DIVISION;

	if (task == SOP_TASK_PERIODIC_COMPILE && from != PERIODIC_OPENED)
		d->button = MSG_periodic_do_recompile;
	if (task == SOP_TASK_PERIODIC_FORM && periodic_holder(from) != ROLE_AGENCY_ADMIN) {
		d->button = MSG_periodic_do_change;
		d->hint = MSG_periodic_do_change_hint;
	}
	if (task == SOP_TASK_PERIODIC_SUBMIT && from == PERIODIC_SIGNED) {
		d->button = MSG_periodic_do_hand;
		d->hint = MSG_periodic_do_hand_hint;
	}
	if (task == SOP_TASK_PERIODIC_RETURN && is_via) {
		d->button = MSG_periodic_do_pass_on;
		d->hint = MSG_periodic_do_pass_on_hint;
	} else if (to == PERIODIC_VIA_SECTION) {
		d->hint = MSG_periodic_do_return_section_hint;
	} else if (to == PERIODIC_VIA_DIVISION) {
		d->hint = MSG_periodic_do_return_division_hint;
	}
}

size_t periodic_show_deeds(const struct ctx *c, const struct periodic_read_row *r,
			   struct periodic_deed ret[PERIODIC_DEEDS_MAX])
{
	const struct sop *sop = periodic_sop(c, r->sop_id);
	enum sop_task wanted = periodic_task(r->state);
	size_t n = 0;

	/* What it waits for first. */
	for (int main = 1; main >= 0; main--)
		for (size_t i = 0; i < ARRAY_LEN(tasks) && n < PERIODIC_DEEDS_MAX; i++) {
			bool is_main = tasks[i].task == wanted && periodic_holder(r->state) == c->who.role;
			enum periodic_state to;

			if (is_main != (main == 1) ||
			    !periodic_decide(sop, tasks[i].task, r->state, c->who.role, &to))
				continue;
			ret[n] = (struct periodic_deed){ .word = tasks[i].word, .button = tasks[i].button,
							 .hint = tasks[i].hint, .kind = tasks[i].kind, .is_main = is_main };
			name_deed(&ret[n++], tasks[i].task, r->state, to);
		}
	return n;
}
