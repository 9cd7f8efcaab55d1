/* SPDX-License-Identifier: Apache-2.0
 * acts - every (state, action, role) against golden.txt once more, by the door that people use: what the golden table
 * allows is done to a report and leads where it says, everything else is refused. On SQLite, or with LAPOR_PGSQL on that
 * server (tests/workflow/run.sh runs both).
 */
#include "unit/app_support.h"

#include "base/hash.h"
#include "base/log.h"
#include "workflow/golden.h"

static const struct scene {
	enum role role;
	enum action action;
	enum state state, from; /* after it; from: only of a report that ends here */
} scenes[] = {
	{ ROLE_NATIONAL_ADMIN, ACT_VERIFY, STATE_VERIFIED, STATE_NONE },
	{ ROLE_NATIONAL_ADMIN, ACT_DISPOSE, STATE_AT_AGENCY, STATE_NONE },
	{ ROLE_AGENCY_ADMIN, ACT_VERIFY, STATE_AGENCY_VERIFIED, STATE_NONE },
	{ ROLE_AGENCY_ADMIN, ACT_DISPOSE, STATE_AT_OPD, STATE_NONE },
	{ ROLE_LIAISON, ACT_FORWARD_UNIT, STATE_AT_UNIT, STATE_NONE },
	{ ROLE_UNIT_OFFICER, ACT_UNIT_ANSWER, STATE_IN_PROGRESS, STATE_NONE },
	{ ROLE_LIAISON, ACT_PEND, STATE_PENDING, STATE_IN_PROGRESS },
	{ ROLE_CITIZEN, ACT_WITHDRAW, STATE_ARCHIVED, STATE_IN_PROGRESS },
	{ ROLE_LIAISON, ACT_ANSWER, STATE_ANSWERED, STATE_NONE },
	{ ROLE_CITIZEN, ACT_CLOSE, STATE_CLOSED, STATE_NONE },
};

struct world {
	struct town t;
	struct golden *golden;
	struct submit_out report[STATES]; /* one in each state */
	int done, refused, wrong;
};

static struct who who_of(enum role role)
{
	enum level level = role_level(role);

	return (struct who){ .role = role, .agency = { level == LEVEL_NATIONAL ? 1 : level == LEVEL_AGENCY ? 2 :
						       level == LEVEL_OPD ? 3 : level == LEVEL_UNIT ? 4 : 0 } };
}

/* Down to the next one's office; across to another one. */
static struct agency_id target_of(enum action action, enum role role)
{
	int64_t down = role == ROLE_NATIONAL_ADMIN ? 2 : role == ROLE_AGENCY_ADMIN ? 3 : 4;

	return (struct agency_id){ action == ACT_REDISPOSE || action == ACT_ARBITRATE ? down + 10 : down };
}

/* A form that is filled in well, whatever it is. */
static enum rc act(struct town *t, const struct submit_out *r, enum action action, enum role role, struct act_out *out)
{
	const char *const *reasons = act_reasons(action);
	const struct act_in in = {
		.action = action, .seen_version = -1, .note = "Sudah dilihat.",
		.reason = action == ACT_REMIND ? "pending" : reasons ? reasons[0] : NULL,
		.to = target_of(action, role), .class = CLASS_COMPLAINT, .category = { 1 }, .visibility = VISIBILITY_SECRET,
		.public_title = action == ACT_EDIT_TEXT ? "Lampu jalan" : NULL, .checked_relevant = true,
		.checked_complete = true, .checked_clear = true, .rating = 4,
	};

	t->c.who = who_of(role);
	t->c.err = (struct err){ 0 };
	if (role == ROLE_CITIZEN)
		return act_by_code(&t->c, r->code, &in, out);
	if (role == ROLE_SYSTEM)
		return act_by_id(&t->c, r->report, &in, out);
	return act_by_number(&t->c, r->number, &in, out);
}

