/* SPDX-License-Identifier: Apache-2.0
 * How an SOP runs: positions along the way, loops, parts, steps beside, pending, starts, gates, rules of clocks.
 */
#include "unit/support.h"

#include "app/sop_load.h"
#include "core/sop_run.h"
#include "core/transition.h"

#define ACT(a) { ACT_##a, SOP_TASK_NONE }
#define TASK(t) { ACT_NONE, SOP_TASK_##t }
#define IN(s) (1U << STATE_##s)
#define WD(low, high) { low, high, LIMIT_WORKDAYS, 0 }

/* The shape of tjt-20: two steps, one beside, a loop, the wait for the reporter. */
enum { S1, S2, S2E, S2G, S3, S4, S4E, S5 };

static struct sop way(void)
{
	static struct sop_actor actors[] = { { "k", "Koordinator", ROLE_AGENCY_ADMIN }, { "p", "Penghubung", ROLE_LIAISON } };
	static struct sop_act pend_on[] = { ACT(COMPLETE) }, expire_on[] = { ACT(EXPIRE) }, up_on[] = { ACT(RETURN_UP) };
	static struct sop_act reply_on[] = { ACT(REPLY) }, close_on[] = { ACT(CLOSE) };
	static struct sop_branch b2e[] = { { "dilengkapi", pend_on, 1, "2", S2 }, { "tidak", expire_on, 1, "selesai", SOP_END } };
	static struct sop_branch b2g[] = { { "dikembalikan", up_on, 1, "selesai", SOP_END } };
	static struct sop_branch b4e[] = { { "disposisi ulang", up_on, 1, "2", S2 } };
	static struct sop_branch b5[] = { { "membalas", reply_on, 1, "4", S4 }, { "selesai", close_on, 1, "selesai", SOP_END } };
	static struct sop_act a1[] = { ACT(TAKE) }, a2[] = { ACT(VERIFY), ACT(DISPOSE) }, d2[] = { ACT(DISPOSE), ACT(REDISPOSE) };
	static struct sop_act a2e[] = { ACT(PEND) }, a2g[] = { ACT(RETURN_UP) }, a3[] = { TASK(INFORM_LIAISON) };
	static struct sop_act a4[] = { ACT(FOLLOW_UP), ACT(ANSWER), TASK(INFORM_HEAD) }, d4[] = { ACT(ANSWER) };
	static struct sop_act a5[] = { TASK(MONITOR) };
	static size_t k[] = { 0 }, p[] = { 1 }, kp[] = { 0, 1 };
	static struct sop_step steps[] = {
		[S1] = { .id = "1", .by = k, .by_n = 1, .acts = a1, .act_n = 1, .states = IN(RECEIVED) | IN(VERIFIED) },
		[S2] = { .id = "2", .by = k, .by_n = 1, .acts = a2, .act_n = 2, .in_force = WD(1, 3), .start = SOP_START_RECEIVED,
			 .states = IN(AT_AGENCY) | IN(AGENCY_VERIFIED), .done = d2, .done_n = 2 },
		[S2E] = { .id = "2e", .by = k, .by_n = 1, .acts = a2e, .act_n = 1, .branches = b2e, .branch_n = 2 },
		[S2G] = { .id = "2g", .by = k, .by_n = 1, .acts = a2g, .act_n = 1, .branches = b2g, .branch_n = 1 },
		[S3] = { .id = "3", .by = k, .by_n = 1, .acts = a3, .act_n = 1, .in_force = { 5, 5, LIMIT_MINUTES, 0 },
			 .start = SOP_START_DISPOSED, .is_beside = true },
		[S4] = { .id = "4", .by = p, .by_n = 1, .acts = a4, .act_n = 3, .in_force = WD(5, 10), .done = d4, .done_n = 1,
			 .start = SOP_START_DISPOSED, .states = IN(AT_OPD) | IN(AT_UNIT) | IN(IN_PROGRESS) },
		[S4E] = { .id = "4e", .by = p, .by_n = 1, .acts = a2g, .act_n = 1, .branches = b4e, .branch_n = 1 },
		[S5] = { .id = "5", .by = kp, .by_n = 2, .acts = a5, .act_n = 1, .in_force = WD(10, 10),
			 .start = SOP_START_ANSWERED, .clock = CLOCK_REPLY, .states = IN(ANSWERED), .branches = b5, .branch_n = 2 },
	};

