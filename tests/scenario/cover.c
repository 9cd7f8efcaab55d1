/* SPDX-License-Identifier: Apache-2.0
 * cover - replays reports, intakes and periodic reports along their SOPs and notes what was done where.
 */
#include "cover.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/project.h"
#include "core/sop_run.h"
#include "core/sop_shelf.h"

#define SEEN_MAX 400
#define WORD_MAX 40

struct cover {
	struct world *w;
	char (*seen)[WORD_MAX];
	size_t n;
};

/* One thing that was done, whatever table it stands in. */
struct deed {
	struct sop_event e;
	size_t before, after; /* the steps it was at; SOP_END: none */
};

static void see(struct cover *c, const char *fmt, ...) PRINTF_LIKE(2, 3);
static void see(struct cover *c, const char *fmt, ...)
{
	char word[WORD_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(word, sizeof(word), fmt, ap);
	va_end(ap);
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->seen[i], word) == 0)
			return;
	if (c->n < SEEN_MAX)
		memcpy(c->seen[c->n++], word, sizeof(word));
}

/* The system does what a delivered message or a passed limit does, for whoever the step names. */
static bool is_by(const struct sop *s, const struct sop_step *step, enum role role)
{
	for (size_t i = 0; i < step->by_n; i++)
		if (s->actors[step->by[i]].role == role)
			return true;
	return role == ROLE_SYSTEM;
}

static void see_deed(struct cover *c, const struct sop *s, const struct deed *d)
{
	for (size_t i = 0; i < s->step_n; i++) {
		const struct sop_step *step = &s->steps[i];
		size_t whole = sop_run_whole(s, i);
		/* What goes on from a step into the later ones: the admin watches what the liaison does (tjt-20#2i). */
		bool goes_on = d->e.act.task != SOP_TASK_NONE && d->before != SOP_END && whole <= d->before;
		bool is_here = whole == d->before || whole == d->after || step->is_beside || goes_on ||
			       (step->states == 0 && d->e.to != STATE_NONE);

		if (is_here && ((is_by(s, step, d->e.by) && sop_acts_have(step->acts, step->act_n, d->e.act)) ||
				sop_acts_have(step->done, step->done_n, d->e.act)))
			see(c, "%s#%s", s->id, step->id);
		/* An earlier step's part may still send it somewhere: disposed anew while the OPD has it (tjt-20#2h). */
		for (size_t b = 0; b < step->branch_n; b++)
			if (sop_acts_have(step->branches[b].on, step->branches[b].on_n, d->e.act) &&
			    (whole == d->before || (whole < d->before && is_by(s, step, d->e.by) &&
						    step->branches[b].to != SOP_END && step->branches[b].to == d->after)))
				see(c, "%s#%s/%zu", s->id, step->id, b + 1);
	}
}

/* Where it goes, and what was seen on the way. */
static void follow(struct cover *c, const struct sop *s, struct deed *d, size_t *at)
{
	struct sop_move move;

	sop_run_next(s, *at, &d->e, &move);
	d->before = *at;
	d->after = *at = move.step;
	see_deed(c, s, d);
}

struct rows {
	int64_t v[8];
	const char *text; /* never NULL */
};

/* The rows of a query whose columns are numbers, the last one a text. */
static bool each_row(struct cover *c, const char *sql, int numbers, bool (*fn)(struct cover *c, struct rows *r, void *arg),
		     void *arg)
{
	const struct db_query q = { .name = "cover", .index = -1, .sql = { sql, sql }, .n_columns = numbers + 1 };
	struct db_cursor cur;
	bool row = false, ok = true;

	if (db_start(c->w->db, c->w->a, &q, NULL, &cur) != RC_OK)
		return world_fail(c->w, "%s: %s", sql, db_message(c->w->db));
	while (ok && (ok = db_step(&cur, &row) == RC_OK) && row) {
		struct db_value text = db_column(&cur, numbers);
		struct rows r = { .text = text.p ? text.p : "" };

		for (int i = 0; i < numbers; i++)
			r.v[i] = db_column_int(&cur, i);
		ok = fn(c, &r, arg);
	}
	db_finish(&cur);
	return ok;
}

