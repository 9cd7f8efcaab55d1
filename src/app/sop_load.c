/* SPDX-License-Identifier: Apache-2.0
 * sop_load - in two steps: libcyaml fills the raw structs below (keys, types, lengths), then words become values and
 * references are resolved, each mistake with its place.
 */
#include "app/sop_load.h"

#include <stdio.h>
#include <string.h>

#include "app/sop_raw.h"
#include "base/parse.h"
#include "base/utf8.h"

struct load {
	struct arena *a;
	const struct yamlfile_text *text;
	struct sop *s;
	struct err *err;
};

/* Refuses what stands in the index-th item of a list under this key; index SIZE_MAX: the key of the top level itself. */
static enum rc PRINTF_LIKE(5, 6) refuse(struct load *l, const char *list, size_t index, const char *key, const char *fmt, ...)
{
	struct yamlfile_place at = yamlfile_find(l->text, list, index == SIZE_MAX ? -1 : (int)index, key);
	char what[160];
	va_list args;

	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	return err_set(l->err, RC_INVALID, 0, "%s, line: %d, column: %d: %s", l->text->name, at.line, at.column, what);
}

static const char *take(struct load *l, const char *from)
{
	return from ? utf8_clean(l->a, from, false) : "";
}

static struct sop_texts take_list(struct load *l, const struct sop_raw_list *from)
{
	struct sop_texts to = { arena_new_many(l->a, const char *, from->n + 1u), from->n };

	for (size_t i = 0; i < from->n; i++)
		to.v[i] = take(l, from->v[i]);
	return to;
}

static void take_head(struct load *l, const struct sop_raw_file *r)
{
	struct sop *s = l->s;

	s->id = take(l, r->id);
	s->number = take(l, r->number);
	s->title = take(l, r->title);
	s->government = take(l, r->government);
	s->office = take(l, r->office);
	s->signed_by = take(l, r->signed_by);
	s->made_on = take(l, r->made_on);
	s->ratified_on = take(l, r->ratified_on);
	s->effective_on = take(l, r->effective_on);
	s->qualifications = take_list(l, &r->qualifications);
	s->related = take_list(l, &r->related);
	s->equipment = take_list(l, &r->equipment);
	s->warnings = take_list(l, &r->warnings);
	s->records = take_list(l, &r->records);
	s->is_accountable = r->accountable;
}

/* What it covers, and how often it reports. */
static enum rc take_purpose(struct load *l, const struct sop_raw_file *r)
{
	struct sop_time period;

	l->s->covers = SOP_COVERS_REPORT;
	if (r->covers && !sop_covers_parse(r->covers, &l->s->covers))
		return refuse(l, "covers", SIZE_MAX, NULL, "there is no purpose %.60s", r->covers);
	if (!r->period)
		return RC_OK;
	if (!sop_time_parse(r->period, &period) || period.every_months == 0)
		return refuse(l, "period", SIZE_MAX, NULL, "%.30s is no period like \"setiap 3 bulan\"", r->period);
	l->s->every_months = period.every_months;
	return RC_OK;
}

static void take_laws(struct load *l, const struct sop_raw_file *r)
{
	l->s->law_n = r->legal_basis_count;
	l->s->laws = arena_new_many(l->a, struct sop_citation, l->s->law_n);
	for (size_t i = 0; i < l->s->law_n; i++) {
		struct yamlfile_place at = yamlfile_find(l->text, "legal_basis", (int)i, NULL);

		l->s->laws[i] = (struct sop_citation){
			.line = at.line,
			.column = at.column,
			.printed = take(l, r->legal_basis[i].printed),
			.title = take(l, r->legal_basis[i].title),
			.reads = take(l, r->legal_basis[i].reads),
		};
	}
}

/* The index of an actor, SOP_END when there is none. */
static size_t find_actor(const struct sop *s, const char *key)
{
	for (size_t i = 0; i < s->actor_n; i++)
		if (strcmp(s->actors[i].key, key) == 0)
			return i;
	return SOP_END;
}