static void live_until(struct town *t, const struct submit_out *r, enum state wanted)
{
	enum state s = STATE_RECEIVED;

	for (size_t i = 0; s != wanted && i < ARRAY_LEN(scenes); i++) {
		struct act_out out;

		/* The two that lie beside the way begin at the work. */
		if (scenes[i].from != STATE_NONE && (scenes[i].from != s || scenes[i].state != wanted))
			continue;
		if (act(t, r, scenes[i].action, scenes[i].role, &out) != RC_OK)
			fail_msg("%s: refusal %d %s", action_word(scenes[i].action), t->c.err.refusal, db_message(t->c.db));
		s = out.state;
		assert_int_equal(s, scenes[i].state);
	}
	assert_int_equal(s, wanted);
}

static int begin(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	const struct submit_in in = town_report();
	void *golden = NULL;

	if (!w || read_golden(&golden) != 0)
		return -1;
	w->golden = golden;
	town_begin(&w->t);
	town_sql(&w->t, "INSERT INTO agency (id, parent_id, level, name, short_name, slug) VALUES"
			" (4, 3, 4, 'UPT Lampu', 'UPT', 'upt'), (12, 1, 2, 'Sukamaju', 'SM', 'sukamaju'),"
			" (13, 2, 3, 'Dinas Perhubungan', 'Dishub', 'dishub'), (14, 3, 4, 'UPT Jalan', 'UPT J', 'upt-jalan')");
	for (enum state s = STATE_RECEIVED; s < STATES; s++) {
		w->report[s] = town_submit(&w->t, &in);
		live_until(&w->t, &w->report[s], s);
	}
	/* What went to the Ombudsman comes of a flag. */
	town_sql(&w->t, "UPDATE report SET is_escalated = 1");
	*state = w;
	return 0;
}

static int end(void **state)
{
	struct world *w = *state;

	town_end(&w->t);
	free(w->golden);
	free(w);
	return 0;
}

/*
 * What needs more than a form: a dispute, an SOP that has it, a report that the officer entered himself, one whose
 * identity he may open, or that is still with his unit.
 */
static bool is_gated(enum action action, enum role role)
{
	return action == ACT_ARBITRATE || action == ACT_TASK || action == ACT_SETTLE ||
	       (role == ROLE_LIAISON && (action == ACT_UNIT_ANSWER || action == ACT_REVEAL)) ||
	       (role == ROLE_UNIT_OFFICER && action == ACT_NOTE);
}

static void try(struct world *w, enum state s, enum action action, enum role role)
{
	int golden = w->golden->to[s][action][role];
	enum state want = golden == KEPT ? STATE_IN_PROGRESS : (enum state)golden;
	struct act_out out = { 0 };
	enum rc rc;
	TXN(txn);

	/* Undone at the end. */
	assert_int_equal(txn_begin(w->t.c.db, &txn), RC_OK);
	rc = act(&w->t, &w->report[s], action, role, &out);
	if (rc == RC_OK && (golden == 0 || out.state != want)) {
		print_error("%s %s %s leads to %s\n", state_word(s), role_word(role), action_word(action), state_word(out.state));
		w->wrong++;
	} else if (rc != RC_OK && (w->t.c.err.refusal == 0 || (golden != 0 && !is_gated(action, role)))) {
		print_error("%s %s %s is refused: %d, %d %s %s\n", state_word(s), role_word(role), action_word(action), rc,
			    w->t.c.err.refusal, w->t.c.err.detail, db_message(w->t.c.db));
		w->wrong++;
	} else {
		w->done += rc == RC_OK;
		w->refused += rc != RC_OK;
	}
}

static void what_the_golden_table_allows_is_done_and_all_else_refused(void **state)
{
	struct world *w = *state;

	for (enum state s = STATE_RECEIVED; s < STATES; s++)
		for (enum action a = ACT_VERIFY; a < ACTIONS; a++)
			for (enum role r = ROLE_CITIZEN; r < ROLES; r++) {
				struct arena_mark mark = arena_mark(w->t.c.a);

				try(w, s, a, r);
				arena_rewind(w->t.c.a, mark);
			}
	print_message("# %d done, %d refused\n", w->done, w->refused);
	assert_int_equal(w->wrong, 0);
	assert_true(w->done > 250);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(what_the_golden_table_allows_is_done_and_all_else_refused) };

	hash_init();
	log_set_level(LOG_ERROR);
	return cmocka_run_group_tests(tests, begin, end);
}
