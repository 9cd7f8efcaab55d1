/* SPDX-License-Identifier: Apache-2.0
 * What the Ombudsman wants of an identity (UU 37/2008 article 24), and a dossier that betrays every change.
 */
#include "unit/app_support.h"

#include "app/ombudsman.h"

static const struct ombudsman_identity complete = {
	.name = "Sri Wahyuni", .birth_place = "Mekar Jaya", .has_birth = true, .birth_on = { 5000 },
	.marital = MARITAL_MARRIED, .occupation = "Guru", .address = "Jalan Melati 7, Karangsari", .number = "", .contact = "",
	.has_disclose = true,
};
static const struct day today = { 20000 };

static void one(const struct ombudsman_identity *in, enum identity_error wanted)
{
	enum identity_error found[IDENTITY_ERROR_COUNT];
	size_t n = ombudsman_identity_check(in, today, found);

	if (wanted == IDENTITY_OK) {
		assert_int_equal(n, 0);
		return;
	}
	assert_int_equal(n, 1);
	assert_int_equal(found[0], wanted);
	assert_non_null(ombudsman_error_field(wanted));
}

#define WITH(change, error) \
	do { \
		struct ombudsman_identity x = complete; \
		x.change; \
		one(&x, (error)); \
	} while (0)

static void what_the_law_names_is_required_and_nothing_else(void **state)
{
	char name[200] = "", address[600] = "";

	(void)state;
	memset(name, 'a', sizeof(name) - 1);
	memset(address, 'a', sizeof(address) - 1);
	one(&complete, IDENTITY_OK);
	WITH(name = "", IDENTITY_name_missing);
	WITH(name = name, IDENTITY_name_long);
	WITH(birth_place = "", IDENTITY_birth_place_missing);
	WITH(birth_place = name, IDENTITY_birth_place_long);
	WITH(has_birth = false, IDENTITY_birth_missing);
	WITH(birth_is_wrong = true, IDENTITY_birth_invalid);
	WITH(birth_on.n = 20001, IDENTITY_birth_future);
	WITH(birth_on.n = 20000, IDENTITY_OK);
	WITH(birth_on = day_from_civil(1850, 1, 1), IDENTITY_birth_old);
	WITH(marital = MARITAL_NONE, IDENTITY_marital_missing);
	WITH(occupation = "", IDENTITY_occupation_missing);
	WITH(occupation = name, IDENTITY_occupation_long);
	WITH(address = "", IDENTITY_address_missing);
	WITH(address = "Melati 7", IDENTITY_address_short);
	WITH(address = address, IDENTITY_address_long);
	WITH(has_disclose = false, IDENTITY_disclose_missing);
	WITH(number = "3520 0102 0384 0001", IDENTITY_OK);
	WITH(number = "3520010203840001", IDENTITY_OK);
	WITH(number = "0520010203840001", IDENTITY_number_invalid);
	WITH(number = "3520010203840000", IDENTITY_number_invalid);
	WITH(number = "352001020384000", IDENTITY_number_invalid);
	WITH(number = "35200102038400011", IDENTITY_number_invalid);
	WITH(number = "352001020384000a", IDENTITY_number_invalid);
	WITH(contact = "0812 3456 7890", IDENTITY_OK);
}

static void all_that_is_wrong_is_told_at_once(void **state)
{
	const struct ombudsman_identity nothing = { .name = "", .birth_place = "", .occupation = "", .address = "",
						    .number = "", .contact = "" };
	enum identity_error found[IDENTITY_ERROR_COUNT];

	(void)state;
	assert_int_equal(ombudsman_identity_check(&nothing, today, found), 7);
	assert_int_equal(found[0], IDENTITY_name_missing);
	assert_int_equal(found[6], IDENTITY_disclose_missing);
}

