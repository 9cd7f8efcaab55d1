/* SPDX-License-Identifier: Apache-2.0
 * The projection: a life of a report, event by event, and what must hold after any history the table allows.
 */
#include "unit/support.h"

#include "base/rand.h"
#include "core/project.h"

enum { NATION = 1, AGENCY = 10, OTHER_AGENCY = 11, OPD = 20, OTHER_OPD = 21, UNIT = 30 };

static struct instant day_at(int64_t seq)
{
	return (struct instant){ INT64_C(1700000000000) + seq * MS_PER_DAY };
}

/* One event, from where the report is. */
static void happens(struct projection *p, enum action a, enum role by, enum state to, int64_t holder,
		    enum level level, const char *data)
{
	project_event(p,
		      &(struct chain_event){
			      .report = { 1 }, .seq = p->version + 1, .at = day_at(p->version + 1), .action = a, .role = by,
			      .account = { 7 }, .from = p->state, .to = to, .to_agency = { holder },
			      .audience = AUDIENCE_PUBLIC, .data = data,
		      },
		      level, NULL);
}

static struct projection submitted(void)
{
	struct projection p = { 0 };

	happens(&p, ACT_SUBMIT, ROLE_CITIZEN, STATE_RECEIVED, NATION, LEVEL_NATIONAL, "{\"visibility\":1}");
	return p;
}

static struct projection at_opd(void)
{
	struct projection p = submitted();

	happens(&p, ACT_VERIFY, ROLE_NATIONAL_ADMIN, STATE_VERIFIED, 0, LEVEL_NONE, "{\"class\":2,\"category\":5}");
	happens(&p, ACT_DISPOSE, ROLE_NATIONAL_ADMIN, STATE_AT_AGENCY, AGENCY, LEVEL_AGENCY, NULL);
	happens(&p, ACT_VERIFY, ROLE_AGENCY_ADMIN, STATE_AGENCY_VERIFIED, 0, LEVEL_NONE, "{\"class\":3}");
	happens(&p, ACT_DISPOSE, ROLE_AGENCY_ADMIN, STATE_AT_OPD, OPD, LEVEL_OPD, NULL);
	return p;
}

static void the_way_down_is_remembered(void **state)
{
	struct projection p = submitted();

	(void)state;
	assert_int_equal(p.state, STATE_RECEIVED);
	assert_int_equal(p.holder.v, NATION);
	assert_int_equal(p.queue, QUEUE_VERIFY);
	assert_true(p.is_open && p.needs_action && !p.is_public);
	p = at_opd();
	assert_int_equal(p.version, 5);
	assert_int_equal(p.holder.v, OPD);
	assert_int_equal(p.agency.v, AGENCY);
	assert_int_equal(p.opd.v, OPD);
	assert_int_equal(p.unit.v, 0);
	assert_int_equal(p.class, CLASS_ASPIRATION);
	assert_int_equal(p.category.v, 5);
	assert_true(p.is_public);
	/* The first verification counts, the last disposition to an OPD. */
	assert_int_equal(p.verified_at.ms, day_at(2).ms);
	assert_int_equal(p.disposed_at.ms, day_at(5).ms);
	assert_int_equal(p.held_since_at.ms, day_at(5).ms);
	happens(&p, ACT_FORWARD_UNIT, ROLE_LIAISON, STATE_AT_UNIT, UNIT, LEVEL_UNIT, NULL);
	assert_int_equal(p.unit.v, UNIT);
	assert_int_equal(p.opd.v, OPD);
}

static void the_way_up_forgets_who_is_no_longer_in_the_line(void **state)
{
	struct projection p = at_opd();

	(void)state;
	happens(&p, ACT_RETURN_UP, ROLE_LIAISON, STATE_AGENCY_VERIFIED, AGENCY, LEVEL_AGENCY, NULL);
	assert_int_equal(p.opd.v, 0);
	assert_int_equal(p.holder.v, AGENCY);
	assert_int_equal(p.transfers, 1);
	happens(&p, ACT_RETURN_UP, ROLE_AGENCY_ADMIN, STATE_VERIFIED, NATION, LEVEL_NATIONAL, NULL);
	assert_int_equal(p.agency.v, 0);
	assert_int_equal(p.transfers, 2);
	happens(&p, ACT_DISPOSE, ROLE_NATIONAL_ADMIN, STATE_AT_AGENCY, OTHER_AGENCY, LEVEL_AGENCY, NULL);
	assert_int_equal(p.agency.v, OTHER_AGENCY);
	assert_int_equal(p.transfers, 2);
}

