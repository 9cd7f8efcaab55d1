/* SPDX-License-Identifier: Apache-2.0
 * The chain: every field of an event and everything before it is in its hash, and the format never changes.
 */
#include "unit/support.h"

#include "base/parse.h"
#include "core/chain.h"

static int set_up(void **state)
{
	(void)state;
	hash_init();
	return 0;
}

static const struct chain_event sample = {
	.report = { 1 }, .seq = 2, .at = { 3 }, .action = ACT_VERIFY, .role = ROLE_NATIONAL_ADMIN, .account = { 4 },
	.agency = { 5 }, .from = STATE_RECEIVED, .to = STATE_VERIFIED, .to_agency = { 6 }, .audience = AUDIENCE_PUBLIC,
	.reason = "r", .note = "n", .data = "d",
};

static void every_field_counts(void **state)
{
	struct chain_event e[15];
	struct hash h[ARRAY_LEN(e)];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(e); i++)
		e[i] = sample;
	e[1].report.v++;
	e[2].seq++;
	e[3].at.ms++;
	e[4].action = ACT_DISPOSE;
	e[5].role = ROLE_AGENCY_ADMIN;
	e[6].account.v++;
	e[7].agency.v++;
	e[8].from = STATE_VERIFIED;
	e[9].to = STATE_AT_AGENCY;
	e[10].to_agency.v++;
	e[11].audience = AUDIENCE_INTERNAL;
	e[12].reason = "rn";
	e[13].note = NULL;
	e[14].data = "";
	for (size_t i = 0; i < ARRAY_LEN(e); i++) {
		h[i] = chain_hash(NULL, &e[i]);
		for (size_t k = 0; k < i; k++)
			assert_false(hash_equal(&h[i], &h[k]));
	}
}

static void what_came_before_counts(void **state)
{
	struct hash zero = { { 0 } }, first = chain_hash(NULL, &sample), after = chain_hash(&first, &sample);
	struct hash of_zero = chain_hash(&zero, &sample);

	(void)state;
	assert_false(hash_equal(&first, &after));
	/* No event before is the same as zeros before: nothing hashes to zeros. */
	assert_true(hash_equal(&first, &of_zero));
}

/* Stored chains outlive programs: this value may never change. */
static void the_format_is_frozen(void **state)
{
	struct hash h = chain_hash(NULL, &sample);
	char hex[2 * HASH_BYTES + 1];

	(void)state;
	parse_hex_encode(h.b, HASH_BYTES, hex);
	assert_string_equal(hex, "1009fb15e02461e3714902795b45ffcf2c44cdc5b5546601bc37cab74052cbb5");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_counts),
		cmocka_unit_test(what_came_before_counts),
		cmocka_unit_test(the_format_is_frozen),
	};

	return cmocka_run_group_tests_name("chain", tests, set_up, NULL);
}