static enum rc take_actors(struct load *l, const struct sop_raw_file *r)
{
	struct sop *s = l->s;

	s->actors = arena_new_many(l->a, struct sop_actor, r->roles_count);
	for (size_t i = 0; i < r->roles_count; i++) {
		const struct sop_raw_actor *from = &r->roles[i];

		if (find_actor(s, from->key) != SOP_END)
			return refuse(l, "roles", i, "key", "there are two roles with the key %.60s", from->key);
		if (!role_parse(from->role, &s->actors[i].role))
			return refuse(l, "roles", i, "role", "there is no role %.60s", from->role);
		s->actors[i].key = take(l, from->key);
		s->actors[i].name = take(l, from->name);
		s->actor_n++;
	}
	return RC_OK;
}

/* A list of a step or a gate, for the words of its mistakes. */
struct where {
	const char *list;
	size_t at;
	const char *key;
};

static enum rc take_by(struct load *l, const struct sop_raw_list *from, struct where w, size_t **ret, size_t *ret_n)
{
	*ret = arena_new_many(l->a, size_t, from->n + 1u);
	for (size_t i = 0; i < from->n; i++) {
		(*ret)[i] = find_actor(l->s, from->v[i]);
		if ((*ret)[i] == SOP_END)
			return refuse(l, w.list, w.at, w.key, "%.60s is not among the roles", from->v[i]);
	}
	*ret_n = from->n;
	return RC_OK;
}

static enum rc take_acts(struct load *l, const struct sop_raw_list *from, struct where w, struct sop_act **ret,
			 size_t *ret_n)
{
	*ret = arena_new_many(l->a, struct sop_act, from->n + 1u);
	for (size_t i = 0; i < from->n; i++)
		if (!sop_act_parse(from->v[i], &(*ret)[i]))
			return refuse(l, w.list, w.at, w.key, "there is no action %.60s", from->v[i]);
	*ret_n = from->n;
	return RC_OK;
}

/* How it runs: while, beside, done, needs. A part lends its acts to its step and has none of these. */
static enum rc take_course(struct load *l, const struct sop_raw_step *r, size_t at, struct sop_step *to)
{
	const char *key = r->states.n ? "while" : r->beside ? "beside" : r->done.n ? "done" : r->needs.n ? "needs" : NULL;

	if (sop_step_is_part(to) && key)
		return refuse(l, "steps", at, key, "%s belongs to the step that %.10s is a part of", key, r->id);
	for (size_t i = 0; i < r->states.n; i++) {
		enum state state;

		if (!state_parse(r->states.v[i], &state))
			return refuse(l, "steps", at, "while", "there is no state %.60s", r->states.v[i]);
		to->states |= 1u << state;
	}
	to->is_beside = r->beside;
	TRY(take_acts(l, &r->done, (struct where){ "steps", at, "done" }, &to->done, &to->done_n));
	TRY(take_acts(l, &r->needs, (struct where){ "steps", at, "needs" }, &to->needs, &to->need_n));
	for (size_t i = 0; i < to->need_n; i++)
		if (to->needs[i].task == SOP_TASK_NONE)
			return refuse(l, "steps", at, "needs", "%.60s is no task; only tasks can be needed", r->needs.v[i]);
	return RC_OK;
}

#define TIME_HINT " is no time like \"5 menit\", \"1-3 hari kerja\" or \"setiap bulan\""

static enum rc take_times(struct load *l, const struct sop_raw_step *r, size_t at, struct sop_step *to)
{
	to->printed = take(l, r->printed);
	if (!sop_time_parse(to->printed, &to->printed_time))
		return refuse(l, "steps", at, "printed", "%.30s" TIME_HINT, r->printed);
	to->in_force = to->printed_time;
	if (r->time && !sop_time_parse(r->time, &to->in_force))
		return refuse(l, "steps", at, "time", "%.30s" TIME_HINT, r->time);
	if (r->from && !sop_start_parse(r->from, &to->start))
		return refuse(l, "steps", at, "from", "there is no start %.60s", r->from);
	if (r->clock && !sop_clock_parse(r->clock, &to->clock))
		return refuse(l, "steps", at, "clock", "there is no clock %.60s", r->clock);
	return RC_OK;
}

