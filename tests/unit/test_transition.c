/* SPDX-License-Identifier: Apache-2.0
 * The workflow ring: every (state, action, role) against tests/workflow/golden.txt, which is kept by hand, in both
 * directions; and what must hold for any table.
 */
#include "workflow/golden.h"

static const char *name_of(enum state s)
{
	return s == STATE_NONE ? "none" : s == KEPT ? "kept" : state_word(s);
}

static int differs(const struct golden *g, enum state s, enum action a, enum role r)
{
	const struct rule *rule = transition_find(a, s, r);
	int told = !rule ? 0 : rule->effects & FX_RESUME_STATE ? KEPT : (int)rule->to;
	int golden = g->to[s][a][r];

	if (told == golden)
		return 0;
	print_error("%s %s %s: table says %s, golden says %s\n", name_of(s), role_word(r), action_word(a),
		    name_of((enum state)told), name_of((enum state)golden));
	return 1;
}

static void every_state_action_and_role_is_as_in_the_golden_table(void **state)
{
	int wrong = 0;

	for (enum state s = STATE_NONE; s < STATES; s++)
		for (enum action a = ACT_SUBMIT; a < ACTIONS; a++)
			for (enum role r = ROLE_CITIZEN; r < ROLES; r++)
				wrong += differs(*state, s, a, r);
	assert_int_equal(wrong, 0);
}

static void the_table_has_exactly_the_lines_of_the_golden_one(void **state)
{
	const struct golden *g = *state;

	assert_true(g->lines > 200);
	assert_int_equal(transition_rule_count, g->lines);
}

static void buttons_are_what_the_golden_table_allows(void **state)
{
	const struct golden *g = *state;

	for (enum state s = STATE_NONE; s < STATES; s++) {
		for (enum role r = ROLE_NONE; r < ROLES; r++) {
			uint64_t want = 0;

			for (enum action a = ACT_SUBMIT; a < ACTIONS; a++)
				if (g->to[s][a][r])
					want |= UINT64_C(1) << a;
			assert_true(transition_actions(s, r) == want);
		}
	}
}

static void those_who_only_look_can_do_nothing(void **state)
{
	static const enum role lookers[] = { ROLE_NONE, ROLE_OPERATOR, ROLE_INTAKE, ROLE_OPD_INTAKE, ROLE_SECTION_HEAD,
					     ROLE_DIVISION_HEAD, ROLE_OFFICE_HEAD, ROLE_REGENT };
	static const enum role by_sop[] = { ROLE_OPD_HEAD, ROLE_OVERSIGHT, ROLE_COORDINATOR };

	(void)state;
	for (enum state s = STATE_NONE; s < STATES; s++) {
		for (size_t i = 0; i < ARRAY_LEN(lookers); i++)
			assert_true(transition_actions(s, lookers[i]) == 0);
		for (size_t i = 0; i < ARRAY_LEN(by_sop); i++)
			assert_true((transition_actions(s, by_sop[i]) & ~(UINT64_C(1) << ACT_TASK)) == 0);
	}
}

static void a_kept_state_is_where_it_goes_back_to(void **state)
{
	const struct rule *complete = transition_find(ACT_COMPLETE, STATE_PENDING, ROLE_CITIZEN);
	const struct rule *reopen = transition_find(ACT_REOPEN, STATE_ARCHIVED, ROLE_CITIZEN);
	const struct rule *verify = transition_find(ACT_VERIFY, STATE_RECEIVED, ROLE_NATIONAL_ADMIN);

	(void)state;
	assert_int_equal(transition_target(complete, STATE_AT_OPD), STATE_AT_OPD);
	assert_int_equal(transition_target(complete, STATE_NONE), STATE_RECEIVED);
	assert_int_equal(transition_target(reopen, STATE_AGENCY_VERIFIED), STATE_AGENCY_VERIFIED);
	assert_int_equal(transition_target(verify, STATE_AT_OPD), STATE_VERIFIED);
}

static void histories_are_legal_only_along_the_table(void **state)
{
	static const struct { enum action a; enum state from; enum role by; enum state to; bool legal; } cases[] = {
		{ ACT_VERIFY, STATE_RECEIVED, ROLE_NATIONAL_ADMIN, STATE_VERIFIED, true },
		{ ACT_VERIFY, STATE_RECEIVED, ROLE_NATIONAL_ADMIN, STATE_AT_AGENCY, false },
		{ ACT_VERIFY, STATE_RECEIVED, ROLE_LIAISON, STATE_VERIFIED, false },
		{ ACT_COMPLETE, STATE_PENDING, ROLE_CITIZEN, STATE_IN_PROGRESS, true },
		{ ACT_COMPLETE, STATE_PENDING, ROLE_CITIZEN, STATE_CLOSED, false },
		{ ACT_REOPEN, STATE_ARCHIVED, ROLE_CITIZEN, STATE_ANSWERED, true },
		{ ACT_REOPEN, STATE_ARCHIVED, ROLE_CITIZEN, STATE_PENDING, false },
		{ ACT_IMPORT, STATE_NONE, ROLE_SYSTEM, STATE_CLOSED, true },
		{ ACT_IMPORT, STATE_NONE, ROLE_SYSTEM, STATE_NONE, false },
		{ ACT_IMPORT, STATE_RECEIVED, ROLE_SYSTEM, STATE_CLOSED, false },
		{ ACT_IMPORT, STATE_NONE, ROLE_AGENCY_ADMIN, STATE_CLOSED, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(transition_is_legal(cases[i].a, cases[i].from, cases[i].by, cases[i].to), cases[i].legal);
}

/* What changes the state of an open report for the worse needs a text that the reporter reads. */
static void every_closing_archiving_and_returning_carries_a_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < transition_rule_count; i++) {
		const struct rule *r = &transition_rules[i];

		if (!state_is_open(r->to) || r->effects & (FX_MOVE_UP | FX_MOVE_ACROSS | FX_PAUSE))
			if (state_is_open(r->from))
				assert_int_equal(action_text_need(r->action), TEXT_REQUIRED);
	}
}

