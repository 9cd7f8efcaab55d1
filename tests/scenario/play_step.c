/* SPDX-License-Identifier: Apache-2.0
 * play_step - SOPs that run, as sentences: the step a report is at and its time, deviations and accounts of
 * them; a holiday that is announced late.
 */
#include <stdio.h>
#include <string.h>

#include "app/deviation.h"
#include "app/office.h"
#include "core/sop_shelf.h"
#include "play.h"
#include "query_report.h"

/* sop tjt-20 for mekar-jaya [from 2025-01-01]: by the command line, so also for days that are over */
static bool install(struct world *w, const struct sentence *s)
{
	struct sentence by = { .n = s->n + 1, .line = s->line };
	struct ctx c;

	if (s->n >= PLAY_WORDS_MAX || !world_ctx(w, "visitor", &c))
		return world_fail(w, "too many words");
	by.word[0] = arena_strdup(w->a, "system");
	by.word[1] = arena_strdup(w->a, "installs");
	for (int i = 1; i < s->n; i++)
		by.word[i + 1] = s->word[i];
	c.who.role = ROLE_SYSTEM;
	return play_sop(w, &by, &c);
}

/* holiday 2026-12-24 "Cuti bersama Natal" */
static bool announce(struct world *w, const struct sentence *s)
{
	struct office_holiday_in in = { .kind = HOLIDAY_CUTI_BERSAMA, .scope = "", .name = play_quoted(s), .source = "SKB" };
	struct ctx c;

	if (!day_parse(play_word(s, 1), &in.on) || !world_ctx(w, "visitor", &c))
		return world_fail(w, "no day: %s", play_word(s, 1));
	c.who.role = ROLE_OPERATOR;
	w->rc = office_add_holiday(&c, &in);
	w->err = c.err;
	if (w->rc == RC_OK)
		w->calendar = c.calendar;
	return true;
}

bool play_setting(struct world *w, const struct sentence *s)
{
	return strcmp(play_word(s, 0), "sop") == 0 ? install(w, s) : announce(w, s);
}

static const struct sop_book *book_of(struct world *w, const struct world_report *r, struct report_lock_row *row)
{
	if (q_report_lock(w->db, w->a, r->id, row) != RC_OK)
		return NULL;
	return sop_shelf_find(w->sops, row->sop_id);
}

/* The index of the step in the report's SOP, from 1. */
static bool find_step(struct world *w, const struct world_report *r, const char *id, int64_t *ret)
{
	struct report_lock_row row;
	const struct sop_book *book = book_of(w, r, &row);
	bool found = false;

	*ret = book ? (int64_t)sop_step_find(book->sop, id, &found) + 1 : 0;
	return (found && *ret > 0) || world_fail(w, "%s has no step %s", r->name, id);
}

bool play_expect_step(struct world *w, const struct world_report *r, const char *wanted)
{
	struct report_lock_row row;
	const struct sop_book *book = book_of(w, r, &row);
	const char *is = book && row.sop_step > 0 ? book->sop->steps[row.sop_step - 1].id : "none";

	return strcmp(is, wanted) == 0 || world_fail(w, "the step is %s, not %s", is, wanted);
}

/* expect R1 sop tjt-20 1 ; expect R1 sop none */
bool play_expect_version(struct world *w, const struct world_report *r, const struct sentence *s)
{
	struct report_lock_row row;
	const struct sop_book *book = book_of(w, r, &row);
	const char *is = book ? arena_printf(w->a, "%s %d", book->sop->id, book->version) : "none";
	const char *wanted = s->n > 4 ? arena_printf(w->a, "%s %s", play_word(s, 3), play_word(s, 4)) : play_word(s, 3);

	return strcmp(is, wanted) == 0 || world_fail(w, "the SOP is %s, not %s", is, wanted);
}

