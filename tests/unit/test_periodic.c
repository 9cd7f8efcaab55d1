/* SPDX-License-Identifier: Apache-2.0
 * The way of the periodic report: the built-in one is that of SOP tjt-24, an SOP may leave offices out, and what events
 * make of it.
 */
#include "unit/support.h"

#include "app/sop_load.h"
#include "base/hash.h"
#include "core/periodic.h"

static const struct sop *tjt_24(struct arena *a)
{
	struct err err = { 0 };
	const struct sop *s = NULL;

	if (sop_load_file(a, "sop/tjt-24.yaml", &s, &err) != RC_OK)
		fail_msg("%s", err.detail);
	return s;
}

static void the_built_in_way_has_the_steps_and_times_of_tjt_24(void **state)
{
	struct arena *a = arena_new((size_t)8 << 20);
	const struct sop *sop = tjt_24(a);

	(void)state;
	for (int s = PERIODIC_OPENED; s <= PERIODIC_RETURNED; s++) {
		struct limit built_in = periodic_limit(NULL, (enum periodic_state)s);
		struct limit in_force = periodic_limit(sop, (enum periodic_state)s);

		assert_string_equal(periodic_step_id(NULL, (enum periodic_state)s),
				    s == PERIODIC_ARCHIVED ? "" : periodic_step_id(sop, (enum periodic_state)s));
		if (s == PERIODIC_ARCHIVED)
			continue;
		assert_true(periodic_step(sop, (enum periodic_state)s) != SOP_END);
		assert_int_equal(built_in.n, in_force.n);
		assert_int_equal(built_in.unit, in_force.unit);
	}
	arena_free(a);
}

/* Where every return branch of the file leads is where the table leads, once the office between has passed it on. */
static void returns_go_where_the_branches_of_tjt_24_say(void **state)
{
	struct arena *a = arena_new((size_t)8 << 20);
	const struct sop *sop = tjt_24(a);
	size_t seen = 0;

	(void)state;
	for (size_t i = 0; i < sop->step_n; i++)
		for (size_t k = 0; k < sop->steps[i].act_n; k++) {
			if (!sop_step_is_part(&sop->steps[i]) || sop->steps[i].acts[k].task != SOP_TASK_PERIODIC_RETURN)
				continue;
			assert_string_equal(sop->steps[i].branches[0].to_id, periodic_step_id(sop, PERIODIC_RETURNED));
			seen++;
		}
	assert_int_equal(seen, 3);
	arena_free(a);
}

#define DO(task, by, to) { SOP_TASK_PERIODIC_##task, ROLE_##by, PERIODIC_##to }
struct deed {
	enum sop_task task;
	enum role by;
	enum periodic_state to;
};

static void play(const struct sop *sop, const struct deed *d, size_t n)
{
	enum periodic_state at = PERIODIC_OPENED, to;

	for (size_t i = 0; i < n; i++) {
		if (!periodic_decide(sop, d[i].task, at, d[i].by, &to))
			fail_msg("deed %zu is not possible in %s", i, periodic_state_word(at));
		assert_string_equal(periodic_state_word(to), periodic_state_word(d[i].to));
		assert_true(periodic_is_legal(d[i].task, at, d[i].by, to));
		at = to;
	}
	assert_false(periodic_is_open(at));
}

