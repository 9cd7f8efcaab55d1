/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/demo_intake.h"

#include <string.h>

#include "app/intake.h"
#include "base/parse.h"
#include "cmd/data.h"
#include "query_intake.h"
#include "query_setup.h"

/* A line of intake.tsv at one node. */
struct story {
	int days_ago;
	enum channel channel;
	const char *note;
	enum intake_state goal;
	struct submit_in report;
	const char *answer;
	size_t index; /* of the line */
};

struct teller {
	struct session *s;
	const struct intake_teams_row *team;
	struct who taker, enterer;
	const struct setup_category_all_row *categories;
	size_t n_categories;
};

static enum intake_state state_of(const char *word)
{
	for (int i = INTAKE_RECEIVED; i <= INTAKE_REFUSED; i++)
		if (strcmp(intake_state_word((enum intake_state)i), word) == 0)
			return (enum intake_state)i;
	BUG("demo/intake.tsv: no state %s", word);
}

static struct category_id category_of(const struct teller *t, const char *name)
{
	for (size_t i = 0; *name && i < t->n_categories; i++)
		if (strcmp(t->categories[i].name, name) == 0)
			return t->categories[i].id;
	BUG_ON(*name);
	return (struct category_id){ 0 };
}

static struct story story_of(const struct teller *t, const struct data_lines *l)
{
	const char *colon = strchr(l->field[1], ':');
	size_t n = colon ? (size_t)(colon - l->field[1]) : strlen(l->field[1]);
	struct story x = { .goal = state_of(l->field[2]), .answer = l->field[7], .note = colon ? colon + 1 : NULL };
	int64_t days;

	BUG_ON(!parse_int(l->field[0], 0, 60, &days) || !channel_parse(arena_strndup(t->s->a, l->field[1], n), &x.channel));
	x.days_ago = (int)days;
	x.report = (struct submit_in){ .kind = KIND_COMPLAINT, .visibility = *l->field[6] ? VISIBILITY_OPEN : VISIBILITY_ANONYMOUS,
				       .channel = x.channel, .title = l->field[4], .body = l->field[5],
				       .name = l->field[6], .category = category_of(t, l->field[3]) };
	return x;
}

/* That many working days before the present, at this hour; never after it. */
static struct instant when(const struct teller *t, int days_ago, int hour)
{
	const struct ctx *c = &t->s->c;
	enum zone z = calendar_zone(c->calendar);
	struct day d = instant_day(c->now, z);

	while (!calendar_is_workday(c->calendar, d))
		d = day_add(d, -1);
	for (; days_ago > 0; days_ago--)
		do
			d = day_add(d, -1);
		while (!calendar_is_workday(c->calendar, d));
	struct instant at = instant_add_ms(instant_at_day(d, z), hour * MS_PER_HOUR);
	return at.ms < c->now.ms ? at : instant_add_ms(c->now, -MS_PER_MINUTE);
}

static struct ctx acting(const struct teller *t, struct who who, int days_ago, int hour)
{
	struct ctx c = t->s->c;

	c.who = who;
	c.now = when(t, days_ago > 0 ? days_ago : 0, hour);
	return c;
}

static enum rc end_it(const struct teller *t, const struct story *x, const char *number)
{
	struct ctx c = acting(t, t->enterer, x->days_ago - 2, 10);
	struct field_problems problems;
	struct submit_out out;

	return intake_enter(&c, number, -1, &x->report, *x->answer ? x->answer : NULL, &out, &problems);
}

/* A node that works by several is shown each of them. */
static struct sop_id sop_in_turn(const struct teller *t, const struct ctx *c, size_t i)
{
	const struct sop_book *books[INTAKE_SOPS_MAX];
	size_t n = intake_sops(c, t->team->level, t->team->parent_id, books);

	return n > 0 ? books[i % n]->id : (struct sop_id){ 0 };
}

/* A day for each step, the checking on the day it came. */
static enum rc tell(const struct teller *t, const struct story *x)
{
	struct intake_in in = { .report = x->report, .channel_note = x->note, .received_on = { DAY_NONE },
				.answer = x->answer };
	struct ctx c = acting(t, t->taker, x->days_ago, 9);
	struct field_problems problems;
	struct intake_out out;

	in.sop = sop_in_turn(t, &c, x->index);
	TRY(intake_register(&c, &in, &out, &problems));
	if (x->goal == INTAKE_RECEIVED)
		return RC_OK;
	c = acting(t, t->taker, x->days_ago, 11);
	if (x->goal == INTAKE_REFUSED)
		return intake_refuse(&c, out.number, -1, "not_public_service", NULL);
	TRY(intake_verify(&c, out.number, -1, true, true, true));
	if (x->goal == INTAKE_VERIFIED)
		return RC_OK;
	c = acting(t, t->taker, x->days_ago - 1, 9);
	TRY(intake_hand_over(&c, out.number, -1));
	return x->goal == INTAKE_HANDED_OVER ? RC_OK : end_it(t, x, out.number);
}

static enum rc tell_all(struct teller *t)
{
	struct data_lines l;
	size_t i = 0;

	for (data_begin(&l, data_text(t->s->a, "demo/intake.tsv"), '\t'); data_next(&l);) {
		struct story x = story_of(t, &l);

		x.index = i++;
		TRY(tell(t, &x));
	}
	return RC_OK;
}

/* The one at the node who enters; RC_NOT_FOUND: nobody. */
static enum rc find_enterer(struct teller *t)
{
	const struct intake_account_args args = { .agency_id = t->team->agency_id, .role = intake_enterer(t->team->level) };
	struct intake_account_row row;

	TRY(q_intake_account(t->s->db, t->s->a, &args, &row));
	t->enterer = (struct who){ .role = args.role, .account = row.id, .agency = args.agency_id, .name = row.name };
	return RC_OK;
}

enum rc demo_intake_make(struct session *s)
{
	struct intake_teams_row *teams;
	struct setup_category_all_row *categories;
	struct teller t = { .s = s };
	size_t n;

	TRY(q_setup_category_all(s->db, s->a, &categories, &t.n_categories));
	t.categories = categories;
	TRY(q_intake_teams(s->db, s->a, &(struct intake_teams_args){ .team = ROLE_INTAKE, .opd_team = ROLE_OPD_INTAKE },
			   &teams, &n));
	for (size_t i = 0; i < n; i++) {
		t.team = &teams[i];
		t.taker = (struct who){ .role = teams[i].role, .account = teams[i].id, .agency = teams[i].agency_id,
					.name = teams[i].name };
		enum rc rc = find_enterer(&t);
		if (rc == RC_OK)
			rc = tell_all(&t);
		if (rc != RC_NOT_FOUND)
			TRY(rc);
	}
	return RC_OK;
}
