/* SPDX-License-Identifier: Apache-2.0
 * sop_lint - the rules, one function each.
 */
#include "core/sop_lint.h"

#include <stdio.h>
#include <string.h>

#include "core/sop_course.h"
#include "core/sop_law.h"
#include "core/transition.h"

/* Where a new SOP has no decision of its own yet. */
#define CONFLICT_TOTAL 1
#define CONFLICT_UNIT 3
#define CONFLICT_LIMIT 13
#define CONFLICT_CITATION 16

struct lint {
	struct arena *a;
	const struct sop *s;
	const struct ruleset *rules;
	struct sop_findings *found;
};

/* Where in the file. */
struct at {
	int line, column;
};
#define AT(thing) (struct at){ (thing)->line, (thing)->column }
static const struct at nowhere = { 0, 0 };

static void PRINTF_LIKE(3, 0) add_args(struct arena *a, struct sop_findings *found, const char *fmt,
				       struct sop_finding what, va_list args)
{
	char text[400];

	if (found->n == SOP_FINDINGS_MAX)
		return;
	vsnprintf(text, sizeof(text), fmt, args);
	what.text = arena_strdup(a, text);
	found->errors += what.is_error;
	found->v[found->n++] = what;
}

void sop_lint_add(struct arena *a, struct sop_findings *found, struct sop_finding what, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	add_args(a, found, fmt, what, args);
	va_end(args);
}

static void PRINTF_LIKE(5, 6) add(struct lint *l, bool is_error, struct at at, int conflict, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	add_args(l->a, l->found, fmt, (struct sop_finding){ is_error, at.line, at.column, conflict, NULL }, args);
	va_end(args);
}

/* The number of the decision on this subject; fallback when the file has none. */
static int conflict_about(const struct sop *s, enum sop_about about, int fallback)
{
	for (size_t i = 0; i < s->decision_n; i++)
		if (s->decisions[i].about == about)
			return s->decisions[i].conflict;
	return fallback;
}

/* ---- who does what */

static bool role_has_action(enum role by, enum action action)
{
	for (size_t i = 0; i < transition_rule_count; i++)
		if (transition_rules[i].by == by && transition_rules[i].action == action)
			return true;
	return false;
}

static bool one_of_them_may(const struct sop *s, const struct sop_step *step, enum action action)
{
	for (size_t i = 0; i < step->by_n; i++)
		if (role_has_action(s->actors[step->by[i]].role, action))
			return true;
	return false;
}

static void check_actions(struct lint *l)
{
	for (size_t i = 0; i < l->s->step_n; i++) {
		const struct sop_step *step = &l->s->steps[i];

		for (size_t k = 0; k < step->act_n; k++) {
			enum action action = step->acts[k].action;

			if (action != ACT_NONE && !one_of_them_may(l->s, step, action))
				add(l, true, AT(step), 0, "step %s: none of those who do it may %s; see docs/workflow.md",
				    step->id, action_word(action));
		}
	}
}

static void check_unused_actors(struct lint *l)
{
	for (size_t k = 0; k < l->s->actor_n; k++) {
		bool is_used = false;

		for (size_t i = 0; i < l->s->step_n; i++)
			for (size_t j = 0; j < l->s->steps[i].by_n; j++)
				is_used |= l->s->steps[i].by[j] == k;
		if (!is_used)
			add(l, false, nowhere, 0, "%s (%s) does no step", l->s->actors[k].name, l->s->actors[k].key);
	}
}

/* ---- where it goes */

/* The step a part belongs to: the last one before it without a letter. */
static size_t whole_of(const struct sop *s, size_t at)
{
	while (at > 0 && sop_step_is_part(&s->steps[at]))
		at--;
	return at;
}

typedef void visit_fn(void *ctx, size_t to);

/* All steps that may follow one: branches, its parts, the next one. */
static void each_follower(const struct sop *s, size_t at, visit_fn *visit, void *ctx)
{
	const struct sop_step *step = &s->steps[at];

	for (size_t k = 0; k < step->branch_n; k++)
		visit(ctx, step->branches[k].to);
	if (sop_step_is_part(step)) {
		if (step->branch_n == 0)
			visit(ctx, whole_of(s, at));
		return;
	}
	for (size_t k = at + 1; k < s->step_n && sop_step_is_part(&s->steps[k]); k++)
		visit(ctx, k);
	if (step->branch_n == 0)
		visit(ctx, sop_step_next(s, at));
}