	return (struct sop){ .id = "tjt-20", .actors = actors, .actor_n = 2, .steps = steps, .step_n = ARRAY_LEN(steps) };
}

static void a_report_goes_its_way(void **state)
{
	static const struct {
		const char *what;
		size_t at;
		struct sop_act act;
		enum state to;
		bool is_moved;
		size_t step;
		const char *flags; /* e entered, d done, l left, b begins 3, x ends 3, p drops 3 */
	} cases[] = {
		{ "comes in", SOP_END, ACT(SUBMIT), STATE_RECEIVED, true, S1, "e" },
		{ "taken", S1, ACT(TAKE), STATE_RECEIVED, false, S1, "" },
		{ "to the agency", S1, ACT(DISPOSE), STATE_AT_AGENCY, true, S2, "el" },
		{ "begins at the agency", SOP_END, ACT(DISPOSE), STATE_AT_AGENCY, true, S2, "e" },
		{ "verified there", S2, ACT(VERIFY), STATE_AGENCY_VERIFIED, false, S2, "" },
		{ "to the OPD", S2, ACT(DISPOSE), STATE_AT_OPD, true, S4, "edlb" },
		{ "the group is told", S4, TASK(INFORM_LIAISON), STATE_AT_OPD, false, S4, "x" },
		{ "told while pending", S4, TASK(INFORM_LIAISON), STATE_PENDING, false, S4, "x" },
		{ "another task", S4, TASK(INFORM_HEAD), STATE_AT_OPD, false, S4, "" },
		{ "to a unit", S4, ACT(FORWARD_UNIT), STATE_AT_UNIT, true, S4, "" },
		{ "the unit returns it", S4, ACT(RETURN_UP), STATE_AT_OPD, true, S4, "" },
		{ "followed up", S4, ACT(FOLLOW_UP), STATE_IN_PROGRESS, false, S4, "" },
		{ "to another OPD", S4, ACT(REDISPOSE), STATE_AT_OPD, true, S4, "elb" },
		{ "re-disposition asked", S4, ACT(RETURN_UP), STATE_AGENCY_VERIFIED, true, S2, "edlp" },
		{ "to another agency's table", S4, ACT(REDISPOSE), STATE_AT_AGENCY, true, S2, "elp" },
		{ "not the regency's", S2, ACT(RETURN_UP), STATE_VERIFIED, true, S1, "edl" },
		{ "answered", S4, ACT(ANSWER), STATE_ANSWERED, false, S5, "edl" },
		{ "answered at once", S2, ACT(ANSWER), STATE_ANSWERED, false, S5, "el" },
		{ "answered again", S5, ACT(ANSWER), STATE_ANSWERED, false, S5, "el" },
		{ "the reporter replies", S5, ACT(REPLY), STATE_IN_PROGRESS, false, S4, "edl" },
		{ "closed", S5, ACT(CLOSE), STATE_CLOSED, false, SOP_END, "dl" },
		{ "rated afterwards", SOP_END, ACT(RATE), STATE_CLOSED, false, SOP_END, "" },
		{ "contested", SOP_END, ACT(REOPEN), STATE_IN_PROGRESS, false, S4, "e" },
		{ "asked to complete", S2, ACT(PEND), STATE_PENDING, false, S2, "" },
		{ "completed", S2, ACT(COMPLETE), STATE_AGENCY_VERIFIED, false, S2, "" },
		{ "not completed", S2, ACT(EXPIRE), STATE_ARCHIVED, false, SOP_END, "dl" },
		{ "withdrawn", S4, ACT(WITHDRAW), STATE_ARCHIVED, false, SOP_END, "l" },
		{ "noted", S4, ACT(NOTE), STATE_AT_OPD, false, S4, "" },
		{ "arbitrated to the same", S2, ACT(ARBITRATE), STATE_AT_AGENCY, true, S2, "el" },
	};
	struct sop s = way();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct sop_event e = { cases[i].act, ROLE_LIAISON, cases[i].to, cases[i].is_moved };
		struct sop_move m;
		char flags[8];

		sop_run_next(&s, cases[i].at, &e, &m);
		snprintf(flags, sizeof(flags), "%s%s%s%s%s%s", m.is_entered ? "e" : "", m.was_done ? "d" : "",
			 m.was_left ? "l" : "", m.begin_n ? "b" : "", m.end_n ? "x" : "", m.drop_n ? "p" : "");
		if (m.step != cases[i].step || strcmp(flags, cases[i].flags) != 0)
			fail_msg("%s: step %zu %s, not %zu %s", cases[i].what, m.step, flags, cases[i].step, cases[i].flags);
		assert_true(m.begin_n == 0 || m.begins[0] == S3);
		assert_true(m.end_n == 0 || m.ends[0] == S3);
	}
}