static void words_go_there_and_back(void **state)
{
	enum ombudsman_state s = OMBUDSMAN_NONE;
	enum marital m = MARITAL_NONE;

	(void)state;
	for (int i = OMBUDSMAN_ASKED; i <= OMBUDSMAN_SENT; i++)
		assert_true(ombudsman_state_parse(ombudsman_state_word((enum ombudsman_state)i), &s) && (int)s == i);
	for (int i = MARITAL_SINGLE; i <= MARITAL_WIDOWED; i++)
		assert_true(ombudsman_marital_parse(ombudsman_marital_word((enum marital)i), &m) && (int)m == i);
	assert_false(ombudsman_state_parse("tiada", &s));
	assert_false(ombudsman_marital_parse("", &m));
	assert_null(ombudsman_marital_word((enum marital)9));
}

/* A report in the town, its dossier as a file. */
static char *make_file(struct town *t)
{
	struct submit_in in = town_report();
	struct submit_out out = town_submit(t, &in);
	const char *bundle;
	struct hash digest;

	assert_int_equal(dossier_make(&t->c, out.report, (struct agency_id){ 2 }, &complete, &bundle, &digest), RC_OK);
	return dossier_file(t->c.a, bundle, &digest);
}

static void a_dossier_verifies_whatever_it_looks_like(void **state)
{
	struct town t;

	(void)state;
	town_begin(&t);
	char *file = make_file(&t);
	struct dossier_verdict v = dossier_verify(t.c.a, file, strlen(file));
	assert_true(v.is_dossier && v.digest_fits);
	assert_int_equal(v.bad_seq, 0);
	assert_int_equal(v.events, 1);
	assert_int_equal(v.withheld, 0);
	assert_non_null(v.number);
	/* With other blanks it is the same dossier. */
	char *wide = arena_alloc(t.c.a, 2 * strlen(file) + 2);
	size_t n = 0;
	bool quoted = false;
	for (const char *s = file; *s; s++) {
		wide[n++] = *s;
		if (*s == '"' && s[-1] != '\\')
			quoted = !quoted;
		if (!quoted && (*s == ',' || *s == ':'))
			wide[n++] = '\n';
	}
	v = dossier_verify(t.c.a, wide, n);
	assert_true(v.is_dossier && v.digest_fits);
	town_end(&t);
}

static void replace(char *file, const char *was, const char *is)
{
	char *at = strstr(file, was);

	assert_non_null(at);
	assert_int_equal(strlen(was), strlen(is));
	memcpy(at, is, strlen(is));
}

static void what_was_changed_is_found(void **state)
{
	struct town t;

	(void)state;
	town_begin(&t);
	char *file = make_file(&t);
	replace(file, "Sri Wahyuni", "Siti Aminah");
	assert_false(dossier_verify(t.c.a, file, strlen(file)).digest_fits);
	replace(file, "Siti Aminah", "Sri Wahyuni");
	assert_true(dossier_verify(t.c.a, file, strlen(file)).digest_fits);
	/* Whoever changes an event and the digest with it, still breaks the chain. */
	replace(file, "\"action\":1,", "\"action\":2,");
	struct dossier_verdict v = dossier_verify(t.c.a, file, strlen(file));
	assert_false(v.digest_fits);
	assert_int_equal(v.bad_seq, 1);
	assert_false(dossier_verify(t.c.a, "{}", 2).is_dossier);
	assert_false(dossier_verify(t.c.a, "{\"dossier\":{\"format\":\"x\"}}", 26).is_dossier);
	assert_false(dossier_verify(t.c.a, "no", 2).is_dossier);
	v = dossier_verify(t.c.a, "{\"dossier\":{\"format\":\"" DOSSIER_FORMAT "\"}}", strlen("{\"dossier\":{\"format\":\"" DOSSIER_FORMAT "\"}}"));
	assert_true(v.is_dossier && !v.digest_fits && v.bad_seq == 1);
	town_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_law_names_is_required_and_nothing_else),
		cmocka_unit_test(all_that_is_wrong_is_told_at_once),
		cmocka_unit_test(words_go_there_and_back),
		cmocka_unit_test(a_dossier_verifies_whatever_it_looks_like),
		cmocka_unit_test(what_was_changed_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
