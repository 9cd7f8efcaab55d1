/* SPDX-License-Identifier: Apache-2.0
 * What the report page of officers tells: marked texts, the disposition tree, who reads what.
 */
#include "unit/app_support.h"

#include "core/access.h"
#include "web/desk_parts.h"
#include "web/desk_report.h"

static void begin(struct town *t)
{
	town_begin(t);
	t->c.who = (struct who){ .role = ROLE_NATIONAL_ADMIN, .agency = { 1 } };
}

static void personal_data_is_masked_until_it_is_opened(void **state)
{
	static const char text[] = "NIK 3517012345670004, hp 081234567890 ya";
	struct town t;
	int found = 0;

	(void)state;
	begin(&t);
	for (int open = 0; open <= 1; open++) {
		struct desk_text got = desk_parts_marked(&t.c, text, open, &found);
		char all[256] = "";

		assert_int_equal(found, 2);
		for (size_t i = 0, marked = 0; i < got.n; i++) {
			marked += got.p[i].is_private;
			strncat(all, got.p[i].text, sizeof(all) - strlen(all) - 1);
			assert_true(marked <= 2);
		}
		assert_int_equal(strcmp(all, text) == 0, open);
		assert_int_equal(strstr(all, "3517012345670004") != NULL, open);
		assert_int_equal(strstr(all, "081234567890") != NULL, open);
		assert_string_equal(got.p[0].text, "NIK ");
	}
	town_end(&t);
}

static void more_places_than_can_be_marked_are_masked_all_the_same(void **state)
{
	struct town t;
	struct buf b;
	int found = 0;

	(void)state;
	begin(&t);
	buf_init(&b, 8192);
	for (int i = 0; i < 150; i++)
		buf_str(&b, "hp 081234567890 dan ");
	struct desk_text got = desk_parts_marked(&t.c, buf_cstr(&b), false, &found);
	for (size_t i = 0; i < got.n; i++)
		assert_null(strstr(got.p[i].text, "081234567890"));
	buf_done(&b);
	town_end(&t);
}

static struct desk_events_row event(int64_t seq, enum action a, enum role role, enum state to, const char *to_agency)
{
	return (struct desk_events_row){ .seq = seq, .at = at("2025-06-02 09:00 WIB"), .action = a, .role = role,
					 .from_state = seq == 1 ? STATE_NONE : STATE_RECEIVED, .to_state = to,
					 .audience = AUDIENCE_PUBLIC, .to_agency = to_agency, .actor = "Budi" };
}

/* Nation to Mekar Jaya to PU, returned, to Dishub, taken back by the nation, to Kota Lain. */
static void the_tree_shows_every_way_it_took(void **state)
{
	struct desk_events_row events[] = {
		event(1, ACT_SUBMIT, ROLE_CITIZEN, STATE_RECEIVED, "Nasional"),
		event(2, ACT_VERIFY, ROLE_NATIONAL_ADMIN, STATE_VERIFIED, NULL),
		event(3, ACT_DISPOSE, ROLE_NATIONAL_ADMIN, STATE_AT_AGENCY, "Mekar Jaya"),
		event(4, ACT_DISPOSE, ROLE_AGENCY_ADMIN, STATE_AT_OPD, "PU"),
		event(5, ACT_RETURN_UP, ROLE_LIAISON, STATE_AGENCY_VERIFIED, "Mekar Jaya"),
		event(6, ACT_DISPOSE, ROLE_AGENCY_ADMIN, STATE_AT_OPD, "Dishub"),
		event(7, ACT_REDISPOSE, ROLE_NATIONAL_ADMIN, STATE_AT_AGENCY, "Kota Lain"),
	};
	struct desk_loaded l = { .r = { .is_open = true }, .bits = ACCESS_SEE | ACCESS_INTERNAL,
				 .events = events, .n_events = ARRAY_LEN(events) };
	struct desk_report p = { 0 };
	struct town t;

	(void)state;
	begin(&t);
	l.r.received_at = t.c.now;
	desk_story_tell(&t.c, &l, &p);
	const struct desk_node *mekar = p.tree->child, *lain = mekar->next;
	assert_int_equal(p.tree->outcome, DESK_PASSED);
	assert_string_equal(mekar->agency, "Mekar Jaya");
	assert_int_equal(mekar->outcome, DESK_PASSED);
	assert_string_equal(mekar->child->agency, "PU");
	assert_int_equal(mekar->child->outcome, DESK_RETURNED);
	assert_string_equal(mekar->child->next->agency, "Dishub");
	assert_int_equal(mekar->child->next->outcome, DESK_TAKEN_BACK);
	assert_null(mekar->child->next->next);
	assert_string_equal(lain->agency, "Kota Lain");
	assert_int_equal(lain->outcome, DESK_HERE);
	assert_null(lain->next);
	town_end(&t);
}

static void notes_stay_among_officers_and_reporters_texts_are_masked(void **state)
{
	struct desk_events_row events[] = {
		event(1, ACT_SUBMIT, ROLE_CITIZEN, STATE_RECEIVED, NULL),
		event(2, ACT_NOTE, ROLE_NATIONAL_ADMIN, STATE_RECEIVED, NULL),
		event(3, ACT_REPLY, ROLE_CITIZEN, STATE_RECEIVED, NULL),
	};
	static const struct { unsigned bits; bool revealed; size_t notes; bool shows_number; } cases[] = {
		{ ACCESS_SEE | ACCESS_INTERNAL, false, 1, false },
		{ ACCESS_SEE | ACCESS_INTERNAL, true, 1, true },
		{ ACCESS_SEE, false, 0, false },
	};
	struct town t;

	(void)state;
	begin(&t);
	events[1].audience = AUDIENCE_INTERNAL;
	events[1].note = "rahasia dapur";
	events[2].note = "telepon saya 081234567890";
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct desk_loaded l = { .r = { .is_open = true }, .bits = cases[i].bits, .events = events,
					 .n_events = ARRAY_LEN(events) };
		struct desk_report p = { .is_revealed = cases[i].revealed };

		desk_story_tell(&t.c, &l, &p);
		assert_int_equal(p.n_notes, cases[i].notes);
		assert_int_equal(p.n_talk, 1);
		assert_int_equal(strstr(p.talk[0].text, "081234567890") != NULL, cases[i].shows_number);
		assert_int_equal(p.n_log, cases[i].notes ? 3 : 2);
		/* The reporter signed in when he wrote; his name is not told. */
		assert_null(p.talk[0].author);
		assert_null(p.log[0].who);
	}
	town_end(&t);
}

static void no_choice_is_more_open_than_what_was_asked(void **state)
{
	static const enum visibility asked[] = { VISIBILITY_NONE, VISIBILITY_OPEN, VISIBILITY_ANONYMOUS, VISIBILITY_SECRET };
	static const size_t offered[] = { 3, 3, 2, 1 };
	struct town t;

	(void)state;
	begin(&t);
	for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
		struct desk_options o = desk_parts_visibilities(&t.c, asked[i], VISIBILITY_SECRET);

		assert_int_equal(o.n, offered[i]);
		assert_string_equal(o.p[o.n - 1].value, "rahasia");
		assert_true(o.p[o.n - 1].selected);
	}
	town_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(personal_data_is_masked_until_it_is_opened),
		cmocka_unit_test(more_places_than_can_be_marked_are_masked_all_the_same),
		cmocka_unit_test(the_tree_shows_every_way_it_took),
		cmocka_unit_test(notes_stay_among_officers_and_reporters_texts_are_masked),
		cmocka_unit_test(no_choice_is_more_open_than_what_was_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