struct walk {
	bool *seen;
	bool *ends;
	bool here_ends;
	bool moved;
};

static void mark_seen(void *ctx, size_t to)
{
	struct walk *w = ctx;

	if (to != SOP_END && !w->seen[to])
		w->seen[to] = w->moved = true;
}

static void ask_end(void *ctx, size_t to)
{
	struct walk *w = ctx;

	w->here_ends |= to == SOP_END || w->ends[to];
}

static void walk_once(const struct sop *s, struct walk *w)
{
	for (size_t i = 0; i < s->step_n; i++) {
		if (w->seen[i])
			each_follower(s, i, mark_seen, w);
		w->here_ends = false;
		each_follower(s, i, ask_end, w);
		if (w->here_ends && !w->ends[i])
			w->ends[i] = w->moved = true;
	}
}

static void check_ways(struct lint *l)
{
	const struct sop *s = l->s;
	struct walk w = { .seen = arena_new_many(l->a, bool, s->step_n), .ends = arena_new_many(l->a, bool, s->step_n) };

	for (size_t i = 0; i < s->step_n; i++)
		w.seen[i] = w.ends[i] = s->steps[i].is_beside;
	w.seen[0] = true;
	do {
		w.moved = false;
		walk_once(s, &w);
	} while (w.moved);
	for (size_t i = 0; i < s->step_n; i++) {
		if (!w.seen[i])
			add(l, true, AT(&s->steps[i]), 0, "step %s: no way leads to it", s->steps[i].id);
		else if (!w.ends[i])
			add(l, true, AT(&s->steps[i]), 0, "step %s: no way leads from it to the end", s->steps[i].id);
	}
}

/* ---- times */

static const char *range(struct lint *l, int64_t min, int64_t max, const char *unit)
{
	return min == max ? arena_printf(l->a, "%lld %s", (long long)min, unit)
			  : arena_printf(l->a, "%lld to %lld %s", (long long)min, (long long)max, unit);
}

static const char *sum_text(struct lint *l, struct sop_sum sum)
{
	const char *days = range(l, sum.min_days, sum.max_days, sum.has_workdays ? "working days" : "days");
	const char *minutes = range(l, sum.min_minutes, sum.max_minutes, "minutes");

	if (sum.max_minutes == 0)
		return days;
	return sum.max_days == 0 ? minutes : arena_printf(l->a, "%s and %s", days, minutes);
}

static void check_total(struct lint *l)
{
	const struct sop *s = l->s;
	struct sop_sum printed = sop_sum_printed(s);
	const char *verdict;

	if (!sop_time_is_given(s->total) || sop_sum_agrees(printed, s->total))
		return;
	verdict = sop_sum_agrees(sop_sum_in_force(s), s->total) ? "; the times in force agree with it" : "";
	add(l, false, (struct at){ s->total_line, 1 }, conflict_about(s, SOP_ABOUT_TOTAL, CONFLICT_TOTAL),
	    "the printed total is %s, the steps add up to %s%s",
	    s->total_printed, sum_text(l, printed), verdict);
}

static bool share_an_act(const struct sop_step *a, const struct sop_step *b)
{
	for (size_t i = 0; i < a->act_n; i++)
		if (sop_acts_have(b->acts, b->act_n, a->acts[i]))
			return true;
	return false;
}

static bool is_under_a_day(struct sop_time t)
{
	return t.unit == LIMIT_MINUTES || t.unit == LIMIT_HOURS;
}

/* Another step that does the same and takes as many of a smaller unit. */
static const struct sop_step *like_step(const struct sop *s, const struct sop_step *step)
{
	for (size_t i = 0; i < s->step_n; i++) {
		const struct sop_step *other = &s->steps[i];

		if (other != step && sop_time_is_given(other->printed_time) && is_under_a_day(other->printed_time) &&
		    other->printed_time.max == step->printed_time.max && share_an_act(step, other))
			return other;
	}
	return NULL;
}