static void a_unit_passing_it_back_is_no_transfer(void **state)
{
	struct projection p = at_opd();

	(void)state;
	happens(&p, ACT_FORWARD_UNIT, ROLE_LIAISON, STATE_AT_UNIT, UNIT, LEVEL_UNIT, NULL);
	happens(&p, ACT_RETURN_UP, ROLE_UNIT_OFFICER, STATE_AT_OPD, OPD, LEVEL_OPD, NULL);
	assert_int_equal(p.transfers, 0);
	happens(&p, ACT_REDISPOSE, ROLE_AGENCY_ADMIN, STATE_AT_OPD, OTHER_OPD, LEVEL_OPD, NULL);
	assert_int_equal(p.transfers, 1);
	assert_int_equal(p.opd.v, OTHER_OPD);
}

static void pending_and_archived_remember_where_it_was(void **state)
{
	struct projection p = at_opd();

	(void)state;
	happens(&p, ACT_PEND, ROLE_LIAISON, STATE_PENDING, 0, LEVEL_NONE, NULL);
	assert_int_equal(p.resume_state, STATE_AT_OPD);
	assert_int_equal(p.queue, QUEUE_WAITING);
	assert_false(p.needs_action);
	happens(&p, ACT_NOTE, ROLE_LIAISON, STATE_PENDING, 0, LEVEL_NONE, NULL);
	assert_int_equal(p.resume_state, STATE_AT_OPD);
	happens(&p, ACT_EXPIRE, ROLE_SYSTEM, STATE_ARCHIVED, 0, LEVEL_NONE, NULL);
	assert_int_equal(p.resume_state, STATE_AT_OPD);
	assert_int_equal(p.closer, CLOSED_BY_SYSTEM);
	assert_int_equal(p.closed_at.ms, p.changed_at.ms);
	happens(&p, ACT_REOPEN, ROLE_CITIZEN, STATE_AT_OPD, 0, LEVEL_NONE, NULL);
	assert_int_equal(p.resume_state, STATE_NONE);
	assert_int_equal(p.closer, CLOSER_NONE);
	assert_false(instant_is_set(p.closed_at));
	assert_true(p.is_open);
}

static void an_answer_is_a_first_follow_up_too(void **state)
{
	struct projection p = at_opd();
	struct instant first;

	(void)state;
	happens(&p, ACT_ANSWER, ROLE_LIAISON, STATE_ANSWERED, 0, LEVEL_NONE, NULL);
	first = p.answered_at;
	assert_int_equal(p.first_follow_up_at.ms, first.ms);
	assert_int_equal(p.queue, QUEUE_ANSWERED);
	happens(&p, ACT_REPLY, ROLE_CITIZEN, STATE_IN_PROGRESS, 0, LEVEL_NONE, NULL);
	happens(&p, ACT_ANSWER, ROLE_LIAISON, STATE_ANSWERED, 0, LEVEL_NONE, NULL);
	assert_int_equal(p.first_follow_up_at.ms, first.ms);
	assert_true(p.answered_at.ms > first.ms);
	happens(&p, ACT_RATE, ROLE_CITIZEN, STATE_ANSWERED, 0, LEVEL_NONE, "{\"rating\":4}");
	happens(&p, ACT_CLOSE, ROLE_CITIZEN, STATE_CLOSED, 0, LEVEL_NONE, NULL);
	assert_int_equal(p.rating, 4);
	assert_int_equal(p.closer, CLOSED_BY_REPORTER);
	assert_false(p.is_open);
}

static void what_is_public_follows_sifat_and_blocking(void **state)
{
	struct projection p = at_opd();

	(void)state;
	happens(&p, ACT_SET_VISIBILITY, ROLE_CITIZEN, STATE_AT_OPD, 0, LEVEL_NONE, "{\"visibility\":3}");
	assert_false(p.is_public);
	happens(&p, ACT_SET_VISIBILITY, ROLE_AGENCY_ADMIN, STATE_AT_OPD, 0, LEVEL_NONE, "{\"visibility\":2}");
	assert_true(p.is_public);
	happens(&p, ACT_BLOCK, ROLE_AGENCY_ADMIN, STATE_AT_OPD, 0, LEVEL_NONE, NULL);
	assert_true(p.is_blocked && !p.is_public);
	happens(&p, ACT_UNBLOCK, ROLE_AGENCY_ADMIN, STATE_AT_OPD, 0, LEVEL_NONE, NULL);
	assert_true(!p.is_blocked && p.is_public);
}

