/* SPDX-License-Identifier: Apache-2.0
 * The door: all steps or none, never over what someone else did, and nothing without its reason.
 */
#include "unit/app_support.h"

#include "base/hash.h"
#include "core/chain.h"
#include "query_report.h"

static const struct who national = { .role = ROLE_NATIONAL_ADMIN, .agency = { 1 } };

static struct act_in verify(int64_t seen)
{
	return (struct act_in){ .action = ACT_VERIFY, .seen_version = seen, .class = CLASS_COMPLAINT,
				.category = { 1 }, .visibility = VISIBILITY_OPEN, .checked_relevant = true,
				.checked_complete = true, .checked_clear = true };
}

static void two_steps_are_one(void **state)
{
	struct submit_in report = town_report();
	struct act_out out = { .version = -5 };
	struct town t;

	(void)state;
	town_begin(&t);
	struct submit_out s = town_submit(&t, &report);
	t.c.who = national;
	struct act_in steps[2] = { verify(1), { .action = ACT_DISPOSE, .to = { 3 } } };
	assert_int_equal(act_all(&t.c, s.number, steps, 2, &out), RC_INVALID);
	assert_int_equal(t.c.err.refusal, REFUSE_target_wrong_level);
	assert_int_equal(out.version, -5);
	assert_int_equal(town_int(&t, "SELECT version FROM report"), 1);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM event"), 1);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM clock"), 1);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM outbox"), 1);
	steps[1].to.v = 2;
	assert_int_equal(act_all(&t.c, s.number, steps, 2, &out), RC_OK);
	assert_int_equal(out.version, 3);
	assert_int_equal(out.state, STATE_AT_AGENCY);
	town_end(&t);
}

/* Officers may give more protection than was asked for, not less: so what was asked later has to be known. */
static void protection_asked_for_later_is_kept_as_asked(void **state)
{
	struct submit_in report = town_report();
	struct act_out out;
	struct town t;

	(void)state;
	town_begin(&t);
	struct submit_out s = town_submit(&t, &report);
	const struct act_in hide = { .action = ACT_SET_VISIBILITY, .seen_version = -1, .visibility = VISIBILITY_SECRET };
	assert_int_equal(act_by_code(&t.c, s.code, &hide, &out), RC_OK);
	assert_int_equal(town_int(&t, "SELECT asked_visibility FROM report"), VISIBILITY_SECRET);
	t.c.who = national;
	const struct act_in lift = { .action = ACT_SET_VISIBILITY, .seen_version = -1, .visibility = VISIBILITY_ANONYMOUS };
	assert_int_equal(act_by_number(&t.c, s.number, &lift, &out), RC_OK);
	assert_int_equal(town_int(&t, "SELECT asked_visibility FROM report"), VISIBILITY_SECRET);
	town_end(&t);
}

static void a_version_that_was_not_seen_is_not_acted_on(void **state)
{
	struct submit_in report = town_report();
	struct act_out out;
	struct town t;

	(void)state;
	town_begin(&t);
	struct submit_out s = town_submit(&t, &report);
	t.c.who = national;
	struct act_in take = { .action = ACT_TAKE, .seen_version = 1 };
	assert_int_equal(act_by_number(&t.c, s.number, &take, &out), RC_OK);
	struct act_in late = verify(1), early = verify(9);
	assert_int_equal(act_by_number(&t.c, s.number, &late, &out), RC_CONFLICT);
	assert_int_equal(t.c.err.refusal, REFUSE_changed_meanwhile);
	assert_int_equal(act_by_number(&t.c, s.number, &early, &out), RC_CONFLICT);
	late.seen_version = 2;
	assert_int_equal(act_by_number(&t.c, s.number, &late, &out), RC_OK);
	town_end(&t);
}

/* No decision is undone by a colleague's note, so it makes nobody's page old. */
static void a_note_meanwhile_is_no_conflict(void **state)
{
	struct submit_in report = town_report();
	struct act_out out;
	struct town t;

	(void)state;
	town_begin(&t);
	struct submit_out s = town_submit(&t, &report);
	t.c.who = national;
	struct act_in note = { .action = ACT_NOTE, .seen_version = 1, .note = "dicek" }, late = verify(1);
	assert_int_equal(act_by_number(&t.c, s.number, &note, &out), RC_OK);
	assert_int_equal(act_by_number(&t.c, s.number, &late, &out), RC_OK);
	assert_int_equal(out.version, 3);
	town_end(&t);
}

/* Whatever the engine's locks do: the row itself refuses a second writer of the same version. */
static void the_row_takes_each_version_once(void **state)
{
	struct submit_in report = town_report();
	int64_t changed = -1;
	struct town t;

	(void)state;
	town_begin(&t);
	struct submit_out s = town_submit(&t, &report);
	struct report_project_args args = { .id = s.report, .seen_version = 1, .version = 2, .state = STATE_VERIFIED,
					    .queue = QUEUE_DISPOSE, .is_open = true, .holder_id = { 1 },
					    .visibility = VISIBILITY_OPEN, .held_since_at = t.c.now,
					    .changed_at = t.c.now };
	assert_int_equal(q_report_project(t.c.db, &args, &changed), RC_OK);
	assert_int_equal(changed, 1);
	assert_int_equal(q_report_project(t.c.db, &args, &changed), RC_OK);
	assert_int_equal(changed, 0);
	town_end(&t);
}

