/* SPDX-License-Identifier: Apache-2.0
 * periodic - the tables of periodic.def, and the projection of the events.
 */
#include "core/periodic.h"

#include <stdio.h>
#include <string.h>

#include "base/parse.h"
#include "core/sop_run.h"

static const struct place {
	enum role holder;
	enum sop_task task;
	enum role by;       /* whom the SOP names for the task */
	const char *step;
	struct limit limit;
} places[] = {
#define SOP_TASK_PERIODIC_NONE SOP_TASK_NONE
#define STATE(n, v, holder, task, by, step, limit, unit) \
	[v] = { ROLE_##holder, SOP_TASK_PERIODIC_##task, ROLE_##by, step, { limit, LIMIT_##unit } },
#include "core/periodic.def"
#undef STATE
#undef SOP_TASK_PERIODIC_NONE
};

static const struct rule {
	enum sop_task task;
	enum periodic_state from;
	enum role by;
	enum periodic_state to;
} rules[] = {
#define RULE(task, from, by, to) { SOP_TASK_PERIODIC_##task, PERIODIC_##from, ROLE_##by, PERIODIC_##to },
#include "core/periodic.def"
#undef RULE
};

static const struct place *place_of(enum periodic_state s)
{
	return (size_t)s < ARRAY_LEN(places) ? &places[s] : &places[PERIODIC_NONE];
}

const char *periodic_state_word(enum periodic_state s)
{
	static const char *const words[] = {
		[PERIODIC_OPENED] = "opened",
		[PERIODIC_COMPILED] = "compiled",
		[PERIODIC_DRAFTED] = "drafted",
		[PERIODIC_AT_SECTION] = "at_section",
		[PERIODIC_SECTION_CHECKED] = "section_checked",
		[PERIODIC_AT_DIVISION] = "at_division",
		[PERIODIC_DIVISION_CHECKED] = "division_checked",
		[PERIODIC_COVERED] = "covered",
		[PERIODIC_AT_OFFICE] = "at_office",
		[PERIODIC_OFFICE_CHECKED] = "office_checked",
		[PERIODIC_SIGNED] = "signed",
		[PERIODIC_HANDED] = "handed",
		[PERIODIC_DELIVERED] = "delivered",
		[PERIODIC_ARCHIVED] = "archived",
		[PERIODIC_VIA_SECTION] = "via_section",
		[PERIODIC_VIA_DIVISION] = "via_division",
		[PERIODIC_RETURNED] = "returned",
	};

	return (size_t)s < ARRAY_LEN(words) ? words[s] : NULL;
}

enum role periodic_holder(enum periodic_state s)
{
	return place_of(s)->holder;
}

enum sop_task periodic_task(enum periodic_state s)
{
	return place_of(s)->task;
}

bool periodic_is_open(enum periodic_state s)
{
	return place_of(s)->holder != ROLE_NONE;
}

bool periodic_is_signed(enum periodic_state s)
{
	return s == PERIODIC_SIGNED || s == PERIODIC_HANDED || s == PERIODIC_DELIVERED || s == PERIODIC_ARCHIVED;
}

static bool step_is_by(const struct sop *sop, const struct sop_step *step, enum role by)
{
	for (size_t i = 0; i < step->by_n; i++)
		if (sop->actors[step->by[i]].role == by)
			return true;
	return false;
}

/* The step that names the task for the role; a part stands for the step of its number. SOP_END: none. */
static size_t find_step(const struct sop *sop, enum sop_task task, enum role by)
{
	size_t whole = SOP_END;

	for (size_t i = 0; sop && i < sop->step_n; i++) {
		const struct sop_step *step = &sop->steps[i];

		if (!sop_step_is_part(step))
			whole = i;
		for (size_t k = 0; k < step->act_n; k++)
			if (step->acts[k].task == task && task != SOP_TASK_NONE && step_is_by(sop, step, by))
				return whole;
	}
	return SOP_END;
}

static bool knows_role(const struct sop *sop, enum role by)
{
	for (size_t i = 0; i < sop->step_n; i++)
		if (step_is_by(sop, &sop->steps[i], by))
			return true;
	return false;
}

/* What the SOP leaves out; a signature, a delivery, the work itself cannot be left out. */
static bool is_left_out(const struct sop *sop, enum periodic_state s)
{
	const struct place *p = place_of(s);

	if (!sop)
		return false;
	if (s == PERIODIC_VIA_SECTION || s == PERIODIC_VIA_DIVISION)
		return !knows_role(sop, p->holder);
	if (s != PERIODIC_SIGNED && p->task != SOP_TASK_PERIODIC_CHECK && p->task != SOP_TASK_PERIODIC_COVER &&
	    p->task != SOP_TASK_PERIODIC_INITIAL)
		return false;
	return find_step(sop, p->task, p->by) == SOP_END;
}

static enum periodic_state after_left_out(enum periodic_state s)
{
	return s == PERIODIC_VIA_SECTION || s == PERIODIC_VIA_DIVISION ? PERIODIC_RETURNED : (enum periodic_state)(s + 1);
}

static const struct rule *find_rule(enum sop_task task, enum periodic_state from, enum role by)
{
	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		if (rules[i].task == task && rules[i].from == from && rules[i].by == by)
			return &rules[i];
	return NULL;
}

bool periodic_decide(const struct sop *sop, enum sop_task task, enum periodic_state from, enum role by,
		     enum periodic_state *ret_to)
{
	const struct rule *r = find_rule(task, from, by);

	if (!r)
		return false;
	*ret_to = r->to;
	while (is_left_out(sop, *ret_to))
		*ret_to = after_left_out(*ret_to);
	return true;
}

static bool can_be_left_out(enum periodic_state s)
{
	static const struct sop nothing = { .step_n = 0 };

	return is_left_out(&nothing, s);
}

bool periodic_is_legal(enum sop_task task, enum periodic_state from, enum role by, enum periodic_state to)
{
	const struct rule *r = find_rule(task, from, by);
	enum periodic_state s = r ? r->to : PERIODIC_NONE;

	while (r && s != to && can_be_left_out(s))
		s = after_left_out(s);
	return r && s == to;
}

size_t periodic_step(const struct sop *sop, enum periodic_state s)
{
	return find_step(sop, place_of(s)->task, place_of(s)->by);
}

const char *periodic_step_id(const struct sop *sop, enum periodic_state s)
{
	size_t at = periodic_step(sop, s);

	return at != SOP_END ? sop->steps[at].id : place_of(s)->step ? place_of(s)->step : "";
}

struct limit periodic_limit(const struct sop *sop, enum periodic_state s)
{
	size_t at = periodic_step(sop, s);

	if (at != SOP_END)
		return sop_run_limit(&sop->steps[at]);
	return sop ? (struct limit){ 0, LIMIT_MINUTES } : place_of(s)->limit;
}

struct instant periodic_since(const struct sop *sop, enum periodic_state from, struct instant since,
			      enum periodic_state to, struct day last_on, const struct calendar *c, struct instant now)
{
	if (from == PERIODIC_NONE)
		return calendar_end_of_day(c, last_on);
	/* Another state of the same step: its time goes on. */
	if (periodic_holder(from) == periodic_holder(to) &&
	    strcmp(periodic_step_id(sop, from), periodic_step_id(sop, to)) == 0)
		return since;
	return now;
}

struct instant periodic_due(const struct sop *sop, enum periodic_state s, const struct calendar *c, struct instant since)
{
	struct limit limit = periodic_limit(sop, s);

	return limit.n > 0 ? clock_due(c, limit, since, 0) : (struct instant){ 0 };
}

struct hash periodic_hash(const struct hash *previous, const struct periodic_event *e)
{
	static const struct hash zero;
	struct hash_state s;

	hash_begin(&s, NULL);
	hash_piece(&s, previous ? previous->b : zero.b, HASH_BYTES);
	hash_int(&s, e->periodic.v);
	hash_int(&s, e->seq);
	hash_int(&s, e->at.ms);
	hash_text(&s, e->what);
	hash_int(&s, (int64_t)e->role);
	hash_int(&s, e->account.v);
	hash_int(&s, (int64_t)e->to);
	hash_int(&s, e->version);
	hash_piece(&s, e->digest ? e->digest->b : zero.b, HASH_BYTES);
	hash_int(&s, e->was_late);
	hash_text(&s, e->number);
	hash_text(&s, e->note);
	return hash_end(&s);
}

static void void_mark(struct periodic_projection *p, struct periodic_mark *m, bool is_initial)
{
	p->voided += is_initial && m->seq != 0;
	*m = (struct periodic_mark){ 0 };
}

static void void_marks(struct periodic_projection *p)
{
	void_mark(p, &p->by_section, true);
	void_mark(p, &p->by_division, true);
	void_mark(p, &p->cover, false);
	void_mark(p, &p->signature, false);
}

void periodic_project(struct periodic_projection *p, const struct periodic_event *e)
{
	const struct periodic_mark mark = { e->seq, e->at, e->account };
	enum sop_task task;

	if (sop_task_parse(e->what, &task)) {
		if (task == SOP_TASK_PERIODIC_COMPILE || task == SOP_TASK_PERIODIC_FORM || task == SOP_TASK_PERIODIC_RETURN)
			void_marks(p);
		else if (task == SOP_TASK_PERIODIC_INITIAL)
			*(e->role == ROLE_SECTION_HEAD ? &p->by_section : &p->by_division) = mark;
		else if (task == SOP_TASK_PERIODIC_COVER)
			p->cover = mark;
		else if (task == SOP_TASK_PERIODIC_SIGN)
			p->signature = mark;
	}
	p->state = e->to;
	p->seq = e->seq;
	p->version = e->version;
}

bool periodic_months_are_valid(int64_t months)
{
	return months > 0 && months <= 12 && 12 % months == 0;
}

static struct day first_of(int64_t month_index)
{
	return day_from_civil((int)(month_index / 12), (int)(month_index % 12) + 1, 1);
}

void periodic_period_before(struct day today, int months, struct day *ret_first, struct day *ret_last)
{
	struct civil c = day_to_civil(today);
	int64_t begin = (int64_t)c.year * 12 + (c.month - 1) / months * months;

	*ret_first = first_of(begin - months);
	*ret_last = day_add(first_of(begin), -1);
}

void periodic_key(struct day first, struct day last, char ret[PERIODIC_KEY_MAX])
{
	char a[11], b[11];

	day_format(first, a);
	day_format(last, b);
	if (strncmp(a, b, 7) == 0)
		snprintf(ret, PERIODIC_KEY_MAX, "%.7s", a);
	else
		snprintf(ret, PERIODIC_KEY_MAX, "%.7s_%.7s", a, b);
}

static bool parse_month(const char *s, int64_t *ret_index)
{
	int64_t year, month;

	if (strlen(s) < 7 || s[4] != '-' || !parse_int_n(s, 4, 1900, 2200, &year) || !parse_int_n(s + 5, 2, 1, 12, &month))
		return false;
	*ret_index = year * 12 + month - 1;
	return true;
}

bool periodic_key_parse(const char *key, struct day *ret_first, struct day *ret_last)
{
	size_t n = strlen(key);
	int64_t a, b;

	if ((n != 7 && (n != 15 || key[7] != '_')) || !parse_month(key, &a))
		return false;
	b = a;
	if (n == 15 && (!parse_month(key + 8, &b) || b <= a))
		return false;
	*ret_first = first_of(a);
	*ret_last = day_add(first_of(b + 1), -1);
	return true;
}