static enum rc take_step(struct load *l, const struct sop_raw_step *r, size_t at, struct sop_step *to)
{
	struct yamlfile_place place;
	bool is_known;

	if (!sop_step_id_is_valid(r->id))
		return refuse(l, "steps", at, "id", "%.20s is no step like 2 or 2a", r->id);
	sop_step_find(l->s, r->id, &is_known);
	if (is_known)
		return refuse(l, "steps", at, "id", "there are two steps %.20s", r->id);
	place = yamlfile_find(l->text, "steps", (int)at, NULL);
	to->line = place.line;
	to->column = place.column;
	to->id = take(l, r->id);
	to->name = take(l, r->name);
	to->output = take(l, r->output);
	to->note = take(l, r->note);
	to->requirements = take_list(l, &r->requirements);
	to->tells = take_list(l, &r->tells);
	if (at == 0 ? sop_step_is_part(to) : sop_step_is_part(to) &&
	    strncmp(to->id, l->s->steps[at - 1].id, strspn(to->id, "0123456789")) != 0)
		return refuse(l, "steps", at, "id", "step %.20s does not follow the step it is a part of", r->id);
	TRY(take_by(l, &r->by, (struct where){ "steps", at, "by" }, &to->by, &to->by_n));
	if (to->by_n == 0)
		return refuse(l, "steps", at, "by", "step %.10s has no role", r->id);
	TRY(take_acts(l, &r->actions, (struct where){ "steps", at, "actions" }, &to->acts, &to->act_n));
	TRY(take_course(l, r, at, to));
	return take_times(l, r, at, to);
}

/* After all steps are known. */
static enum rc take_branches(struct load *l, const struct sop_raw_step *r, size_t at)
{
	struct sop_step *to = &l->s->steps[at];

	to->branches = arena_new_many(l->a, struct sop_branch, r->branches_count + 1u);
	for (; to->branch_n < r->branches_count; to->branch_n++) {
		struct sop_branch *b = &to->branches[to->branch_n];
		bool is_known;

		b->when = take(l, r->branches[to->branch_n].when);
		b->to_id = take(l, r->branches[to->branch_n].to);
		b->to = sop_step_find(l->s, b->to_id, &is_known);
		if (!is_known)
			return refuse(l, "steps", at, "branches", "a branch leads to %.20s, which is no step", b->to_id);
		TRY(take_acts(l, &r->branches[to->branch_n].on, (struct where){ "steps", at, "branches" }, &b->on, &b->on_n));
		if (b->on_n == 0)
			return refuse(l, "steps", at, "branches", "nothing takes the branch to %.20s: on is empty", b->to_id);
	}
	return RC_OK;
}

static enum rc take_steps(struct load *l, const struct sop_raw_file *r)
{
	l->s->steps = arena_new_many(l->a, struct sop_step, r->steps_count);
	for (size_t i = 0; i < r->steps_count; i++, l->s->step_n++)
		TRY(take_step(l, &r->steps[i], i, &l->s->steps[i]));
	for (size_t i = 0; i < r->steps_count; i++)
		TRY(take_branches(l, &r->steps[i], i));
	return RC_OK;
}

static enum rc take_gate(struct load *l, const struct sop_raw_gate *r, size_t at, struct sop_gate *to)
{
	struct yamlfile_place place = yamlfile_find(l->text, "gates", (int)at, NULL);
	struct sop_act act;
	bool is_known = true;