static bool ends(const struct rule *r, unsigned effect)
{
	return r->effects & (effect | FX_END_ALL);
}

static void effects_fit_the_states_they_lead_to(void **state)
{
	(void)state;
	for (size_t i = 0; i < transition_rule_count; i++) {
		const struct rule *r = &transition_rules[i];

		/* No clock runs once it is over, and the reporter's own clocks run only in their state. */
		if (r->from != r->to && !state_is_open(r->to))
			assert_true(r->effects & FX_END_ALL);
		if (r->from == STATE_PENDING && r->to != STATE_PENDING)
			assert_true(ends(r, FX_END_PENDING));
		if (r->from == STATE_ANSWERED && r->to != STATE_ANSWERED)
			assert_true(ends(r, FX_END_REPLY));
		assert_int_equal(!!(r->effects & FX_PAUSE), r->to == STATE_PENDING && r->from != STATE_PENDING);
		assert_int_equal(!!(r->effects & FX_CLOCK_REPLY), r->action == ACT_ANSWER || r->action == ACT_SETTLE);
		/* A report that goes to another level moves to another holder. */
		if (r->effects & (FX_MOVE_DOWN | FX_MOVE_ACROSS) && r->action != ACT_SETTLE) /* to the own node */
			assert_int_equal(role_level(r->by) + 1, state_level(r->to));
		/* A reopened or replied report is on somebody's desk with a clock. */
		if (!state_is_open(r->from) && state_is_open(r->to) && r->from != STATE_NONE)
			assert_true(r->effects & (FX_CLOCK_FOLLOW_UP | FX_CLOCK_STATE));
	}
}

/* From every open state somebody can do something, and the end can be reached. */
static void no_report_gets_stuck(void **state)
{
	bool reaches_end[STATES] = { [STATE_CLOSED] = true, [STATE_ARCHIVED] = true };

	(void)state;
	for (int round = 0; round < STATES; round++)
		for (size_t i = 0; i < transition_rule_count; i++)
			/* Withdrawing is no way out for the officers. */
			if (transition_rules[i].action != ACT_WITHDRAW && reaches_end[transition_rules[i].to])
				reaches_end[transition_rules[i].from] = true;
	for (enum state s = STATE_RECEIVED; s < STATES; s++)
		assert_true(reaches_end[s]);
}

static void queues_and_clocks_follow_the_state_alone(void **state)
{
	static const struct { enum state s; enum queue q; enum clock_kind k; bool needs_action; } cases[] = {
		{ STATE_NONE, QUEUE_NONE, CLOCK_NONE, false },
		{ STATE_RECEIVED, QUEUE_VERIFY, CLOCK_VERIFY, true },
		{ STATE_VERIFIED, QUEUE_DISPOSE, CLOCK_VERIFY, true },
		{ STATE_AT_AGENCY, QUEUE_VERIFY, CLOCK_AGENCY, true },
		{ STATE_AGENCY_VERIFIED, QUEUE_DISPOSE, CLOCK_AGENCY, true },
		{ STATE_AT_OPD, QUEUE_RESPOND, CLOCK_FOLLOW_UP, true },
		{ STATE_AT_UNIT, QUEUE_RESPOND, CLOCK_FOLLOW_UP, true },
		{ STATE_IN_PROGRESS, QUEUE_RESPOND, CLOCK_FOLLOW_UP, true },
		{ STATE_ANSWERED, QUEUE_ANSWERED, CLOCK_REPLY, false },
		{ STATE_PENDING, QUEUE_WAITING, CLOCK_PENDING, false },
		{ STATE_CLOSED, QUEUE_NONE, CLOCK_NONE, false },
		{ STATE_ARCHIVED, QUEUE_NONE, CLOCK_NONE, false },
	};

	(void)state;
	assert_int_equal(ARRAY_LEN(cases), STATES);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_int_equal(transition_queue(cases[i].s), cases[i].q);
		assert_int_equal(transition_clock(cases[i].s), cases[i].k);
		assert_int_equal(transition_needs_action(cases[i].s), cases[i].needs_action);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_state_action_and_role_is_as_in_the_golden_table),
		cmocka_unit_test(the_table_has_exactly_the_lines_of_the_golden_one),
		cmocka_unit_test(buttons_are_what_the_golden_table_allows),
		cmocka_unit_test(those_who_only_look_can_do_nothing),
		cmocka_unit_test(a_kept_state_is_where_it_goes_back_to),
		cmocka_unit_test(histories_are_legal_only_along_the_table),
		cmocka_unit_test(every_closing_archiving_and_returning_carries_a_reason),
		cmocka_unit_test(effects_fit_the_states_they_lead_to),
		cmocka_unit_test(no_report_gets_stuck),
		cmocka_unit_test(queues_and_clocks_follow_the_state_alone),
	};

	return cmocka_run_group_tests_name("transition", tests, read_golden, free_golden);
}