static void an_sop_without_a_division_head_goes_from_section_to_office(void **state)
{
	static const struct deed deeds[] = {
		DO(COMPILE, AGENCY_ADMIN, COMPILED), DO(FORM, AGENCY_ADMIN, DRAFTED), DO(SUBMIT, AGENCY_ADMIN, SECTION_CHECKED),
		DO(INITIAL, SECTION_HEAD, OFFICE_CHECKED), DO(RETURN, OFFICE_HEAD, RETURNED), DO(FORM, AGENCY_ADMIN, DRAFTED),
		DO(SUBMIT, AGENCY_ADMIN, SECTION_CHECKED), DO(INITIAL, SECTION_HEAD, OFFICE_CHECKED),
		DO(SIGN, OFFICE_HEAD, HANDED), DO(DELIVER, SECTION_HEAD, DELIVERED), DO(ARCHIVE, AGENCY_ADMIN, ARCHIVED),
	};
	struct sop_actor actors[] = { { "a", "Admin", ROLE_AGENCY_ADMIN }, { "s", "Kasi", ROLE_SECTION_HEAD },
				      { "o", "Kadis", ROLE_OFFICE_HEAD } };
	size_t by_admin[] = { 0 }, by_section[] = { 1 }, by_office[] = { 2 };
	struct sop_act compile[] = { { .task = SOP_TASK_PERIODIC_COMPILE }, { .task = SOP_TASK_PERIODIC_FORM },
				     { .task = SOP_TASK_PERIODIC_SUBMIT }, { .task = SOP_TASK_PERIODIC_ARCHIVE } };
	struct sop_act section[] = { { .task = SOP_TASK_PERIODIC_INITIAL }, { .task = SOP_TASK_PERIODIC_RETURN },
				     { .task = SOP_TASK_PERIODIC_DELIVER } };
	struct sop_act office[] = { { .task = SOP_TASK_PERIODIC_SIGN }, { .task = SOP_TASK_PERIODIC_RETURN } };
	struct sop_step steps[] = {
		{ .id = "1", .by = by_admin, .by_n = 1, .acts = compile, .act_n = 4,
		  .in_force = { 2, 2, LIMIT_WORKDAYS, 0 } },
		{ .id = "2", .by = by_section, .by_n = 1, .acts = section, .act_n = 3 },
		{ .id = "3", .by = by_office, .by_n = 1, .acts = office, .act_n = 2 },
	};
	const struct sop sop = { .id = "x", .actors = actors, .actor_n = 3, .steps = steps, .step_n = 3 };

	(void)state;
	play(&sop, deeds, ARRAY_LEN(deeds));
	assert_string_equal(periodic_step_id(&sop, PERIODIC_OFFICE_CHECKED), "3");
	assert_int_equal(periodic_limit(&sop, PERIODIC_COMPILED).n, 2);
	assert_int_equal(periodic_limit(&sop, PERIODIC_OFFICE_CHECKED).n, 0);
}

/* A signature, a delivery and the work itself are never left out, whatever an SOP forgets. */
static void nothing_is_signed_or_delivered_by_leaving_it_out(void **state)
{
	const struct sop empty = { .id = "x" };
	enum periodic_state to;

	(void)state;
	assert_true(periodic_decide(&empty, SOP_TASK_PERIODIC_SUBMIT, PERIODIC_DRAFTED, ROLE_AGENCY_ADMIN, &to));
	assert_int_equal(to, PERIODIC_OFFICE_CHECKED);
	assert_true(periodic_decide(&empty, SOP_TASK_PERIODIC_SIGN, PERIODIC_OFFICE_CHECKED, ROLE_OFFICE_HEAD, &to));
	assert_int_equal(to, PERIODIC_HANDED);
	assert_false(periodic_is_legal(SOP_TASK_PERIODIC_SUBMIT, PERIODIC_DRAFTED, ROLE_AGENCY_ADMIN, PERIODIC_SIGNED));
	assert_false(periodic_is_legal(SOP_TASK_PERIODIC_SIGN, PERIODIC_OFFICE_CHECKED, ROLE_OFFICE_HEAD, PERIODIC_DELIVERED));
}

static void only_the_named_office_acts_and_a_signed_report_stays_as_it_is(void **state)
{
	size_t possible = 0;

	(void)state;
	for (int task = SOP_TASK_PERIODIC_COMPILE; task <= SOP_TASK_PERIODIC_ARCHIVE; task++)
		for (int s = PERIODIC_OPENED; s <= PERIODIC_RETURNED; s++)
			for (int by = ROLE_CITIZEN; by <= ROLE_COORDINATOR; by++) {
				enum periodic_state from = (enum periodic_state)s, to;

				if (!periodic_decide(NULL, (enum sop_task)task, from, (enum role)by, &to))
					continue;
				possible++;
				/* Who has it acts; only the admin may take it back, and not any more once it is signed. */
				if (periodic_holder(from) != (enum role)by) {
					assert_int_equal(task, SOP_TASK_PERIODIC_FORM);
					assert_int_equal(by, ROLE_AGENCY_ADMIN);
				}
				if (periodic_is_signed(from))
					assert_true(task != SOP_TASK_PERIODIC_FORM && task != SOP_TASK_PERIODIC_COMPILE &&
						    task != SOP_TASK_PERIODIC_RETURN);
			}
	assert_int_equal(possible, 32);
}

static struct periodic_event event(const char *what, enum role by, enum periodic_state to, int64_t seq, int64_t version)
{
	return (struct periodic_event){ .periodic = { 1 }, .seq = seq, .at = { seq * 1000 }, .what = what, .role = by,
					.to = to, .version = version };
}