/* lumajang#3: the initial response ends the step's time, the report stays there. */
static void an_end_that_is_not_the_reports_ends_the_time_only(void **state)
{
	struct sop_act on[] = { ACT(FOLLOW_UP) };
	struct sop_branch branch = { "respon awal", on, 1, "selesai", SOP_END };
	struct sop_step step = { .id = "1", .states = IN(AT_UNIT) | IN(IN_PROGRESS), .branches = &branch, .branch_n = 1 };
	struct sop s = { .id = "x", .steps = &step, .step_n = 1 };
	struct sop_move m;

	(void)state;
	sop_run_next(&s, 0, &(struct sop_event){ ACT(FOLLOW_UP), ROLE_UNIT_OFFICER, STATE_AT_UNIT, false }, &m);
	assert_int_equal(m.step, 0);
	assert_true(m.was_left && m.was_done && !m.is_entered);
	sop_run_next(&s, 0, &(struct sop_event){ ACT(ANSWER), ROLE_LIAISON, STATE_ANSWERED, false }, &m);
	assert_true(m.step == SOP_END && m.was_left && !m.was_done);
}

/* Intakes and periodic reports have no states: the acts alone lead, back and forth. */
static void what_has_no_states_follows_the_acts(void **state)
{
	struct sop_act d1[] = { TASK(PERIODIC_COMPILE) }, d2[] = { TASK(PERIODIC_SUBMIT) }, back[] = { TASK(PERIODIC_RETURN) };
	struct sop_act d3[] = { TASK(PERIODIC_SIGN) };
	struct sop_branch branch = { "dikembalikan", back, 1, "2", 1 };
	struct sop_step steps[] = {
		{ .id = "1", .done = d1, .done_n = 1 },
		{ .id = "2", .done = d2, .done_n = 1 },
		{ .id = "3", .done = d3, .done_n = 1, .branches = &branch, .branch_n = 1 },
	};
	struct sop s = { .id = "x", .steps = steps, .step_n = 3 };
	static const struct {
		size_t at;
		enum sop_task task;
		size_t to;
		bool was_done;
	} cases[] = {
		{ SOP_END, SOP_TASK_PERIODIC_COMPILE, 1, false }, { 1, SOP_TASK_PERIODIC_SUBMIT, 2, true },
		{ 2, SOP_TASK_PERIODIC_CHECK, 2, false },          { 2, SOP_TASK_PERIODIC_RETURN, 1, true },
		{ 2, SOP_TASK_PERIODIC_SIGN, SOP_END, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct sop_event e = { .act.task = cases[i].task, .by = ROLE_SECTION_HEAD, .is_moved = true };
		struct sop_move m;

		sop_run_next(&s, cases[i].at, &e, &m);
		assert_int_equal(m.step, cases[i].to);
		assert_int_equal(m.was_done, cases[i].was_done);
		assert_int_equal(m.is_entered, m.step != SOP_END && m.step != cases[i].at);
	}
}

static void a_time_counts_from_its_start_when_the_way_goes_forward(void **state)
{
	const struct sop_moments m = { .received = { 100 }, .disposed = { 300 }, .answered = { 900 } };
	struct sop s = way();

	(void)state;
	assert_int_equal(sop_run_start(&s, S1, S2, &m, (struct instant){ 200 }).ms, 100);
	assert_int_equal(sop_run_start(&s, S2, S4, &m, (struct instant){ 400 }).ms, 300);
	assert_int_equal(sop_run_start(&s, S4, S2, &m, (struct instant){ 400 }).ms, 400);
	assert_int_equal(sop_run_start(&s, S4, S4, &m, (struct instant){ 400 }).ms, 400);
	assert_int_equal(sop_run_start(&s, SOP_END, S4, &m, (struct instant){ 400 }).ms, 400);
	assert_int_equal(sop_run_start(&s, S4, S5, &m, (struct instant){ 500 }).ms, 500);
	assert_int_equal(sop_run_limit(&s.steps[S4]).n, 10);
	assert_int_equal(sop_run_limit(&s.steps[S4]).unit, LIMIT_WORKDAYS);
	assert_int_equal(sop_run_limit(&s.steps[S1]).n, 0);
	assert_true(sop_run_waits(&s.steps[S5]));
	assert_false(sop_run_waits(&s.steps[S4]));
}

static void an_sop_names_acts_for_roles(void **state)
{
	const struct sop_act inform = TASK(INFORM_HEAD), monitor = TASK(MONITOR), pend = ACT(PEND), told = TASK(INFORM_LIAISON);
	struct sop s = way();

	(void)state;
	assert_true(sop_run_names(&s, SOP_END, inform, ROLE_LIAISON));
	assert_false(sop_run_names(&s, SOP_END, inform, ROLE_AGENCY_ADMIN));
	assert_false(sop_run_names(&s, S2, inform, ROLE_LIAISON));
	assert_true(sop_run_names(&s, S2, pend, ROLE_AGENCY_ADMIN));
	assert_true(sop_run_allows(&s, S4, inform, ROLE_LIAISON));
	assert_false(sop_run_allows(&s, S2, inform, ROLE_LIAISON));
	assert_true(sop_run_allows(&s, S4, told, ROLE_AGENCY_ADMIN));
	assert_false(sop_run_allows(&s, S1, told, ROLE_AGENCY_ADMIN));
	assert_true(sop_run_allows(&s, SOP_END, monitor, ROLE_LIAISON));
	assert_false(sop_run_allows(&s, S4, monitor, ROLE_LIAISON));
	assert_int_equal(sop_run_whole(&s, S4E), S4);
	assert_int_equal(sop_run_whole(&s, S2G), S2);
}

static bool did_it(void *arg, struct sop_act act)
{
	return *(enum sop_task *)arg == act.task;
}

static void gates_forbid_what_the_table_allows(void **state)
{
	static size_t k[] = { 0 };
	struct sop_gate gates[] = {
		{ .action = ACT_ANSWER, .by = k, .by_n = 1, .at = S2, .why = "admin" },
		{ .action = ACT_ANSWER, .after = TASK(MINUTES_APPROVE), .at = S4, .why = "minutes" },
		{ .task = SOP_TASK_MINUTES_APPROVE, .by = k, .by_n = 1, .at = SOP_END, .why = "head" },
	};
	static const struct {
		size_t at;
		struct sop_act act;
		enum role by;
		enum sop_task did;
		const char *why;
	} cases[] = {
		{ S2, ACT(ANSWER), ROLE_AGENCY_ADMIN, SOP_TASK_NONE, NULL },
		{ S2, ACT(ANSWER), ROLE_LIAISON, SOP_TASK_NONE, "admin" },
		{ S4, ACT(ANSWER), ROLE_LIAISON, SOP_TASK_NONE, "minutes" },
		{ S4, ACT(ANSWER), ROLE_LIAISON, SOP_TASK_FIELD_MINUTES, "minutes" },
		{ S4, ACT(ANSWER), ROLE_LIAISON, SOP_TASK_MINUTES_APPROVE, NULL },
		{ S4, ACT(FOLLOW_UP), ROLE_LIAISON, SOP_TASK_NONE, NULL },
		{ S4, TASK(MINUTES_APPROVE), ROLE_LIAISON, SOP_TASK_NONE, "head" },
		{ S4, TASK(FIELD_MINUTES), ROLE_LIAISON, SOP_TASK_NONE, NULL },
	};
	struct sop s = way();

	(void)state;
	s.gates = gates;
	s.gate_n = 3;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		enum sop_task did = cases[i].did;
		enum sop_refusal why;
		const struct sop_gate *g = sop_run_gate(&s, cases[i].at, cases[i].act, cases[i].by, did_it, &did, &why);

		if (cases[i].why)
			assert_string_equal(g->why, cases[i].why);
		else
			assert_null(g);
		assert_int_equal(why, !g ? SOP_FREE : g->by_n ? SOP_NOT_BY : SOP_NOT_YET);
	}
}