static void numbers_of_events_are_read_only_as_numbers(void **state)
{
	static const struct { const char *data, *name; bool found; int64_t v; } cases[] = {
		{ "{\"class\":2}", "class", true, 2 },
		{ "{\"rating\":5,\"class\":-1}", "class", true, -1 },
		{ "{\"subclass\":2}", "class", false, 0 },
		{ "{\"class\":\"2\"}", "class", false, 0 },
		{ "{\"text\":\"\\\"class\\\":9\"}", "class", false, 0 },
		{ "{}", "class", false, 0 },
		{ "", "class", false, 0 },
		{ NULL, "class", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int64_t v = 0;

		assert_int_equal(project_data_int(cases[i].data, cases[i].name, &v), cases[i].found);
		assert_int_equal(v, cases[i].v);
	}
}

/* The agency an event moves the report to, by the rule's effects; 0 when it stays. */
static int64_t target(const struct rule *r, const struct projection *p, enum state to, enum level *ret_level)
{
	*ret_level = LEVEL_NONE;
	if (!(r->effects & (FX_MOVE_DOWN | FX_MOVE_UP | FX_MOVE_ACROSS)) && r->action != ACT_SUBMIT)
		return 0;
	/* Up is one level up from where it is, also when the state has no level of its own. */
	*ret_level = r->effects & FX_MOVE_UP && p->holder.v == UNIT ? LEVEL_OPD : state_level(to);
	switch (*ret_level) {
	case LEVEL_NATIONAL: return NATION;
	case LEVEL_AGENCY: return p->agency.v == AGENCY ? OTHER_AGENCY : AGENCY;
	case LEVEL_OPD: return p->opd.v == OPD ? OTHER_OPD : OPD;
	case LEVEL_UNIT: return UNIT;
	case LEVEL_NONE: break;
	}
	return 0;
}

static void check_invariants(const struct projection *p)
{
	assert_int_equal(p->is_open, state_is_open(p->state));
	assert_int_equal(p->queue, transition_queue(p->state));
	assert_true(p->holder.v != 0);
	assert_true(p->holder.v == NATION || p->holder.v == p->agency.v || p->holder.v == p->opd.v ||
		    p->holder.v == p->unit.v);
	assert_int_equal(p->is_open, !instant_is_set(p->closed_at));
	assert_int_equal(p->is_open, p->closer == CLOSER_NONE);
	assert_int_equal(p->resume_state != STATE_NONE, p->state == STATE_PENDING || p->state == STATE_ARCHIVED);
	if (p->is_public)
		assert_true(instant_is_set(p->verified_at) && p->visibility != VISIBILITY_SECRET && !p->is_blocked);
}

static void any_history_along_the_table_keeps_the_projection_sound(void **state)
{
	struct rand_seq r = { 10 };

	(void)state;
	for (int life = 0; life < 300; life++) {
		struct projection p = submitted();

		for (int step = 0; step < 60; step++) {
			const struct rule *rule = &transition_rules[rand_below(&r, (uint32_t)transition_rule_count)];
			enum level level;
			enum state to;
			int64_t holder;

			if (rule->from != p.state)
				continue;
			to = transition_target(rule, p.resume_state);
			assert_true(transition_is_legal(rule->action, p.state, rule->by, to));
			holder = target(rule, &p, to, &level);
			happens(&p, rule->action, rule->by, to, holder, level, NULL);
			check_invariants(&p);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_way_down_is_remembered),
		cmocka_unit_test(the_way_up_forgets_who_is_no_longer_in_the_line),
		cmocka_unit_test(a_unit_passing_it_back_is_no_transfer),
		cmocka_unit_test(pending_and_archived_remember_where_it_was),
		cmocka_unit_test(an_answer_is_a_first_follow_up_too),
		cmocka_unit_test(what_is_public_follows_sifat_and_blocking),
		cmocka_unit_test(numbers_of_events_are_read_only_as_numbers),
		cmocka_unit_test(any_history_along_the_table_keeps_the_projection_sound),
	};

	return cmocka_run_group_tests_name("project", tests, NULL, NULL);
}