static void an_officers_remark_stays_inside(void **state)
{
	struct submit_in report = town_report();
	struct act_out out;
	struct town t;

	(void)state;
	town_begin(&t);
	struct submit_out s = town_submit(&t, &report);
	t.c.who = national;
	struct act_in steps[2] = { verify(1), { .action = ACT_DISPOSE, .to = { 2 }, .note = "Hati-hati, pelapor sensitif" } };
	assert_int_equal(act_all(&t.c, s.number, steps, 2, &out), RC_OK);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM event WHERE note IS NOT NULL"), 1);
	assert_int_equal(town_int(&t, "SELECT audience FROM event WHERE note IS NOT NULL"), AUDIENCE_INTERNAL);
	assert_int_equal(town_int(&t, "SELECT audience FROM event WHERE action = 3"), AUDIENCE_PUBLIC);
	town_end(&t);
}

static void a_file_is_taken_once(void **state)
{
	struct submit_in report = town_report();
	struct attachment_id file = { 1 };
	struct act_out out;
	struct town t;

	(void)state;
	town_begin(&t);
	struct submit_out s = town_submit(&t, &report);
	town_sql(&t, "INSERT INTO attachment (id, audience, name, mime, size_bytes, digest, storage_key, created_at) "
		     "VALUES (1, 2, 'a.png', 'image/png', 1, (SELECT hash FROM event LIMIT 1), 'db', 1)");
	struct act_in reply = { .action = ACT_REPLY, .seen_version = -1, .note = "Ini fotonya", .files = &file, .n_files = 1 };
	assert_int_equal(act_by_code(&t.c, s.code, &reply, &out), RC_OK);
	assert_int_equal(town_int(&t, "SELECT seq FROM attachment"), 2);
	assert_int_equal(act_by_code(&t.c, s.code, &reply, &out), RC_INVALID);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM event"), 2);
	town_end(&t);
}

static void history_cannot_be_rewritten(void **state)
{
	struct submit_in report = town_report();
	struct town t;

	(void)state;
	town_begin(&t);
	town_submit(&t, &report);
	assert_int_not_equal(db_script(t.c.db, "UPDATE event SET note = 'x'"), RC_OK);
	assert_int_not_equal(db_script(t.c.db, "DELETE FROM event"), RC_OK);
	town_end(&t);
}

static void wrong_codes_and_numbers_find_nothing(void **state)
{
	const struct act_in note = { .action = ACT_NOTE, .seen_version = -1, .note = "x" };
	struct act_out out;
	struct town t;

	(void)state;
	town_begin(&t);
	assert_int_equal(act_by_code(&t.c, "AAAAAAAAAA", &note, &out), RC_NOT_FOUND);
	assert_int_equal(t.c.err.refusal, REFUSE_code_unknown);
	assert_int_equal(act_by_number(&t.c, "2025-999999", &note, &out), RC_NOT_FOUND);
	assert_int_equal(act_by_id(&t.c, (struct report_id){ 5 }, &note, &out), RC_NOT_FOUND);
	town_end(&t);
}

static void every_action_that_ends_something_has_reasons(void **state)
{
	static const enum action with[] = { ACT_ARCHIVE, ACT_RETURN_UP, ACT_CLOSE, ACT_EXPIRE, ACT_WITHDRAW, ACT_REOPEN,
					    ACT_PEND, ACT_BLOCK, ACT_REVEAL, ACT_REDISPOSE };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(with); i++) {
		const char *const *r = act_reasons(with[i]);
		size_t n = 0;
		assert_non_null(r);
		while (r[n])
			n++;
		assert_in_range(n, 1, 12);
	}
	assert_null(act_reasons(ACT_ANSWER));
	assert_null(act_reasons(ACT_NONE));
	assert_string_equal(act_reasons(ACT_EXPIRE)[0], "not_completed");
	assert_null(act_reasons(ACT_EXPIRE)[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_steps_are_one),
		cmocka_unit_test(protection_asked_for_later_is_kept_as_asked),
		cmocka_unit_test(a_version_that_was_not_seen_is_not_acted_on),
		cmocka_unit_test(a_note_meanwhile_is_no_conflict),
		cmocka_unit_test(the_row_takes_each_version_once),
		cmocka_unit_test(an_officers_remark_stays_inside),
		cmocka_unit_test(a_file_is_taken_once),
		cmocka_unit_test(history_cannot_be_rewritten),
		cmocka_unit_test(wrong_codes_and_numbers_find_nothing),
		cmocka_unit_test(every_action_that_ends_something_has_reasons),
	};

	hash_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
