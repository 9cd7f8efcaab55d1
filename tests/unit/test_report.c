/* SPDX-License-Identifier: Apache-2.0
 * The vocabularies: every line of the .def files has its word, every word leads back, no number is used twice.
 */
#include "unit/support.h"

#include <ctype.h>

#include "core/report.h"

static void has_word(const char *word, const char *identifier)
{
	assert_non_null(word);
	assert_int_equal(strlen(word), strlen(identifier));
	for (size_t i = 0; word[i]; i++)
		assert_int_equal(word[i], tolower((unsigned char)identifier[i]));
}

static void identifiers_have_their_words_in_lower_case(void **state)
{
	enum role r;
	enum state s;
	enum action a;

	(void)state;
#define ROLE(n, v, level)                                  \
	has_word(role_word(ROLE_##n), #n);                 \
	assert_true(role_parse(role_word(ROLE_##n), &r));  \
	assert_int_equal(r, ROLE_##n);                     \
	assert_int_equal(role_level(ROLE_##n), level);
#include "core/role.def"
#undef ROLE
#define STATE(n, v, open, level)                              \
	has_word(state_word(STATE_##n), #n);                  \
	assert_true(state_parse(state_word(STATE_##n), &s));  \
	assert_int_equal(s, STATE_##n);                       \
	assert_int_equal(state_is_open(STATE_##n), open);     \
	assert_int_equal(state_level(STATE_##n), level);
#include "core/state.def"
#undef STATE
#define ACTION(n, v, text)                                     \
	has_word(action_word(ACT_##n), #n);                    \
	assert_true(action_parse(action_word(ACT_##n), &a));   \
	assert_int_equal(a, ACT_##n);                          \
	assert_int_equal(action_text_need(ACT_##n), text);
#include "core/action.def"
#undef ACTION
}

static void words_of_forms_lead_back(void **state)
{
	enum kind k;
	enum class_ c;
	enum visibility v;
	enum channel ch;
	enum queue q;

	(void)state;
#define KIND(n, v, w)                             \
	assert_string_equal(kind_word(KIND_##n), w); \
	assert_true(kind_parse(w, &k));           \
	assert_int_equal(k, KIND_##n);
#define CLASS(n, v, w)                              \
	assert_string_equal(class_word(CLASS_##n), w); \
	assert_true(class_parse(w, &c));            \
	assert_int_equal(c, CLASS_##n);
#define VISIBILITY(n, number, w)                              \
	assert_string_equal(visibility_word(VISIBILITY_##n), w); \
	assert_true(visibility_parse(w, &v));                 \
	assert_int_equal(v, VISIBILITY_##n);
#define CHANNEL(n, v, w)                               \
	assert_string_equal(channel_word(CHANNEL_##n), w); \
	assert_true(channel_parse(w, &ch));            \
	assert_int_equal(ch, CHANNEL_##n);
#define QUEUE(n, v, w)                              \
	assert_string_equal(queue_word(QUEUE_##n), w); \
	assert_true(queue_parse(w, &q));            \
	assert_int_equal(q, QUEUE_##n);
#define CLOSER(n, v, w) assert_string_equal(closer_word(CLOSED_##n), w);
#define CLOCK_KIND(n, v, w) assert_string_equal(clock_kind_word(CLOCK_##n), w);
#define LEVEL(n, v, w) assert_string_equal(level_word(LEVEL_##n), w);
#define AUDIENCE(n, v, w) assert_string_equal(audience_word(AUDIENCE_##n), w);
#include "core/kind.def"
}

static void unknown_words_and_values_are_told_apart(void **state)
{
	enum kind k = KIND_ASPIRATION;
	enum state s = STATE_CLOSED;

	(void)state;
	assert_false(kind_parse("", &k));
	assert_false(kind_parse("Pengaduan", &k));
	assert_false(kind_parse("pengaduan ", &k));
	assert_int_equal(k, KIND_ASPIRATION);
	assert_false(state_parse("none", &s));
	assert_int_equal(s, STATE_CLOSED);
	assert_null(kind_word(KIND_NONE));
	assert_null(kind_word((enum kind)99));
	assert_null(state_word((enum state)-1));
	assert_null(action_word((enum action)1000));
}

/* Stored numbers are for ever: a changed one would turn old reports into something else. */
static void stored_numbers_stay(void **state)
{
	(void)state;
	assert_int_equal(STATE_RECEIVED, 1);
	assert_int_equal(STATE_PENDING, 9);
	assert_int_equal(STATE_ARCHIVED, 11);
	assert_int_equal(ACT_SUBMIT, 1);
	assert_int_equal(ACT_CLOSE, 15);
	assert_int_equal(ACT_IMPORT, 29);
	assert_int_equal(ROLE_CITIZEN, 1);
	assert_int_equal(ROLE_OPERATOR, 8);
	assert_int_equal(VISIBILITY_SECRET, 3);
	assert_int_equal(CLASS_COMPLAINT_OVERSIGHT, 1);
	assert_int_equal(CLOCK_OMBUDSMAN, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(identifiers_have_their_words_in_lower_case),
		cmocka_unit_test(words_of_forms_lead_back),
		cmocka_unit_test(unknown_words_and_values_are_told_apart),
		cmocka_unit_test(stored_numbers_stay),
	};

	return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
