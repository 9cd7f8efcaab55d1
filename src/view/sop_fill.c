/* SPDX-License-Identifier: Apache-2.0 */
#include "view/sop_fill.h"

#include <string.h>

#include "assets.h"
#include "base/parse.h"
#include "i18n/format.h"

#define TEXT_MAX 4096
/* sop.css knows the lanes of so many actors. */
#define LANES_MAX 8

/* ---- words */

const char *sop_fill_time(struct arena *a, enum lang lang, struct sop_time t)
{
	static void (*const one[])(struct buf *, enum lang, enum zone, int64_t) = {
		[LIMIT_MINUTES] = msg_sop_minutes, [LIMIT_HOURS] = msg_sop_hours,
		[LIMIT_WORKDAYS] = msg_sop_workdays, [LIMIT_DAYS] = msg_sop_days,
	};
	static void (*const span[])(struct buf *, enum lang, enum zone, int64_t, int64_t) = {
		[LIMIT_MINUTES] = msg_sop_minutes_span, [LIMIT_HOURS] = msg_sop_hours_span,
		[LIMIT_WORKDAYS] = msg_sop_workdays_span, [LIMIT_DAYS] = msg_sop_days_span,
	};
	const char *text = "";
	struct buf b;

	buf_init(&b, TEXT_MAX);
	if (t.every_months > 0)
		msg_sop_every(&b, lang, ZONE_WIB, t.every_months);
	else if (sop_time_is_given(t) && t.min == t.max)
		one[t.unit](&b, lang, ZONE_WIB, t.max);
	else if (sop_time_is_given(t))
		span[t.unit](&b, lang, ZONE_WIB, t.min, t.max);
	if (b.n > 0)
		text = arena_strdup(a, buf_cstr(&b));
	buf_done(&b);
	return text;
}

static const char *join(struct arena *a, const char *so_far, const char *text)
{
	if (so_far[0] == '\0' || text[0] == '\0')
		return so_far[0] ? so_far : text;
	return arena_printf(a, "%s, %s", so_far, text);
}

/* "6-13 hari kerja, 3 jam, 15 menit" of all steps together. */
static const char *sum_text(struct arena *a, enum lang lang, const struct sop *s)
{
	struct sop_sum sum = sop_sum_in_force(s);
	int lo = (int)sum.min_minutes, hi = (int)sum.max_minutes, hours = lo == hi ? lo / 60 : 0;
	struct sop_time parts[] = {
		{ (int)sum.min_days, (int)sum.max_days, sum.has_workdays ? LIMIT_WORKDAYS : LIMIT_DAYS, 0 },
		{ hours, hours, LIMIT_HOURS, 0 },
		{ lo - hours * 60, hi - hours * 60, LIMIT_MINUTES, 0 },
	};
	const char *text = "";

	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		text = join(a, text, sop_fill_time(a, lang, parts[i]));
	return text;
}

/* "2020-03" is "Maret 2020"; what is no date stays as it is. */
static const char *date_text(struct arena *a, enum lang lang, const char *text)
{
	int64_t year, month, day = 0;
	size_t n = strlen(text);

	if ((n != 7 && n != 10) || !parse_int_n(text, 4, 1900, 2200, &year) || !parse_int_n(text + 5, 2, 1, 12, &month) ||
	    (n == 10 && !parse_int_n(text + 8, 2, 1, 31, &day)))
		return text;
	text = arena_printf(a, "%s %d", format_month(lang, (int)month), (int)year);
	return day > 0 ? arena_printf(a, "%d %s", (int)day, text) : text;
}

static enum msg from_text(enum sop_start start)
{
	static const enum msg texts[] = {
		[SOP_START_RECEIVED] = MSG_sop_from_received, [SOP_START_VERIFIED] = MSG_sop_from_verified,
		[SOP_START_DISPOSED] = MSG_sop_from_disposed, [SOP_START_ANSWERED] = MSG_sop_from_answered,
		[SOP_START_PREVIOUS] = MSG_sop_from_previous, [SOP_START_PERIOD_END] = MSG_sop_from_period_end,
	};

	return (size_t)start < ARRAY_LEN(texts) ? texts[start] : MSG_NONE;
}

/* ---- a row: the step and its parts */

struct filler {
	struct arena *a;
	const struct sop *s;
	enum lang lang;
};

static const char *letter_of(const struct filler *f, size_t step)
{
	const char *id = f->s->steps[step].id;

	return sop_step_is_part(&f->s->steps[step]) ? id + strspn(id, "0123456789") : "";
}

static void add_item(struct sop_page_items *to, const char *letter, const char *text)
{
	if (text[0] != '\0')
		to->v[to->n++] = (struct sop_page_item){ letter, text };
}