/* expect R1 clock langkah 4 due 2025-04-10 [10:05] | paused | ended | late | in-time | none */
bool play_expect_step_clock(struct world *w, const struct world_report *r, const struct sentence *s)
{
	const char *id = play_word(s, 4);
	int64_t row[4] = { 0 };
	const char *sql;

	if (!sop_step_id_is_valid(id))
		return world_fail(w, "no step \"%s\"", id);
	sql = arena_printf(w->a, "SELECT due_at, coalesce(paused_at, 0), coalesce(ended_at, 0), was_missed FROM clock "
				 "WHERE report_id = ?1 AND kind = ?2 AND rule LIKE '%%#%s' ORDER BY seq DESC LIMIT 1", id);
	bool any = world_query(w, sql, (int64_t[2]){ r->id.v, CLOCK_STEP }, row);
	return play_expect_clock_row(w, arena_printf(w->a, "langkah %s", id), play_word(s, 5), play_word(s, 6),
				     play_word(s, 7), row, any);
}

/* Of the newest that is not accepted yet: id, node, kind, state. */
static bool newest(struct world *w, const struct world_report *r, int64_t step, const char *and, int64_t row[4])
{
	return world_query(w, arena_printf(w->a, "SELECT id, agency_id, kind, state FROM deviation WHERE report_id = ?1 AND "
					   "step = ?2 %s ORDER BY id DESC LIMIT 1", and), (int64_t[2]){ r->id.v, step }, row);
}

/* expect deviation time of R1 step 3 with bidang-jalan [accounted] ; expect no deviation of R1 [step 3] */
bool play_expect_deviation(struct world *w, const struct sentence *s)
{
	const char *of = play_after(s, "of"), *id = play_after(s, "step"), *with = play_after(s, "with"), *kind = NULL;
	const struct world_report *r = of ? world_report(w, of) : NULL;
	bool is_none = strcmp(play_word(s, 1), "no") == 0;
	int64_t row[4] = { 0 }, step = 0, k = 0;

	if (!r || (id && !find_step(w, r, id, &step)) || (!id && !is_none))
		return world_fail(w, "deviation of what?");
	if (is_none) {
		bool any = id ? newest(w, r, step, "", row) : world_query(w,
			"SELECT id, 0, 0, 0 FROM deviation WHERE report_id = ?1", (int64_t[2]){ r->id.v, 0 }, row);
		return !any || world_fail(w, "there is one");
	}
	for (k = DEVIATION_TIME; k <= DEVIATION_OUTPUT; k++)
		if ((kind = deviation_kind_word((enum deviation_kind)k)) != NULL && strcmp(kind, play_word(s, 2)) == 0)
			break;
	if (!newest(w, r, step, arena_printf(w->a, "AND kind = %lld", (long long)k), row))
		return world_fail(w, "there is no such deviation");
	if (with && strcmp(play_slug((struct agency_id){ row[1] }), with) != 0)
		return world_fail(w, "it is with %s", play_slug((struct agency_id){ row[1] }));
	if (strcmp(play_word(s, s->n - 2), "state") == 0 &&
	    strcmp(deviation_state_word((enum deviation_state)row[3]), play_word(s, s->n - 1)) != 0)
		return world_fail(w, "it is %s", deviation_state_word((enum deviation_state)row[3]));
	return true;
}

bool play_deviation(struct world *w, const struct sentence *s, struct ctx *c, const struct world_report *r)
{
	const char *verb = play_word(s, 1), *text[2] = { NULL, NULL };
	bool accounts = strcmp(verb, "accounts") == 0, accepts = strcmp(verb, "accepts") == 0;
	int64_t row[4] = { 0 }, step;
	int n = 0;

	if (!accounts && !accepts && strcmp(verb, "refuses") != 0)
		return false;
	for (int i = 0; i < s->n && n < 2; i++)
		if (s->quoted[i])
			text[n++] = s->word[i];
	w->rc = RC_NOT_FOUND;
	if (!find_step(w, r, play_word(s, 4), &step) || !newest(w, r, step, "AND state <> 3", row))
		return true;
	struct deviation_id id = { row[0] };
	w->rc = accounts ? deviation_account(c, id, text[0], text[1]) : deviation_review(c, id, accepts, text[0]);
	w->err = c->err;
	return true;
}