/* A step alone is longer than the whole, and one like it has the same number of a smaller unit: a slip of the pen. */
static void check_units(struct lint *l)
{
	struct sop_sum total = { 0 };

	sop_sum_add(&total, l->s->total);
	for (size_t i = 0; sop_time_is_given(l->s->total) && i < l->s->step_n; i++) {
		const struct sop_step *step = &l->s->steps[i], *like;
		struct sop_sum own = { 0 };

		sop_sum_add(&own, step->printed_time);
		like = own.min_days > total.max_days ? like_step(l->s, step) : NULL;
		if (like)
			add(l, false, AT(step), CONFLICT_UNIT,
			    "step %s: %s alone is longer than the total of %s; step %s, which does the same, takes %s", step->id,
			    step->printed, l->s->total_printed, like->id, like->printed);
	}
}

static void check_limit(struct lint *l, enum clock_kind clock)
{
	struct limit national = rules_limit(l->rules, clock, CLASS_COMPLAINT);
	struct sop_sum sum = { 0 };
	struct at at = nowhere;

	for (size_t i = 0; i < l->s->step_n; i++) {
		if (l->s->steps[i].clock != clock)
			continue;
		sop_sum_add(&sum, l->s->steps[i].printed_time);
		at = AT(&l->s->steps[i]);
	}
	/* Minutes on top of the last day are no longer limit; they fit into it. */
	if (at.line == 0 || sum.max_days <= national.n)
		return;
	add(l, false, at, conflict_about(l->s, SOP_ABOUT_LIMIT, CONFLICT_LIMIT),
	    "%s takes up to %lld days here, the national limit (%s) is %d working days", clock_kind_word(clock),
	    (long long)sum.max_days, l->rules->id, national.n);
}

static void check_limits(struct lint *l)
{
	for (int k = CLOCK_VERIFY; k <= CLOCK_OMBUDSMAN; k++)
		check_limit(l, (enum clock_kind)k);
}

static void check_starts(struct lint *l)
{
	for (size_t i = 0; i < l->s->step_n; i++) {
		const struct sop_step *step = &l->s->steps[i];

		if (sop_time_is_given(step->in_force) && step->start == SOP_START_NONE)
			add(l, true, AT(step), 0, "step %s: its time has no event from which it runs", step->id);
	}
}

/* ---- laws */

static void check_citation(struct lint *l, const struct sop_citation *c)
{
	int conflict = conflict_about(l->s, SOP_ABOUT_CITATION, CONFLICT_CITATION);
	const struct sop_law *cited = sop_law_find(c->printed);
	const struct sop_law *meant = sop_law_is_national(c->printed) ? sop_law_by_title(l->a, c->title) : NULL;
	const struct sop_law *right = cited ? cited : meant;

	if (!cited && meant)
		add(l, false, AT(c), conflict, "%s, about \"%s\", should read %s", c->printed, c->title, meant->name);
	else if (cited && !sop_law_has_title(l->a, cited, c->title))
		add(l, false, AT(c), conflict, "%s has another title than \"%s\"", c->printed, c->title);
	if (c->reads[0] != '\0' && right && strcmp(c->reads, right->name) != 0)
		add(l, true, AT(c), 0, "reads: %s, but the law meant is %s", c->reads, right->name);
	else if (c->reads[0] == '\0' && !cited && meant)
		add(l, true, AT(c), 0, "%s is wrong and reads: does not say what is right", c->printed);
	if (right && right->superseded_by)
		add(l, false, AT(c), conflict, "%s is superseded; in force is %s", right->name, sop_law_in_force(right)->name);
}

void sop_lint(struct arena *a, const struct sop *s, const struct ruleset *r, struct sop_findings *ret)
{
	struct lint l = { a, s, r, ret };

	ret->n = ret->errors = 0;
	check_actions(&l);
	check_ways(&l);
	check_starts(&l);
	sop_course_check(a, s, ret);
	for (size_t i = 0; i < s->law_n; i++)
		check_citation(&l, &s->laws[i]);
	check_total(&l);
	check_units(&l);
	check_limits(&l);
	check_unused_actors(&l);
}