static bool is_same_time(struct sop_time a, struct sop_time b)
{
	return a.min == b.min && a.max == b.max && a.unit == b.unit && a.every_months == b.every_months;
}

static void add_time(const struct filler *f, struct sop_page_row *to, size_t step)
{
	const struct sop_step *s = &f->s->steps[step];
	struct sop_page_time *t = &to->times[to->time_n];
	bool is_timed = sop_time_is_given(s->in_force) || s->in_force.every_months > 0;

	if (!s->printed[0] && !is_timed)
		return;
	*t = (struct sop_page_time){ .letter = letter_of(f, step), .printed = s->printed, .from = from_text(s->start) };
	if (is_timed && (!s->printed[0] || !is_same_time(s->printed_time, s->in_force)))
		t->in_force = sop_fill_time(f->a, f->lang, s->in_force);
	to->time_n++;
}

static void add_ways(const struct filler *f, struct sop_page_row *to, size_t step)
{
	const struct sop_step *s = &f->s->steps[step];

	for (size_t i = 0; i < s->branch_n; i++) {
		const char *letter = arena_printf(f->a, "%c", sop_chart_letter(f->s, step, i));

		to->ways[to->way_n++] = (struct sop_page_way){
			letter, s->branches[i].when, s->branches[i].to == SOP_END ? NULL : s->branches[i].to_id
		};
	}
}

static void add_step(const struct filler *f, struct sop_page_row *to, size_t step)
{
	const struct sop_step *s = &f->s->steps[step];
	const char *letter = letter_of(f, step);

	if (letter[0])
		add_item(&to->parts, letter, s->name);
	for (size_t i = 0; i < s->requirements.n; i++)
		add_item(&to->requirements, letter, s->requirements.v[i]);
	add_item(&to->outputs, letter, s->output);
	add_item(&to->notes, letter, s->note);
	add_time(f, to, step);
	add_ways(f, to, step);
	for (size_t i = 0; i < s->tells.n; i++)
		if (!strstr(to->tells, s->tells.v[i]))
			to->tells = join(f->a, to->tells, s->tells.v[i]);
}

/* "2 dan 5", "9 sampai 11", "3": is the number among those that follow? */
static bool names_number(const char *text, int number)
{
	int last = -1;
	bool is_span = false;

	for (;;) {
		int n = 0;

		if (*text < '0' || *text > '9')
			return false;
		for (; *text >= '0' && *text <= '9' && n < 1000; text++)
			n = n * 10 + (*text - '0');
		if (n == number || (is_span && last < number && number < n))
			return true;
		last = n;
		text += *text >= 'a' && *text <= 'z';
		is_span = strncmp(text, " sampai ", 8) == 0;
		if (is_span)
			text += 8;
		else if (strncmp(text, " dan ", 5) == 0)
			text += 5;
		else if (strncmp(text, ", ", 2) == 0)
			text += 2;
		else
			return false;
	}
}

/* Does the text speak of "langkah 3"? */
static bool names_step(const char *text, int number)
{
	static const char word[] = "angkah ";

	for (text = strstr(text, word); text; text = strstr(text, word)) {
		text += sizeof(word) - 1;
		if (names_number(text, number))
			return true;
	}
	return false;
}

static bool has_days_read_as_workdays(const struct filler *f, const struct sop_chart_row *r)
{
	for (size_t i = r->step; i < r->end; i++)
		if (f->s->steps[i].printed_time.unit == LIMIT_DAYS && f->s->steps[i].in_force.unit == LIMIT_WORKDAYS)
			return true;
	return false;
}

/* The decisions that a row rests on: those that name it, and E10 where days are read as working days. */
static const char *decisions_of(const struct filler *f, const struct sop_chart_row *r)
{
	const char *found = "", *id = f->s->steps[r->step].id;
	int number = 0;

	for (; *id >= '0' && *id <= '9'; id++)
		number = number * 10 + (*id - '0');
	for (size_t i = 0; i < f->s->decision_n; i++) {
		const struct sop_decision *d = &f->s->decisions[i];

		if (names_step(d->printed, number) || names_step(d->decision, number) ||
		    (d->conflict == 10 && has_days_read_as_workdays(f, r)))
			found = join(f->a, found, arena_printf(f->a, "E%d", d->conflict));
	}
	return found;
}

/* ---- the flowchart of a row */

static const char *y_text(struct arena *a, int y)
{
	if (y == SOP_CHART_TOP)
		return "-50%";
	return y == SOP_CHART_BOTTOM ? "50%" : arena_printf(a, "%d", y);
}

