/* SPDX-License-Identifier: Apache-2.0
 * Sent around too often: who waits, who decides, and what stays possible.
 */
#include "unit/support.h"

#include "core/transfer.h"

static void the_rule_set_says_how_often_unless_the_installation_does(void **state)
{
	const struct ruleset *r = rules_by_id("62/2018");

	(void)state;
	assert_int_equal(transfer_limit(r, 0), 2);
	assert_int_equal(transfer_limit(r, 5), 5);
	assert_false(transfer_is_stuck(1, 2, false));
	assert_true(transfer_is_stuck(2, 2, false));
	assert_true(transfer_is_stuck(3, 2, false));
	assert_false(transfer_is_stuck(3, 2, true));
	assert_false(transfer_is_stuck(3, 0, false));
}

static void every_action_is_judged(void **state)
{
	enum { FREE = TRANSFER_FREE, STUCK = TRANSFER_STUCK, DECIDED = TRANSFER_DECIDED, CALM = TRANSFER_UNDISPUTED };
	static const struct {
		enum action action;
		enum state from;
		enum role by;
		int calm, stuck, decided; /* as it is: fine, stuck, arbitrated */
	} cases[] = {
		{ ACT_ARBITRATE, STATE_AT_OPD, ROLE_NATIONAL_ADMIN, CALM, FREE, FREE },
		{ ACT_DISPOSE, STATE_VERIFIED, ROLE_NATIONAL_ADMIN, FREE, STUCK, FREE },
		{ ACT_DISPOSE, STATE_AGENCY_VERIFIED, ROLE_AGENCY_ADMIN, FREE, STUCK, FREE },
		{ ACT_REDISPOSE, STATE_AT_OPD, ROLE_NATIONAL_ADMIN, FREE, STUCK, FREE },
		{ ACT_REDISPOSE, STATE_AT_OPD, ROLE_AGENCY_ADMIN, FREE, STUCK, FREE },
		{ ACT_REDISPOSE, STATE_AT_UNIT, ROLE_LIAISON, FREE, FREE, FREE },
		{ ACT_RETURN_UP, STATE_AT_AGENCY, ROLE_AGENCY_ADMIN, FREE, STUCK, DECIDED },
		{ ACT_RETURN_UP, STATE_AT_OPD, ROLE_LIAISON, FREE, STUCK, FREE },
		{ ACT_RETURN_UP, STATE_AT_UNIT, ROLE_UNIT_OFFICER, FREE, FREE, FREE },
		{ ACT_FORWARD_UNIT, STATE_AT_OPD, ROLE_LIAISON, FREE, FREE, FREE },
		{ ACT_ANSWER, STATE_AT_OPD, ROLE_LIAISON, FREE, FREE, FREE },
		{ ACT_WITHDRAW, STATE_AT_OPD, ROLE_CITIZEN, FREE, FREE, FREE },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct rule *r = transition_find(cases[i].action, cases[i].from, cases[i].by);

		assert_non_null(r);
		assert_int_equal(transfer_refuses(r, false, false), cases[i].calm);
		assert_int_equal(transfer_refuses(r, true, false), cases[i].stuck);
		assert_int_equal(transfer_refuses(r, false, true), cases[i].decided);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rule_set_says_how_often_unless_the_installation_does),
		cmocka_unit_test(every_action_is_judged),
	};

	return cmocka_run_group_tests_name("transfer", tests, NULL, NULL);
}