struct run {
	int64_t of;
	const struct sop_book *book;
	size_t at;
};

static void begin_run(struct run *run, int64_t of)
{
	if (run->of != of)
		*run = (struct run){ .of = of, .at = SOP_END };
}

/* report, action, role, to_state, to_agency; reason and data behind a line feed. */
static bool report_event(struct cover *c, struct rows *r, void *arg)
{
	struct run *run = arg;
	const char *data = strchr(r->text, '\n');
	struct deed d = { .e = { .act = { .action = (enum action)r->v[1] }, .by = (enum role)r->v[2],
				 .to = (enum state)r->v[3], .is_moved = r->v[4] != 0 } };
	char task[WORD_MAX];
	int64_t bound;

	begin_run(run, r->v[0]);
	if (project_data_int(data, "sop", &bound)) {
		run->book = sop_shelf_find(c->w->sops, (struct sop_id){ bound });
		run->at = SOP_END;
	}
	if (d.e.act.action == ACT_TASK) {
		snprintf(task, sizeof(task), "%.*s", (int)strcspn(r->text, "\n"), r->text);
		d.e.act.action = ACT_NONE;
		if (!sop_task_parse(task, &d.e.act.task))
			return world_fail(c->w, "there is no task %s", task);
	}
	if (run->book)
		follow(c, run->book->sop, &d, &run->at);
	return true;
}

/* item, sop, action, task, role; a task's word instead of its number. */
static bool other_event(struct cover *c, struct rows *r, void *arg)
{
	struct run *run = arg;
	struct deed d = { .e = { .act = { .action = (enum action)r->v[2], .task = (enum sop_task)r->v[3] },
				 .by = (enum role)r->v[4] } };

	begin_run(run, r->v[0]);
	if (*r->text && !sop_task_parse(r->text, &d.e.act.task))
		return true; /* opened, reminded: nothing that an SOP names */
	if (d.e.act.task != SOP_TASK_NONE)
		d.e.act.action = ACT_NONE;
	run->book = sop_shelf_find(c->w->sops, (struct sop_id){ r->v[1] });
	if (run->book) {
		if (run->at == SOP_END)
			run->at = 0;
		follow(c, run->book->sop, &d, &run->at);
	}
	return true;
}

bool cover_print(struct world *w, const char *story)
{
	struct cover c = { .w = w, .seen = arena_alloc(w->a, SEEN_MAX * WORD_MAX) };
	struct run run = { .at = SOP_END };
	bool ok = each_row(&c, "SELECT report_id, action, role, to_state, coalesce(to_agency_id, 0), coalesce(reason, '') || "
			       "'\n' || coalesce(data, '') FROM event ORDER BY report_id, seq", 5, report_event, &run);

	ok = ok && each_row(&c, "SELECT e.intake_id, coalesce(i.sop_id, 0), coalesce(e.action, 0), coalesce(e.task, 0), e.role, '' "
				"FROM intake_event e JOIN intake i ON i.id = e.intake_id ORDER BY e.intake_id, e.seq", 5, other_event,
			    &(struct run){ .at = SOP_END });
	ok = ok && each_row(&c, "SELECT e.periodic_id, coalesce(p.sop_id, 0), 0, 0, e.role, e.what "
				"FROM periodic_event e JOIN periodic p ON p.id = e.periodic_id ORDER BY e.periodic_id, e.seq", 5,
			    other_event, &(struct run){ .at = SOP_END });
	for (size_t i = 0; i < c.n; i++)
		printf("%s%s %s%s", i == 0 ? "# covers " : "", i == 0 ? story : "", c.seen[i], i + 1 == c.n ? "\n" : "");
	return ok;
}