static void fill_lines(const struct filler *f, const struct sop_chart_row *r, struct sop_page_row *to)
{
	to->chart = r;
	to->lines = arena_new_many(f->a, struct sop_page_line, r->line_n + 1);
	to->tips = arena_new_many(f->a, struct sop_page_tip, r->line_n + 1);
	for (size_t i = 0; i < r->line_n; i++) {
		const struct sop_chart_line *l = &r->lines[i];

		to->lines[to->line_n++] = (struct sop_page_line){ l->x1, l->x2, y_text(f->a, l->y1), y_text(f->a, l->y2),
								  l->is_dashed };
		if (l->is_arrow)
			to->tips[to->tip_n++] = (struct sop_page_tip){ l->x2, l->y2 };
	}
}

static void fill_row(const struct filler *f, const struct sop_chart_row *r, struct sop_page_row *to)
{
	size_t n = r->end - r->step, texts = 0, ways = 0;
	const char *by = "";

	for (size_t i = r->step; i < r->end; i++) {
		texts += f->s->steps[i].requirements.n;
		ways += f->s->steps[i].branch_n;
	}
	*to = (struct sop_page_row){ .id = f->s->steps[r->step].id, .name = f->s->steps[r->step].name, .tells = "",
				     .is_beside = f->s->steps[r->step].is_beside };
	to->parts.v = arena_new_many(f->a, struct sop_page_item, n);
	to->requirements.v = arena_new_many(f->a, struct sop_page_item, texts + 1);
	to->outputs.v = arena_new_many(f->a, struct sop_page_item, n);
	to->notes.v = arena_new_many(f->a, struct sop_page_item, n);
	to->times = arena_new_many(f->a, struct sop_page_time, n);
	to->ways = arena_new_many(f->a, struct sop_page_way, ways + 1);
	for (size_t i = r->step; i < r->end; i++)
		add_step(f, to, i);
	for (size_t i = 0; i < r->shape_n; i++)
		if (r->shapes[i].kind < SOP_CHART_START)
			by = join(f->a, by, f->s->actors[r->shapes[i].actor].name);
	to->by = by;
	to->decisions = decisions_of(f, r);
	fill_lines(f, r, to);
}

/* ---- the page */

static void fill_lists(const struct filler *f, struct sop_page *p)
{
	const struct sop *s = f->s;

	p->laws = arena_new_many(f->a, struct sop_page_law, s->law_n + 1);
	for (p->law_n = 0; p->law_n < s->law_n; p->law_n++)
		p->laws[p->law_n] = (struct sop_page_law){ s->laws[p->law_n].printed, s->laws[p->law_n].title,
							   s->laws[p->law_n].reads };
	p->actors = arena_new_many(f->a, const char *, s->actor_n + 1);
	for (p->actor_n = 0; p->actor_n < s->actor_n; p->actor_n++)
		p->actors[p->actor_n] = s->actors[p->actor_n].name;
	p->decisions = arena_new_many(f->a, struct sop_page_decision, s->decision_n + 1);
	for (p->decision_n = 0; p->decision_n < s->decision_n; p->decision_n++) {
		const struct sop_decision *d = &s->decisions[p->decision_n];

		p->decisions[p->decision_n] = (struct sop_page_decision){ d->conflict, d->printed, d->decision };
	}
}

void sop_fill(struct arena *a, const struct sop *s, enum lang lang, struct sop_page *ret)
{
	const struct sop_chart *chart = sop_chart_make(a, s);
	struct filler f = { a, s, lang };

	*ret = (struct sop_page){
		.id = s->id, .number = s->number, .title = s->title, .government = s->government, .office = s->office,
		.signed_by = s->signed_by, .made_on = date_text(a, lang, s->made_on),
		.ratified_on = date_text(a, lang, s->ratified_on), .effective_on = date_text(a, lang, s->effective_on),
		 .qualifications = s->qualifications, .related = s->related,
		.equipment = s->equipment, .warnings = s->warnings, .records = s->records,
		.lanes_class = arena_printf(a, "n%zu", s->actor_n < LANES_MAX ? s->actor_n : LANES_MAX),
		.lane_w = chart->lane_w, .chart_w = chart->width, .total = s->total_printed, .sum = sum_text(a, lang, s),
	};
	fill_lists(&f, ret);
	ret->rows = arena_new_many(a, struct sop_page_row, chart->n + 1);
	for (ret->n = 0; ret->n < chart->n; ret->n++)
		fill_row(&f, &chart->rows[ret->n], &ret->rows[ret->n]);
}

struct html sop_fill_style(struct arena *a)
{
	const struct asset *css = asset_find(ASSET_sop_css);
	char *text;

	BUG_ON(!css);
	text = arena_printf(a, "<style>%.*s</style>", (int)css->n, (const char *)css->bytes);
	return (struct html){ text, strlen(text) };
}
