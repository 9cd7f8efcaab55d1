/* SPDX-License-Identifier: Apache-2.0
 * sop_load - in two steps: libcyaml fills the raw structs below (keys, types, lengths), then words become values and
 * references are resolved, each mistake with its place.
 */
#include "app/sop_load.h"

#include <stdio.h>
#include <string.h>

#include "app/yamlfile.h"
#include "base/parse.h"
#include "base/utf8.h"

#define TEXT_MAX 1000
#define ITEMS_MAX 60
#define STEPS_MAX 60

struct raw_list {
	char **v;
	unsigned n;
};
struct raw_law {
	char *printed, *title, *reads;
};
struct raw_actor {
	char *key, *name, *role;
};
struct raw_branch {
	char *when, *to;
};
struct raw_step {
	char *id, *name, *printed, *time, *from, *clock, *output, *note;
	struct raw_list by, actions, requirements, tells;
	struct raw_branch *branches;
	unsigned branches_count;
};
struct raw_decision {
	char *conflict, *about, *printed, *decision;
};
struct raw {
	char *id, *number, *title, *government, *office, *signed_by, *made_on, *ratified_on, *effective_on;
	char *total;
	struct raw_law *legal_basis;
	struct raw_list qualifications, related, equipment, warnings, records;
	struct raw_actor *roles;
	struct raw_step *steps;
	struct raw_decision *decisions;
	unsigned legal_basis_count, roles_count, steps_count, decisions_count;
};

#define NEEDED CYAML_FLAG_POINTER
#define MAY (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)
#define TEXT(flags, type, key) CYAML_FIELD_STRING_PTR(#key, flags, struct type, key, 0, TEXT_MAX)
#define LIST(flags, type, key) \
	CYAML_FIELD_SEQUENCE_COUNT(#key, flags, struct type, key.v, key.n, &text_value, 0, ITEMS_MAX)
#define ROWS(flags, type, key, value, max) CYAML_FIELD_SEQUENCE(#key, flags, struct type, key, value, 1, max)

static const cyaml_schema_value_t text_value = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, TEXT_MAX) };

static const cyaml_schema_field_t law_fields[] = {
	TEXT(NEEDED, raw_law, printed), TEXT(NEEDED, raw_law, title), TEXT(MAY, raw_law, reads), CYAML_FIELD_END,
};
static const cyaml_schema_value_t law_value = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_law, law_fields) };

static const cyaml_schema_field_t actor_fields[] = {
	TEXT(NEEDED, raw_actor, key), TEXT(NEEDED, raw_actor, name), TEXT(NEEDED, raw_actor, role), CYAML_FIELD_END,
};
static const cyaml_schema_value_t actor_value = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_actor, actor_fields) };

static const cyaml_schema_field_t branch_fields[] = {
	TEXT(NEEDED, raw_branch, when), TEXT(NEEDED, raw_branch, to), CYAML_FIELD_END,
};
static const cyaml_schema_value_t branch_value = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_branch, branch_fields) };

static const cyaml_schema_field_t step_fields[] = {
	TEXT(NEEDED, raw_step, id), TEXT(NEEDED, raw_step, name), LIST(NEEDED, raw_step, by), LIST(NEEDED, raw_step, actions),
	LIST(MAY, raw_step, requirements), TEXT(MAY, raw_step, printed), TEXT(MAY, raw_step, time), TEXT(MAY, raw_step, from),
	TEXT(MAY, raw_step, clock), TEXT(MAY, raw_step, output), TEXT(MAY, raw_step, note), LIST(MAY, raw_step, tells),
	ROWS(MAY, raw_step, branches, &branch_value, ITEMS_MAX), CYAML_FIELD_END,
};
static const cyaml_schema_value_t step_value = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_step, step_fields) };

static const cyaml_schema_field_t decision_fields[] = {
	TEXT(NEEDED, raw_decision, conflict), TEXT(MAY, raw_decision, about), TEXT(MAY, raw_decision, printed),
	TEXT(NEEDED, raw_decision, decision), CYAML_FIELD_END,
};
static const cyaml_schema_value_t decision_value = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_decision, decision_fields)
};

static const cyaml_schema_field_t fields[] = {
	TEXT(NEEDED, raw, id), TEXT(NEEDED, raw, number), TEXT(NEEDED, raw, title), TEXT(NEEDED, raw, government),
	TEXT(NEEDED, raw, office), TEXT(MAY, raw, signed_by), TEXT(MAY, raw, made_on), TEXT(MAY, raw, ratified_on),
	TEXT(MAY, raw, effective_on), ROWS(NEEDED, raw, legal_basis, &law_value, ITEMS_MAX), LIST(MAY, raw, qualifications),
	LIST(MAY, raw, related), LIST(MAY, raw, equipment), LIST(MAY, raw, warnings), LIST(MAY, raw, records),
	ROWS(NEEDED, raw, roles, &actor_value, ITEMS_MAX), ROWS(NEEDED, raw, steps, &step_value, STEPS_MAX),
	TEXT(MAY, raw, total), ROWS(MAY, raw, decisions, &decision_value, ITEMS_MAX), CYAML_FIELD_END,
};
static const cyaml_schema_value_t top = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw, fields) };

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

static struct sop_texts take_list(struct load *l, const struct raw_list *from)
{
	struct sop_texts to = { arena_new_many(l->a, const char *, from->n + 1u), from->n };

	for (size_t i = 0; i < from->n; i++)
		to.v[i] = take(l, from->v[i]);
	return to;
}

static void take_head(struct load *l, const struct raw *r)
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
}

