/* SPDX-License-Identifier: Apache-2.0
 * desk_task - the tasks of the SOP in force on the report page: what this person may do now, and the doing of it.
 *
 * A task leaves an event with its word and a text, and nothing else; whether it may be done is decided again by app/act.
 * What has fields of its own (summons, root cause) is put into that text in the language of the record.
 */
#include <string.h>

#include "app/act.h"
#include "app/settings.h"
#include "i18n/vocab.h"
#include "query_desk_sop.h"
#include "web/desk_parts.h"
#include "web/desk_sop.h"
#include "web/error_page.h"
#include "web/form_read.h"
#include "web/handlers.h"

#define FIELD_MAX 300
#define HALF_MAX 2000

/* How each task's form looks; note MSG_NONE: no text is asked. Those that are not here have another place. */
static const struct look {
	enum sop_task task;
	enum msg title, hint, note, button;
	enum desk_task_shape shape;
	bool is_required;
	const char *page; /* of a link: behind the report's address */
} looks[] = {
#define LOOK(TASK, word, ...) \
	{ .task = SOP_TASK_##TASK, .title = MSG_desk_task_##word##_title, .hint = MSG_desk_task_##word##_hint, \
	  .button = MSG_desk_task_##word##_button, __VA_ARGS__ }
#define LOOK_NOTE(TASK, word, ...) LOOK(TASK, word, .note = MSG_desk_task_##word##_note, __VA_ARGS__)
#define LOOK_LINK(TASK, name, to) \
	{ .task = SOP_TASK_##TASK, .button = MSG_##name, .shape = DESK_TASK_LINK, .page = to }
	LOOK(RECEIVE, receive, .shape = DESK_TASK_BARE),
	LOOK(INFORM_LIAISON, inform_liaison, .shape = DESK_TASK_BARE),
	LOOK(INFORM_ADMIN, inform_admin, .shape = DESK_TASK_BARE),
	LOOK_NOTE(INFORM_HEAD, inform_head, .shape = DESK_TASK_NOTE, .is_required = false),
	LOOK_NOTE(CLARIFY, clarify, .shape = DESK_TASK_NOTE, .is_required = true),
	LOOK_NOTE(EXAMINE, examine, .shape = DESK_TASK_NOTE, .is_required = true),
	LOOK_NOTE(SUMMON, summon, .shape = DESK_TASK_SUMMON, .is_required = true),
	LOOK_LINK(FIELD_MINUTES, minutes_title, "berita-acara"),
	LOOK_LINK(MINUTES_APPROVE, minutes_decide, "berita-acara"),
	LOOK_NOTE(DRAFT_ANSWER, draft_answer, .shape = DESK_TASK_NOTE, .is_required = true),
	LOOK_NOTE(MONITOR, monitor, .shape = DESK_TASK_NOTE, .is_required = false),
	LOOK_LINK(DISPOSITION_SHEET, desk_sheet_title, "lembar"),
	LOOK_NOTE(ROOT_CAUSE, root_cause, .shape = DESK_TASK_ROOT_CAUSE, .is_required = true),
	LOOK_NOTE(SETTLEMENT_REPORT, settlement_report, .shape = DESK_TASK_NOTE, .is_required = true),
	LOOK_NOTE(RECORD, record, .shape = DESK_TASK_NOTE, .is_required = false),
#undef LOOK
#undef LOOK_NOTE
#undef LOOK_LINK
};

/* Number and link, nothing else (E19). */
static const char *share_text(struct ctx *c, const char *number)
{
	const char *made;
	struct buf b;

	buf_init(&b, 1024);
	msg_desk_share(&b, c->lang, c->settings->zone, number);
	buf_printf(&b, " %s/meja/laporan/%s", c->settings->base_url, number);
	made = arena_strdup(c->a, buf_cstr(&b));
	buf_done(&b);
	return made;
}

/* Where a group is set, the message goes out by itself. */
static enum rc offer_share(struct ctx *c, const struct desk_loaded *l, struct desk_task *t)
{
	struct desk_sop_group_row group;

	TRY(q_desk_sop_group(c->db, c->a, l->r.agency_id, &group));
	if (!group.group_channel)
		t->share_text = share_text(c, l->r.number);
	return RC_OK;
}

static void mark_done(const struct desk_loaded *l, enum sop_task task, struct desk_task *t)
{
	const struct desk_events_row *e = desk_sop_done(l, (struct sop_act){ .task = task }, !t->is_here);

	if (!e)
		return;
	t->is_done = true;
	t->done_at = e->at;
	t->done_by = e->actor;
}

static void take_typed(const struct desk_typed *typed, struct desk_task *t)
{
	if (!typed || typed->action != ACT_TASK || !typed->task || strcmp(typed->task, t->word) != 0)
		return;
	t->is_open = true;
	t->problem = typed->problem;
	t->typed = typed->task_fields;
}

static enum rc make(struct ctx *c, const struct desk_loaded *l, const struct look *k, bool is_here,
		    const struct desk_typed *typed, struct desk_task *ret)
{
	struct desk_task t = {
		.word = sop_task_word(k->task),
		.form_id = arena_printf(c->a, "tugas-%s", sop_task_word(k->task)),
		.title = k->title == MSG_NONE ? NULL : msg_text(c->lang, k->title),
		.hint = k->hint == MSG_NONE ? NULL : msg_text(c->lang, k->hint),
		.note_label = k->note == MSG_NONE ? NULL : msg_text(c->lang, k->note),
		.button = msg_text(c->lang, k->button),
		.shape = k->shape,
		.is_required = k->is_required,
		.is_here = is_here,
	};

	if (k->page)
		t.href = arena_printf(c->a, "/meja/laporan/%s/%s", l->r.number, k->page);
	mark_done(l, k->task, &t);
	if (k->task == SOP_TASK_DRAFT_ANSWER)
		TRY(desk_sop_draft(c, l, ACT_ANSWER, &t.typed.note));
	if (k->task == SOP_TASK_INFORM_LIAISON)
		TRY(offer_share(c, l, &t));
	take_typed(typed, &t);
	*ret = t;
	return RC_OK;
}

/* Of a link to the same page one is enough. */
static bool is_offered_twice(const struct desk_sop *s, const struct desk_task *t)
{
	for (size_t i = 0; t->href && i < s->n_tasks; i++)
		if (s->tasks[i].href && strcmp(s->tasks[i].href, t->href) == 0)
			return true;
	return false;
}

/* At the step, or while its clock runs beside. */
static bool is_of_now(const struct desk_loaded *l, const struct sop *s, size_t at, enum sop_task task, enum role by)
{
	struct sop_act act = { .task = task };

	if (sop_run_names(s, at, act, by))
		return true;
	for (size_t i = 0; i < s->step_n; i++)
		if (s->steps[i].is_beside && sop_run_names(s, i, act, by))
			return !desk_sop_done(l, act, false);
	return false;
}

enum rc desk_task_offer(struct ctx *c, const struct desk_loaded *l, const struct desk_typed *typed,
			struct desk_sop *ret)
{
	struct desk_task *all = arena_new_many(c->a, struct desk_task, ARRAY_LEN(looks));
	size_t at;
	const struct sop *s = desk_sop_of(c, &l->r, &at);

	ret->tasks = all;
	for (size_t i = 0; i < ARRAY_LEN(looks); i++) {
		struct desk_task *t = &all[ret->n_tasks];

		if (!desk_sop_allows(c, l, looks[i].task))
			continue;
		TRY(make(c, l, &looks[i], is_of_now(l, s, at, looks[i].task, c->who.role), typed, t));
		if (!is_offered_twice(ret, t))
			ret->n_tasks++;
	}
	return RC_OK;
}

/* ---- the doing of it */

static const struct look *look_of(const char *word)
{
	enum sop_task task;

	for (size_t i = 0; sop_task_parse(word, &task) && i < ARRAY_LEN(looks); i++)
		if (looks[i].task == task && looks[i].shape != DESK_TASK_LINK)
			return &looks[i];
	return NULL;
}

/* A task as it was sent. */
struct task_sent {
	const char *number, *word;
	const struct look *look;
	struct desk_typed t;
	struct day day;
	bool fits;
};

static struct task_sent read_form(struct ctx *c, const struct request *req, const struct look *k)
{
	struct form_read f = form_read_begin(c, req);
	size_t least = k->is_required ? 1 : 0;
	struct task_sent s = { .number = request_param(req, "nomor"), .word = sop_task_word(k->task), .look = k };
	struct desk_task_typed *t = &s.t.task_fields;

	s.t.action = ACT_TASK;
	s.t.task = s.word;
	t->note = form_read_lines(&f, "catatan", least, k->shape == DESK_TASK_ROOT_CAUSE ? HALF_MAX : REPORT_NOTE_MAX - 1000);
	s.t.note = t->note;
	if (k->shape == DESK_TASK_ROOT_CAUSE)
		t->correction = form_read_lines(&f, "korektif", 1, HALF_MAX);
	if (k->shape == DESK_TASK_SUMMON) {
		t->unit = form_read_text(&f, "unit", 1, FIELD_MAX);
		t->day = form_read_raw(&f, "hari");
		t->hour = form_read_text(&f, "jam", 1, 5);
		t->place = form_read_text(&f, "tempat", 1, FIELD_MAX);
		s.day = form_read_day(&f, "hari");
	}
	s.fits = f.problems.n == 0 && (k->shape != DESK_TASK_SUMMON || s.day.n != DAY_NONE);
	return s;
}

/* As it stands in the history, and on the printed letter. */
static const char *text_of(struct ctx *c, const struct task_sent *s)
{
	const struct desk_task_typed *t = &s->t.task_fields;
	enum zone z = c->settings->zone;
	const char *made;
	struct buf b;

	if (s->look->shape != DESK_TASK_SUMMON && s->look->shape != DESK_TASK_ROOT_CAUSE)
		return *t->note ? t->note : NULL;
	buf_init(&b, 64 * 1024);
	if (s->look->shape == DESK_TASK_ROOT_CAUSE) {
		msg_desk_root_cause_record(&b, LANG_ID, z, t->note, t->correction);
	} else {
		msg_desk_summon_record_unit(&b, LANG_ID, z, t->unit);
		buf_char(&b, '\n');
		msg_desk_summon_record_when(&b, LANG_ID, z, s->day, t->hour);
		buf_char(&b, '\n');
		msg_desk_summon_record_place(&b, LANG_ID, z, t->place);
		buf_printf(&b, "\n\n%s", t->note);
	}
	made = arena_strdup(c->a, buf_cstr(&b));
	buf_done(&b);
	return made;
}

/* The page once more, with status and sentence; rc stays, so that nothing half done does. */
static enum rc show_again(struct ctx *c, const struct request *req, struct response *res, struct task_sent *s, enum rc rc,
			  const char *problem)
{
	struct err why = c->err;

	s->t.problem = problem;
	s->t.is_conflict = rc == RC_CONFLICT && why.refusal == REFUSE_changed_meanwhile;
	res->status = rc == RC_OK ? 403 : error_page_status(rc);
	TRY(desk_report_show(c, req, res, s->number, &s->t));
	c->err = why;
	return rc;
}

/* POST /meja/laporan/{nomor}/tugas/{kata} */
enum rc desk_task_post(struct ctx *c, const struct request *req, struct response *res)
{
	const struct look *k = look_of(request_param(req, "kata"));
	struct act_in in = { .action = ACT_TASK, .seen_version = -1 };
	struct act_out out;
	struct task_sent s;
	enum rc rc;

	if (!k)
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	s = read_form(c, req, k);
	if (req->csrf_failed)
		return show_again(c, req, res, &s, RC_OK, msg_text(c->lang, MSG_refusal_form_expired));
	if (!s.fits)
		return show_again(c, req, res, &s, RC_INVALID, msg_desk_task_incomplete(c->lang));
	in.reason = s.word;
	in.note = text_of(c, &s);
	rc = act_by_number(c, s.number, &in, &out);
	if (rc == RC_CONFLICT || rc == RC_INVALID || rc == RC_DENIED)
		return show_again(c, req, res, &s, rc, desk_parts_refusal(c));
	TRY(rc);
	response_flash(c, res, MSG_desk_done_task);
	return response_redirect(c, res, "/meja/laporan/%s#sop", s.number);
}