	if (!sop_act_parse(r->action, &act))
		return refuse(l, "gates", at, "action", "there is no action %.60s", r->action);
	if (r->after && !sop_act_parse(r->after, &to->after))
		return refuse(l, "gates", at, "after", "there is no action %.60s", r->after);
	to->at = r->at ? sop_step_find(l->s, r->at, &is_known) : SOP_END;
	if (!is_known || (r->at && (to->at == SOP_END || sop_step_is_part(&l->s->steps[to->at]))))
		return refuse(l, "gates", at, "at", "%.20s is no step", r->at);
	to->line = place.line;
	to->column = place.column;
	to->action = act.action;
	to->task = act.task;
	to->why = take(l, r->why);
	return take_by(l, &r->by, (struct where){ "gates", at, "by" }, &to->by, &to->by_n);
}

static enum rc take_gates(struct load *l, const struct sop_raw_file *r)
{
	l->s->gates = arena_new_many(l->a, struct sop_gate, r->gates_count + 1u);
	for (; l->s->gate_n < r->gates_count; l->s->gate_n++)
		TRY(take_gate(l, &r->gates[l->s->gate_n], l->s->gate_n, &l->s->gates[l->s->gate_n]));
	return RC_OK;
}

static enum rc take_decisions(struct load *l, const struct sop_raw_file *r)
{
	struct sop *s = l->s;

	s->decisions = arena_new_many(l->a, struct sop_decision, r->decisions_count + 1u);
	for (; s->decision_n < r->decisions_count; s->decision_n++) {
		const struct sop_raw_decision *from = &r->decisions[s->decision_n];
		struct sop_decision *to = &s->decisions[s->decision_n];
		int64_t n;

		if (from->conflict[0] != 'E' || !parse_int(from->conflict + 1, 1, SOP_CONFLICT_LAST, &n))
			return refuse(l, "decisions", s->decision_n, "conflict", "there is no conflict %.20s", from->conflict);
		if (from->about && !sop_about_parse(from->about, &to->about))
			return refuse(l, "decisions", s->decision_n, "about", "there is no subject %.60s", from->about);
		to->conflict = (int)n;
		to->printed = take(l, from->printed);
		to->decision = take(l, from->decision);
	}
	return RC_OK;
}

static enum rc take_all(struct load *l, const struct sop_raw_file *r)
{
	take_head(l, r);
	take_laws(l, r);
	TRY(take_purpose(l, r));
	TRY(take_actors(l, r));
	TRY(take_steps(l, r));
	TRY(take_gates(l, r));
	l->s->total_printed = take(l, r->total);
	if (!sop_time_parse(l->s->total_printed, &l->s->total))
		return refuse(l, "total", SIZE_MAX, NULL, "%.30s" TIME_HINT, r->total);
	l->s->total_line = r->total ? yamlfile_find(l->text, "total", -1, NULL).line : 0;
	return take_decisions(l, r);
}

static enum rc load(struct arena *a, const struct yamlfile_text *text, const struct sop **ret, struct err *err)
{
	struct load l = { .a = a, .text = text, .s = arena_new_one(a, struct sop), .err = err };
	struct sop_raw_file *raw = NULL;
	enum rc rc;

	TRY(yamlfile_load(text, &sop_raw_schema, (void **)&raw, err));
	if (!raw)
		return err_set(err, RC_INVALID, 0, "%s, line: 1, column: 1: the file is empty", text->name);
	rc = take_all(&l, raw);
	yamlfile_free(&sop_raw_schema, raw);
	if (rc == RC_OK)
		*ret = l.s;
	return rc;
}

enum rc sop_load_file(struct arena *a, const char *path, const struct sop **ret, struct err *err)
{
	struct yamlfile_text text;

	TRY(yamlfile_read(a, path, SOP_FILE_BYTES_MAX, &text, err));
	return load(a, &text, ret, err);
}

enum rc sop_load_text(struct arena *a, const char *name, const char *text, size_t n, const struct sop **ret,
		      struct err *err)
{
	return load(a, &(struct yamlfile_text){ name, text, n }, ret, err);
}