static void rules_name_sop_version_and_step(void **state)
{
	static const char *const wrong[] = { "62/2018:verifikasi", "@3#4", "tjt-20@3", "tjt-20@x#4", "tjt-20@0#4", "tjt-20@3#", "" };
	struct sop s = way();
	char rule[SOP_RUN_RULE_MAX], word[SOP_RUN_WORD_MAX];
	const char *id;
	int version;

	(void)state;
	sop_run_rule(&s, 3, S4, rule);
	assert_string_equal(rule, "tjt-20@3#4");
	assert_true(sop_run_rule_parse(rule, word, &version, &id));
	assert_string_equal(word, "tjt-20");
	assert_int_equal(version, 3);
	assert_string_equal(id, "4");
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_false(sop_run_rule_parse(wrong[i], word, &version, &id));
}

static bool is_bound(const struct sop *s, enum state state)
{
	for (size_t i = 0; i < s->step_n; i++)
		if (!s->steps[i].is_beside && (s->steps[i].states & (1U << state)))
			return true;
	return false;
}

/* Wherever it was, whatever the table lets happen: in a state that has steps it is at one of them. */
static void check_everywhere(const struct sop *s, const struct rule *r)
{
	for (size_t at = 0; at <= s->step_n; at++) {
		const struct sop_event e = { { r->action, SOP_TASK_NONE }, r->by, r->to, (r->effects & FX_MOVE_DOWN) != 0 };
		size_t from = at == s->step_n ? SOP_END : at;
		struct sop_move m;

		if (from != SOP_END && (sop_step_is_part(&s->steps[from]) || s->steps[from].is_beside))
			continue;
		sop_run_next(s, from, &e, &m);
		if (r->to == STATE_PENDING)
			assert_true(m.step == from && !m.is_entered);
		else if (!state_is_open(r->to))
			assert_true(m.step == SOP_END);
		else if (is_bound(s, r->to) && (m.step == SOP_END || !(s->steps[m.step].states & (1U << r->to))))
			fail_msg("%s from %zu by %s: %zu is not at %s", s->id, from, action_word(r->action), m.step,
				 state_word(r->to));
		assert_true(m.step == SOP_END || (!sop_step_is_part(&s->steps[m.step]) && !s->steps[m.step].is_beside));
		assert_true(!m.was_done || m.was_left);
		assert_true(!m.is_entered || m.step != SOP_END);
	}
}

static void the_sops_that_come_with_it_follow_every_report(void **state)
{
	static const char *const words[] = { "tjt-20", "tjt-23", "lumajang", "kapuas", "jatim", "magetan" };
	struct arena *a = arena_new(64 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		const struct sop *s;
		struct err err;

		if (sop_load_file(a, arena_printf(a, "sop/%s.yaml", words[i]), &s, &err) != RC_OK)
			fail_msg("%s", err.detail);
		assert_int_equal(s->covers, SOP_COVERS_REPORT);
		for (size_t k = 0; k < transition_rule_count; k++)
			check_everywhere(s, &transition_rules[k]);
	}
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_goes_its_way),
		cmocka_unit_test(an_end_that_is_not_the_reports_ends_the_time_only),
		cmocka_unit_test(what_has_no_states_follows_the_acts),
		cmocka_unit_test(a_time_counts_from_its_start_when_the_way_goes_forward),
		cmocka_unit_test(an_sop_names_acts_for_roles),
		cmocka_unit_test(gates_forbid_what_the_table_allows),
		cmocka_unit_test(rules_name_sop_version_and_step),
		cmocka_unit_test(the_sops_that_come_with_it_follow_every_report),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
