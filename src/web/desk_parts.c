/* SPDX-License-Identifier: Apache-2.0 */
#include "web/desk_parts.h"

#include <string.h>

#include "app/act.h"
#include "app/settings.h"
#include "core/redact.h"
#include "i18n/vocab.h"
#include "web/directory.h"

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

/* The markup of a kept list, parted where " selected" belongs. */
static void take_kept(const struct directory_list *l, const struct directory_item *selected, struct desk_options *ret)
{
	size_t begin = l->n > 0 ? l->p[0].begin : l->end, mark = selected ? selected->mark : l->end;

	ret->kept[0] = (struct html){ l->html + begin, mark - begin };
	ret->kept[1] = (struct html){ l->html + mark, l->end - mark };
}

static struct desk_options kept_options(struct ctx *c, const char *first, const struct directory_list *l,
					const struct directory_item *selected, bool chose_nothing)
{
	struct desk_list_of_options o = { .c = c };
	struct desk_options made;

	if (first)
		desk_parts_add(&o, "", first, chose_nothing, false);
	made = desk_parts_options(&o);
	take_kept(l, selected, &made);
	return made;
}

static const struct directory_item *item_of(const struct directory_list *l, int64_t id)
{
	for (size_t i = 0; id && i < l->n; i++)
		if (l->p[i].id == id)
			return &l->p[i];
	return NULL;
}

struct desk_options desk_parts_categories(struct ctx *c, const char *first, int64_t selected)
{
	struct directory_list l = directory_categories(c->directory);

	return kept_options(c, first, &l, item_of(&l, selected), selected == 0);
}

struct desk_options desk_parts_regions(struct ctx *c, const char *first, const char *selected)
{
	struct directory_list l = directory_regions(c->directory);
	const struct directory_item *item = NULL;

	for (size_t i = 0; *selected && i < l.n; i++)
		if (strcmp(l.p[i].value, selected) == 0)
			item = &l.p[i];
	return kept_options(c, first, &l, item, *selected == '\0');
}

struct desk_options desk_parts_children(struct ctx *c, struct agency_id node, const char *first, int64_t selected)
{
	struct directory_list l = directory_below(c->directory, node);

	return kept_options(c, first, &l, item_of(&l, selected), selected == 0);
}

struct desk_options desk_parts_children_but(struct ctx *c, struct agency_id node, int64_t selected, struct agency_id skip)
{
	struct directory_list l = directory_below(c->directory, node);
	struct desk_list_of_options o = { .c = c };

	for (size_t i = 0; i < l.n; i++)
		if (l.p[i].id != skip.v)
			desk_parts_add(&o, l.p[i].value, l.p[i].name, selected == l.p[i].id, false);
	return desk_parts_options(&o);
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
