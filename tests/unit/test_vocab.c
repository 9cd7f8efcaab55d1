/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "i18n/vocab.h"

/* The message's name must carry the value's own word: a swapped line of the table is then found. */
static void named(enum msg m, const char *prefix, const char *word)
{
	const char *name = msg_name(m);

	assert_int_not_equal(m, MSG_NONE);
	assert_memory_equal(name, prefix, strlen(prefix));
	name += strlen(prefix);
	for (; *word; word++, name++)
		assert_int_equal(*name, *word == '-' ? '_' : *word);
	assert_int_equal(*name, '\0');
}

static void states_actions_and_roles_have_their_own_words(void **state)
{
	(void)state;
#define STATE(n, v, open, level) \
	named(vocab_state(STATE_##n), "state_", state_word(STATE_##n)); \
	named(vocab_state_detail(STATE_##n), "state_detail_", state_word(STATE_##n));
#include "core/state.def"
#undef STATE
#define ACTION(n, v, text) \
	named(vocab_action(ACT_##n), "action_", action_word(ACT_##n)); \
	named(vocab_action_verb(ACT_##n), "verb_", action_word(ACT_##n));
#include "core/action.def"
#undef ACTION
#define ROLE(n, v, level) named(vocab_role(ROLE_##n), "role_", role_word(ROLE_##n));
#include "core/role.def"
#undef ROLE
}

static void small_vocabularies_have_their_own_words(void **state)
{
	(void)state;
#define KIND(n, v, w) named(vocab_kind(KIND_##n), "kind_", w);
#define CLASS(n, v, w) named(vocab_class(CLASS_##n), "class_", w);
#define VISIBILITY(n, v, w) \
	named(vocab_visibility(VISIBILITY_##n), "visibility_", w); \
	named(vocab_visibility_hint(VISIBILITY_##n), "visibility_hint_", w);
#define CLOSER(n, v, w) named(vocab_closer(CLOSED_##n), "closer_", w);
#define CHANNEL(n, v, w) named(vocab_channel(CHANNEL_##n), "channel_", w);
#define CLOCK_KIND(n, v, w) named(vocab_clock(CLOCK_##n), "clock_", w);
#define QUEUE(n, v, w) named(vocab_queue(QUEUE_##n), "queue_", w);
#define AUDIENCE(n, v, w) named(vocab_audience(AUDIENCE_##n), "audience_", w);
#include "core/kind.def"
	named(vocab_level(LEVEL_NONE), "level_", "tiada");
	named(vocab_level(LEVEL_OPD), "level_", "opd");
}

static void every_refusal_and_field_error_has_a_sentence(void **state)
{
	(void)state;
#define REFUSAL(name) named(vocab_refusal(REFUSE_##name), "refusal_", #name);
#include "core/refusal.def"
#undef REFUSAL
	for (int e = FIELD_OK; e < FIELD_ERROR_COUNT; e++)
		assert_int_not_equal(vocab_field_error((enum field_error)e), MSG_NONE);
	named(vocab_field_error(FIELD_TITLE_SHORT), "field_", "title_short");
}

static void reasons_are_found_by_word(void **state)
{
	(void)state;
#define REASON(action, word) named(vocab_reason(#word), "reason_", #word);
#include "core/reason.def"
#undef REASON
	assert_int_equal(vocab_reason("tiada"), MSG_NONE);
	assert_int_equal(vocab_reason(NULL), MSG_NONE);
}

static void values_out_of_range_have_no_word(void **state)
{
	(void)state;
	assert_int_equal(vocab_state((enum state)99), MSG_NONE);
	assert_int_equal(vocab_refusal(9999), MSG_NONE);
	assert_int_equal(vocab_kind(KIND_NONE), MSG_NONE);
	assert_int_equal(vocab_action(ACT_NONE), MSG_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(states_actions_and_roles_have_their_own_words),
		cmocka_unit_test(small_vocabularies_have_their_own_words),
		cmocka_unit_test(every_refusal_and_field_error_has_a_sentence),
		cmocka_unit_test(reasons_are_found_by_word),
		cmocka_unit_test(values_out_of_range_have_no_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