static void take_laws(struct load *l, const struct raw *r)
{
	l->s->law_n = r->legal_basis_count;
	l->s->laws = arena_new_many(l->a, struct sop_citation, l->s->law_n);
	for (size_t i = 0; i < l->s->law_n; i++)
		l->s->laws[i] = (struct sop_citation){
			.line = yamlfile_find(l->text, "legal_basis", (int)i, NULL).line,
			.printed = take(l, r->legal_basis[i].printed),
			.title = take(l, r->legal_basis[i].title),
			.reads = take(l, r->legal_basis[i].reads),
		};
}

/* The index of an actor, SOP_END when there is none. */
static size_t find_actor(const struct sop *s, const char *key)
{
	for (size_t i = 0; i < s->actor_n; i++)
		if (strcmp(s->actors[i].key, key) == 0)
			return i;
	return SOP_END;
}

static enum rc take_actors(struct load *l, const struct raw *r)
{
	struct sop *s = l->s;

	s->actors = arena_new_many(l->a, struct sop_actor, r->roles_count);
	for (size_t i = 0; i < r->roles_count; i++) {
		const struct raw_actor *from = &r->roles[i];

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

static enum rc take_by(struct load *l, const struct raw_step *r, size_t at, struct sop_step *to)
{
	to->by = arena_new_many(l->a, size_t, r->by.n + 1u);
	for (; to->by_n < r->by.n; to->by_n++) {
		to->by[to->by_n] = find_actor(l->s, r->by.v[to->by_n]);
		if (to->by[to->by_n] == SOP_END)
			return refuse(l, "steps", at, "by", "%.60s is not among the roles", r->by.v[to->by_n]);
	}
	if (to->by_n == 0)
		return refuse(l, "steps", at, "by", "step %.10s has no role", r->id);
	return RC_OK;
}

static enum rc take_acts(struct load *l, const struct raw_step *r, size_t at, struct sop_step *to)
{
	to->acts = arena_new_many(l->a, struct sop_act, r->actions.n + 1u);
	for (; to->act_n < r->actions.n; to->act_n++)
		if (!sop_act_parse(r->actions.v[to->act_n], &to->acts[to->act_n]))
			return refuse(l, "steps", at, "actions", "there is no action %.60s", r->actions.v[to->act_n]);
	return RC_OK;
}

#define TIME_HINT " is no time like \"5 menit\", \"1-3 hari kerja\" or \"setiap bulan\""

static enum rc take_times(struct load *l, const struct raw_step *r, size_t at, struct sop_step *to)
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

static enum rc take_step(struct load *l, const struct raw_step *r, size_t at, struct sop_step *to)
{
	bool is_known;

	if (!sop_step_id_is_valid(r->id))
		return refuse(l, "steps", at, "id", "%.20s is no step like 2 or 2a", r->id);
	sop_step_find(l->s, r->id, &is_known);
	if (is_known)
		return refuse(l, "steps", at, "id", "there are two steps %.20s", r->id);
	to->line = yamlfile_find(l->text, "steps", (int)at, NULL).line;
	to->id = take(l, r->id);
	to->name = take(l, r->name);
	to->output = take(l, r->output);
	to->note = take(l, r->note);
	to->requirements = take_list(l, &r->requirements);
	to->tells = take_list(l, &r->tells);
	if (at == 0 ? sop_step_is_part(to) : sop_step_is_part(to) &&
	    strncmp(to->id, l->s->steps[at - 1].id, strspn(to->id, "0123456789")) != 0)
		return refuse(l, "steps", at, "id", "step %.20s does not follow the step it is a part of", r->id);
	TRY(take_by(l, r, at, to));
	TRY(take_acts(l, r, at, to));
	return take_times(l, r, at, to);
}

/* After all steps are known. */
static enum rc take_branches(struct load *l, const struct raw_step *r, size_t at)
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
	}
	return RC_OK;
}

static enum rc take_steps(struct load *l, const struct raw *r)
{
	l->s->steps = arena_new_many(l->a, struct sop_step, r->steps_count);
	for (size_t i = 0; i < r->steps_count; i++, l->s->step_n++)
		TRY(take_step(l, &r->steps[i], i, &l->s->steps[i]));
	for (size_t i = 0; i < r->steps_count; i++)
		TRY(take_branches(l, &r->steps[i], i));
	return RC_OK;
}

static enum rc take_decisions(struct load *l, const struct raw *r)
{
	struct sop *s = l->s;

	s->decisions = arena_new_many(l->a, struct sop_decision, r->decisions_count + 1u);
	for (; s->decision_n < r->decisions_count; s->decision_n++) {
		const struct raw_decision *from = &r->decisions[s->decision_n];
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

static enum rc take_all(struct load *l, const struct raw *r)
{
	take_head(l, r);
	take_laws(l, r);
	TRY(take_actors(l, r));
	TRY(take_steps(l, r));
	l->s->total_printed = take(l, r->total);
	if (!sop_time_parse(l->s->total_printed, &l->s->total))
		return refuse(l, "total", SIZE_MAX, NULL, "%.30s" TIME_HINT, r->total);
	l->s->total_line = r->total ? yamlfile_find(l->text, "total", -1, NULL).line : 0;
	return take_decisions(l, r);
}

static enum rc load(struct arena *a, const struct yamlfile_text *text, const struct sop **ret, struct err *err)
{
	struct load l = { .a = a, .text = text, .s = arena_new_one(a, struct sop), .err = err };
	struct raw *raw = NULL;
	enum rc rc;

	TRY(yamlfile_load(text, &top, (void **)&raw, err));
	if (!raw)
		return err_set(err, RC_INVALID, 0, "%s, line: 1, column: 1: the file is empty", text->name);
	rc = take_all(&l, raw);
	yamlfile_free(&top, raw);
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
