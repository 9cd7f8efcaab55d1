/* SPDX-License-Identifier: Apache-2.0
 * Who sees what: every role against open, anonymous and secret reports, inside and outside the line
 * (SOP tjt-20#2c).
 */
#include "unit/support.h"

#include "core/access.h"

#define SEE ACCESS_SEE
#define ORIG ACCESS_ORIGINAL
#define NAME ACCESS_NAME
#define REV ACCESS_REVEAL
#define INT ACCESS_INTERNAL
#define FILE_ ACCESS_FILES
#define ACT ACCESS_ACT

enum { NATION = 1, AGENCY = 10, OPD = 20, UNIT = 30, ELSEWHERE = 99 };

static struct access_report report(enum visibility v, int64_t holder)
{
	return (struct access_report){
		.state = STATE_AT_OPD, .visibility = v, .is_public = v != VISIBILITY_SECRET,
		.holder = { holder }, .agency = { AGENCY }, .opd = { OPD }, .unit = { UNIT },
	};
}

static void every_role_has_its_rights_and_no_others(void **state)
{
	static const struct {
		enum role role;
		int64_t node;
		bool code;
		unsigned open, anonymous, secret;
	} cases[] = {
		{ ROLE_NONE, 0, false, SEE | NAME, SEE, 0 },
		{ ROLE_CITIZEN, 0, false, SEE | NAME, SEE, 0 },
		{ ROLE_CITIZEN, 0, true, SEE | ORIG | NAME | FILE_ | ACT, SEE | ORIG | NAME | FILE_ | ACT,
		  SEE | ORIG | NAME | FILE_ | ACT },
		{ ROLE_NONE, 0, true, SEE | ORIG | NAME | FILE_ | ACT, SEE | ORIG | NAME | FILE_ | ACT,
		  SEE | ORIG | NAME | FILE_ | ACT },
		{ ROLE_NATIONAL_ADMIN, NATION, false, SEE | ORIG | NAME | REV | INT | FILE_ | ACT,
		  SEE | ORIG | REV | INT | FILE_ | ACT, SEE | ORIG | REV | INT | FILE_ | ACT },
		{ ROLE_AGENCY_ADMIN, AGENCY, false, SEE | ORIG | NAME | REV | INT | FILE_ | ACT,
		  SEE | ORIG | REV | INT | FILE_ | ACT, SEE | ORIG | REV | INT | FILE_ | ACT },
		{ ROLE_AGENCY_ADMIN, ELSEWHERE, false, SEE | NAME, SEE, 0 },
		{ ROLE_AGENCY_ADMIN, 0, false, SEE | NAME, SEE, 0 },
		{ ROLE_LIAISON, OPD, false, SEE | ORIG | NAME | REV | INT | FILE_ | ACT, SEE | INT | FILE_ | ACT,
		  SEE | INT | FILE_ | ACT },
		{ ROLE_LIAISON, ELSEWHERE, false, SEE | NAME, SEE, 0 },
		{ ROLE_LIAISON, AGENCY, false, SEE | NAME, SEE, 0 },
		{ ROLE_UNIT_OFFICER, UNIT, false, SEE | ORIG | NAME | INT | FILE_ | ACT, SEE | INT | FILE_ | ACT,
		  SEE | INT | FILE_ | ACT },
		{ ROLE_UNIT_OFFICER, ELSEWHERE, false, SEE | NAME, SEE, 0 },
		{ ROLE_OPD_HEAD, OPD, false, SEE | ORIG | NAME | INT | FILE_, SEE | INT | FILE_, SEE | INT | FILE_ },
		{ ROLE_OPD_HEAD, ELSEWHERE, false, SEE | NAME, SEE, 0 },
		{ ROLE_COORDINATOR, AGENCY, false, SEE | ORIG | NAME | INT | FILE_, SEE | INT | FILE_, SEE | INT | FILE_ },
		{ ROLE_COORDINATOR, ELSEWHERE, false, SEE | NAME, SEE, 0 },
		{ ROLE_OVERSIGHT, AGENCY, false, SEE | NAME, SEE, 0 },
		{ ROLE_INTAKE, AGENCY, false, SEE | NAME, SEE, 0 },
		{ ROLE_OPD_INTAKE, OPD, false, SEE | NAME, SEE, 0 },
		{ ROLE_OFFICE_HEAD, AGENCY, false, SEE | NAME, SEE, 0 },
		{ ROLE_REGENT, AGENCY, false, SEE | NAME, SEE, 0 },
		{ ROLE_OPERATOR, NATION, false, SEE | NAME, SEE, 0 },
		{ ROLE_SYSTEM, 0, false, SEE | ACT, SEE | ACT, SEE | ACT },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct access_person p = { cases[i].role, { cases[i].node }, cases[i].code };
		struct access_report r = report(VISIBILITY_OPEN, OPD);

		assert_int_equal(access_to(&r, &p), cases[i].open);
		r = report(VISIBILITY_ANONYMOUS, OPD);
		assert_int_equal(access_to(&r, &p), cases[i].anonymous);
		r = report(VISIBILITY_SECRET, OPD);
		assert_int_equal(access_to(&r, &p), cases[i].secret);
		/* Even a row whose is_public is wrong does not open a secret report. */
		r.is_public = true;
		assert_int_equal(access_to(&r, &p), cases[i].secret);
	}
}