static void a_change_or_a_return_voids_the_initials(void **state)
{
	struct periodic_projection p = { .state = PERIODIC_NONE };
	struct periodic_event e[] = {
		event("open", ROLE_SYSTEM, PERIODIC_OPENED, 1, 0),
		event("periodic_compile", ROLE_AGENCY_ADMIN, PERIODIC_COMPILED, 2, 1),
		event("periodic_initial", ROLE_SECTION_HEAD, PERIODIC_AT_DIVISION, 3, 1),
		event("remind", ROLE_SYSTEM, PERIODIC_AT_DIVISION, 4, 1),
		event("periodic_cover", ROLE_DIVISION_HEAD, PERIODIC_COVERED, 5, 1),
		event("periodic_initial", ROLE_DIVISION_HEAD, PERIODIC_AT_OFFICE, 6, 1),
		event("periodic_return", ROLE_OFFICE_HEAD, PERIODIC_VIA_DIVISION, 7, 1),
		event("periodic_form", ROLE_AGENCY_ADMIN, PERIODIC_DRAFTED, 8, 2),
	};

	(void)state;
	for (size_t i = 0; i < 6; i++)
		periodic_project(&p, &e[i]);
	assert_int_equal(p.by_section.seq, 3);
	assert_int_equal(p.by_division.seq, 6);
	assert_int_equal(p.cover.seq, 5);
	assert_int_equal(p.voided, 0);
	periodic_project(&p, &e[6]);
	assert_int_equal(p.by_section.seq + p.by_division.seq + p.cover.seq, 0);
	assert_int_equal(p.voided, 2);
	periodic_project(&p, &e[7]);
	assert_int_equal(p.voided, 2);
	assert_int_equal(p.version, 2);
}

static void the_hash_covers_every_piece_and_the_text(void **state)
{
	const struct hash text = hash_of("a", 1, NULL), other = hash_of("b", 1, NULL);
	const struct periodic_event base = { .periodic = { 1 }, .seq = 2, .at = { 5 }, .what = "periodic_sign",
					     .role = ROLE_OFFICE_HEAD, .account = { 3 }, .to = PERIODIC_SIGNED, .version = 4,
					     .digest = &text, .number = "1", .note = "n" };
	struct periodic_event v[11];
	const struct hash first = periodic_hash(NULL, &base);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(v); i++)
		v[i] = base;
	v[0].periodic.v++, v[1].seq++, v[2].at.ms++, v[3].what = "periodic_check", v[4].role = ROLE_REGENT;
	v[5].account.v++, v[6].to = PERIODIC_HANDED, v[7].version++, v[8].digest = &other, v[9].was_late = true, v[10].note = NULL;
	for (size_t i = 0; i < ARRAY_LEN(v); i++) {
		struct hash h = periodic_hash(NULL, &v[i]);

		assert_false(hash_equal(&h, &first));
	}
	struct hash after = periodic_hash(&text, &base);
	assert_false(hash_equal(&after, &first));
}

static void periods_and_their_keys(void **state)
{
	static const struct {
		const char *today;
		int months;
		const char *key;
	} t[] = {
		{ "2026-01-01", 3, "2025-10_2025-12" }, { "2025-04-08", 3, "2025-01_2025-03" },
		{ "2025-12-31", 3, "2025-07_2025-09" }, { "2026-03-01", 1, "2026-02" },
		{ "2026-01-31", 1, "2025-12" },         { "2026-06-30", 12, "2025-01_2025-12" },
		{ "2026-07-01", 6, "2026-01_2026-06" }, { "2026-05-15", 4, "2026-01_2026-04" },
	};
	static const char *const wrong[] = { "", "2026", "2026-13", "2026-1", "2026-01_2026-01", "2026-03_2026-01",
					     "2026-01-2026-03", "2026-01_2026-03x", "abcd-ef", "2026-01_", "-026-01" };
	struct day today, first, last, f2, l2;
	char key[PERIODIC_KEY_MAX];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		assert_true(day_parse(t[i].today, &today));
		periodic_period_before(today, t[i].months, &first, &last);
		periodic_key(first, last, key);
		assert_string_equal(key, t[i].key);
		assert_true(last.n < today.n);
		assert_true(periodic_key_parse(key, &f2, &l2));
		assert_int_equal(f2.n, first.n);
		assert_int_equal(l2.n, last.n);
	}
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_false(periodic_key_parse(wrong[i], &f2, &l2));
	for (int m = -1; m <= 13; m++)
		assert_int_equal(periodic_months_are_valid(m), m == 1 || m == 2 || m == 3 || m == 4 || m == 6 || m == 12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_built_in_way_has_the_steps_and_times_of_tjt_24),
		cmocka_unit_test(returns_go_where_the_branches_of_tjt_24_say),
		cmocka_unit_test(an_sop_without_a_division_head_goes_from_section_to_office),
		cmocka_unit_test(nothing_is_signed_or_delivered_by_leaving_it_out),
		cmocka_unit_test(only_the_named_office_acts_and_a_signed_report_stays_as_it_is),
		cmocka_unit_test(a_change_or_a_return_voids_the_initials),
		cmocka_unit_test(the_hash_covers_every_piece_and_the_text),
		cmocka_unit_test(periods_and_their_keys),
	};

	hash_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
