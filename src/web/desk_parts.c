/* SPDX-License-Identifier: Apache-2.0 */
#include "web/desk_parts.h"

#include <string.h>

#include "app/act.h"
#include "app/settings.h"
#include "core/redact.h"
#include "i18n/vocab.h"
#include "query_desk.h"

#define SPANS_MAX 100

void desk_parts_add(struct desk_list_of_options *o, const char *value, const char *text, bool selected, bool is_sub)
{
	if (o->n == o->cap) {
		size_t cap = o->cap ? 2 * o->cap : 16;
		struct desk_option *p = arena_new_many(o->c->a, struct desk_option, cap);

		if (o->n > 0)
			memcpy(p, o->p, o->n * sizeof(*p));
		o->p = p;
		o->cap = cap;
	}
	o->p[o->n++] = (struct desk_option){ .value = value, .text = text, .selected = selected, .is_sub = is_sub };
}

void desk_parts_add_id(struct desk_list_of_options *o, int64_t id, const char *text, bool selected, bool is_sub)
{
	desk_parts_add(o, arena_printf(o->c->a, "%lld", (long long)id), text, selected, is_sub);
}

enum rc desk_parts_categories(struct ctx *c, const char *first, int64_t selected, struct desk_options *ret)
{
	struct desk_list_of_options o = { .c = c };
	struct desk_categories_row *rows;
	size_t n;

	TRY(q_desk_categories(c->db, c->a, &rows, &n));
	desk_parts_add(&o, "", first, selected == 0, false);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || rows[i].id.v != rows[i - 1].id.v)
			desk_parts_add_id(&o, rows[i].id.v, rows[i].name, selected == rows[i].id.v, false);
		if (rows[i].child_id.v != 0)
			desk_parts_add_id(&o, rows[i].child_id.v, rows[i].child, selected == rows[i].child_id.v, true);
	}
	*ret = desk_parts_options(&o);
	return RC_OK;
}

enum rc desk_parts_regions(struct ctx *c, const char *first, const char *selected, struct desk_options *ret)
{
	struct desk_list_of_options o = { .c = c };
	struct desk_regions_row *rows;
	size_t n;

	TRY(q_desk_regions(c->db, c->a, c->settings->region_code, &rows, &n));
	desk_parts_add(&o, "", first, *selected == '\0', false);
	for (size_t i = 0; i < n; i++)
		desk_parts_add(&o, rows[i].code, rows[i].name, strcmp(rows[i].code, selected) == 0, false);
	*ret = desk_parts_options(&o);
	return RC_OK;
}

enum rc desk_parts_children(struct ctx *c, struct agency_id node, const char *first, int64_t selected,
			    struct agency_id skip, struct desk_options *ret)
{
	struct desk_list_of_options o = { .c = c };
	struct desk_children_row *rows;
	size_t n;

	TRY(q_desk_children(c->db, c->a, node, &rows, &n));
	if (first)
		desk_parts_add(&o, "", first, selected == 0, false);
	for (size_t i = 0; i < n; i++)
		if (rows[i].id.v != skip.v)
			desk_parts_add_id(&o, rows[i].id.v, rows[i].name, selected == rows[i].id.v, false);
	*ret = desk_parts_options(&o);
	return RC_OK;
}

struct desk_options desk_parts_classes(struct ctx *c, enum class_ selected)
{
	static const enum class_ all[] = { CLASS_COMPLAINT, CLASS_COMPLAINT_OVERSIGHT, CLASS_ASPIRATION, CLASS_INFORMATION };
	struct desk_list_of_options o = { .c = c };

	if (selected == CLASS_NONE)
		desk_parts_add(&o, "", msg_desk_choose(c->lang), true, false);
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		desk_parts_add(&o, class_word(all[i]), msg_text(c->lang, vocab_class(all[i])), all[i] == selected, false);
	return desk_parts_options(&o);
}