static void nobody_from_outside_sees_what_is_not_public_or_blocked(void **state)
{
	static const struct access_person outside[] = {
		{ ROLE_NONE, { 0 }, false }, { ROLE_CITIZEN, { 0 }, false }, { ROLE_OPERATOR, { NATION }, false },
		{ ROLE_AGENCY_ADMIN, { ELSEWHERE }, false }, { ROLE_LIAISON, { ELSEWHERE }, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(outside); i++) {
		struct access_report r = report(VISIBILITY_OPEN, OPD);

		r.is_public = false;
		assert_int_equal(access_to(&r, &outside[i]), 0);
		r.is_public = true;
		r.is_blocked = true;
		assert_int_equal(access_to(&r, &outside[i]), 0);
	}
}

static void only_the_holder_and_those_above_act(void **state)
{
	static const struct { int64_t holder; bool national, agency, opd, unit; } cases[] = {
		{ NATION, true, false, false, true },
		{ AGENCY, true, true, false, true },
		{ OPD, true, true, true, true },
		{ UNIT, true, true, true, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct access_report r = report(VISIBILITY_OPEN, cases[i].holder);
		struct access_person national = { ROLE_NATIONAL_ADMIN, { NATION }, false };
		struct access_person agency = { ROLE_AGENCY_ADMIN, { AGENCY }, false };
		struct access_person liaison = { ROLE_LIAISON, { OPD }, false };
		struct access_person unit = { ROLE_UNIT_OFFICER, { UNIT }, false };

		assert_int_equal(!!(access_to(&r, &national) & ACT), cases[i].national);
		assert_int_equal(!!(access_to(&r, &agency) & ACT), cases[i].agency);
		assert_int_equal(!!(access_to(&r, &liaison) & ACT), cases[i].opd);
		/* Of a unit the table says in which states it may: it is its own line of work. */
		assert_int_equal(!!(access_to(&r, &unit) & ACT), cases[i].unit);
	}
}

/* Ids of 0 mean "none": two of them are not the same agency. */
static void no_agency_is_not_the_same_as_no_agency(void **state)
{
	struct access_report r = { .state = STATE_RECEIVED, .visibility = VISIBILITY_OPEN, .holder = { NATION } };

	(void)state;
	for (enum role role = ROLE_AGENCY_ADMIN; role <= ROLE_OPD_HEAD; role++) {
		struct access_person p = { role, { 0 }, false };

		assert_int_equal(access_to(&r, &p), 0);
	}
}

static void a_report_is_public_when_verified_not_secret_and_not_blocked(void **state)
{
	(void)state;
	for (enum visibility v = VISIBILITY_NONE; v <= VISIBILITY_SECRET; v++)
		for (int verified = 0; verified < 2; verified++)
			for (int blocked = 0; blocked < 2; blocked++)
				assert_int_equal(access_is_public(v, verified, blocked),
						 (v == VISIBILITY_OPEN || v == VISIBILITY_ANONYMOUS) &&
							 verified && !blocked);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_role_has_its_rights_and_no_others),
		cmocka_unit_test(nobody_from_outside_sees_what_is_not_public_or_blocked),
		cmocka_unit_test(only_the_holder_and_those_above_act),
		cmocka_unit_test(no_agency_is_not_the_same_as_no_agency),
		cmocka_unit_test(a_report_is_public_when_verified_not_secret_and_not_blocked),
	};

	return cmocka_run_group_tests_name("access", tests, NULL, NULL);
}