struct desk_options desk_parts_visibilities(struct ctx *c, enum visibility least, enum visibility selected)
{
	static const enum visibility all[] = { VISIBILITY_OPEN, VISIBILITY_ANONYMOUS, VISIBILITY_SECRET };
	struct desk_list_of_options o = { .c = c };

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (all[i] >= least)
			desk_parts_add(&o, visibility_word(all[i]), msg_text(c->lang, vocab_visibility(all[i])),
				       all[i] == selected, false);
	return desk_parts_options(&o);
}

struct desk_options desk_parts_reasons(struct ctx *c, enum action action, const char *selected)
{
	struct desk_list_of_options o = { .c = c };

	for (const char *const *r = act_reasons(action); r && *r; r++)
		desk_parts_add(&o, *r, msg_text(c->lang, vocab_reason(*r)), selected && strcmp(*r, selected) == 0, false);
	return desk_parts_options(&o);
}

static bool is_end_of_day(struct instant at, enum zone z)
{
	struct civil v = instant_civil(at, z);

	return v.hour == 23 && v.minute == 59;
}

struct desk_due desk_parts_due(const struct ctx *c, const struct clock *k)
{
	enum zone z = c->settings->zone;
	struct clock_reading r;

	if (!instant_is_set(k->due_at))
		return (struct desk_due){ .is_set = false };
	r = clock_read(k, c->calendar, c->now);
	return (struct desk_due){
		.is_set = true,
		.tone = r.tone,
		.unit = r.unit,
		.left = r.left,
		.is_today = r.left >= 0 && r.tone != TONE_PAUSED && r.tone != TONE_DONE &&
			    instant_day(k->due_at, z).n == instant_day(c->now, z).n,
		.has_time = !is_end_of_day(k->due_at, z),
		.at = k->due_at,
	};
}

struct desk_due desk_parts_due_held(const struct ctx *c, struct instant since, struct instant due)
{
	enum zone z = c->settings->zone;
	int n;

	if (!instant_is_set(due))
		return (struct desk_due){ .is_set = false };
	n = calendar_count_workdays(c->calendar, instant_day(since, z), instant_day(due, z));
	return desk_parts_due(c, &(struct clock){
		.started_at = since, .due_at = due, .limit = { n > 0 ? n : 1, LIMIT_WORKDAYS }, .rule = "" });
}

static const char *masked(struct ctx *c, const char *text, const struct pii_span *s)
{
	const char *part = arena_strndup(c->a, text + s->start, s->end - s->start);

	switch (s->kind) {
	case PII_EMAIL: return redact_email(c->a, part);
	case PII_PHONE: return redact_phone(c->a, part);
	case PII_NIK:
	case PII_NUMBER: return redact_mask(c->a, part);
	}
	return redact_mask(c->a, part);
}

struct desk_text desk_parts_marked(struct ctx *c, const char *text, bool open, int *ret_found)
{
	struct pii_span spans[SPANS_MAX];
	size_t n = redact_find(text, spans, SPANS_MAX), used = 0, at = 0;
	struct desk_piece *p = arena_new_many(c->a, struct desk_piece, 2 * n + 1);

	for (size_t i = 0; i < n; i++) {
		p[used++] = (struct desk_piece){ arena_strndup(c->a, text + at, spans[i].start - at), false };
		p[used++] = (struct desk_piece){
			open ? arena_strndup(c->a, text + spans[i].start, spans[i].end - spans[i].start) :
			       masked(c, text, &spans[i]),
			true };
		at = spans[i].end;
	}
	/* Past the last place that was marked, the rest is masked as a whole: more than SPANS_MAX is not a text. */
	p[used++] = (struct desk_piece){ open || n < SPANS_MAX ? text + at : redact_mask(c->a, text + at), false };
	*ret_found = (int)n;
	return (struct desk_text){ p, used };
}

const char *desk_parts_refusal(const struct ctx *c)
{
	const char *text = msg_text(c->lang, vocab_refusal(c->err.refusal));
	bool is_gate = c->err.refusal == REFUSE_sop_gate_role || c->err.refusal == REFUSE_sop_gate_after;

	return is_gate && c->why ? arena_printf(c->a, "%s %s", text, c->why) : text;
}
