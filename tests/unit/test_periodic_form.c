/* SPDX-License-Identifier: Apache-2.0
 * Figures of a periodic report, worked by hand; the text that they are frozen in, and what ties a code to it.
 */
#include "unit/support.h"

#include "app/periodic_text.h"
#include "core/periodic_form.h"

#define VERIFY_BIT (1U << CLOCK_VERIFY)
#define COMPLETE_BIT (1U << CLOCK_COMPLETE)
#define DAY(n) { (n) * MS_PER_DAY }

static const struct instant end = DAY(90);

/*
 * Six reports of a quarter that ends with day 90:
 *            channel  class       OPD  verified  answered  closed   missed          overdue at the end  stars
 *   1        web      complaint   4    day 2     day 10    day 20   -               no                  5
 *   2        web      complaint   4    day 5     day 30    day 40   verify          no                  2
 *   3        letter   aspiration  5    day 11    day 12    -        -               no                  -
 *   4        web      complaint   4    day 21    -         -        complete        yes                 -
 *   5        letter   information -    day 80    day 89    day 91   -               no (closed after)   4
 *   6        web      complaint   -    -         -         -        verify          yes                 -
 */
static const struct periodic_fact facts[] = {
	{ CHANNEL_WEB, CLASS_COMPLAINT, { 1 }, { 4 }, { DAY(2), DAY(3), DAY(5), DAY(10), DAY(20) }, 0, false, 5 },
	{ CHANNEL_WEB, CLASS_COMPLAINT, { 1 }, { 4 }, { DAY(5), DAY(6), DAY(8), DAY(30), DAY(40) }, VERIFY_BIT, false, 2 },
	{ CHANNEL_LETTER, CLASS_ASPIRATION, { 2 }, { 5 }, { DAY(11), DAY(11), DAY(12), DAY(12), { 0 } }, 0, false, 0 },
	{ CHANNEL_WEB, CLASS_COMPLAINT, { 1 }, { 4 }, { DAY(21), DAY(22), { 0 }, { 0 }, { 0 } }, COMPLETE_BIT, true, 0 },
	{ CHANNEL_LETTER, CLASS_INFORMATION, { 0 }, { 0 }, { DAY(80), { 0 }, DAY(88), DAY(89), DAY(91) }, 0, false, 4 },
	{ CHANNEL_WEB, CLASS_NONE, { 0 }, { 0 }, { { 0 } }, VERIFY_BIT, true, 0 },
};

static void is_group(const struct periodic_group *g, int64_t id, const int64_t n[5])
{
	assert_int_equal(g->id, id);
	assert_int_equal(g->received, n[0]);
	assert_int_equal(g->answered, n[1]);
	assert_int_equal(g->closed, n[2]);
	assert_int_equal(g->open, n[3]);
	assert_int_equal(g->late, n[4]);
}

static void is_stage(const struct periodic_form *f, enum periodic_stage s, const int64_t n[4])
{
	assert_int_equal(f->stage[s].done, n[0]);
	assert_int_equal(f->stage[s].in_time, n[1]);
	assert_int_equal(f->stage[s].late, n[2]);
	assert_int_equal(f->stage[s].overdue, n[3]);
}

static struct periodic_form counted(struct arena *a)
{
	struct periodic_form f = { .agency = { 2 }, .agency_name = "Kabupaten", .government = "Pemerintah \"K\"",
				   .office = "Diskominfo\n", .first = { 0 }, .last = { 89 }, .compiled_at = { 77 },
				   .rule = "tjt-24@1",
				   .words = { "1/2", "Ringkas \\ \t", "Kendala", "Upaya é" } };

	for (size_t i = 0; i < ARRAY_LEN(facts); i++)
		periodic_form_count(a, &f, &facts[i], end);
	for (size_t i = 0; i < f.opds.n; i++)
		f.opds.p[i].name = f.opds.p[i].id == 4 ? "PU" : f.opds.p[i].id == 5 ? "Dinkes" : "";
	periodic_form_sort(&f.opds);
	periodic_form_sort(&f.categories);
	return f;
}

static void six_reports_worked_by_hand(void **state)
{
	struct arena *a = arena_new((size_t)1 << 20);
	struct periodic_form f = counted(a);

	(void)state;
	assert_int_equal(f.received, 6);
	assert_int_equal(f.by_channel[CHANNEL_WEB], 4);
	assert_int_equal(f.by_channel[CHANNEL_LETTER], 2);
	assert_int_equal(f.by_class[CLASS_COMPLAINT], 3);
	assert_int_equal(f.by_class[CLASS_NONE], 1);
	is_stage(&f, PERIODIC_VERIFIED, (const int64_t[]){ 5, 4, 1, 1 });
	is_stage(&f, PERIODIC_DISPOSED, (const int64_t[]){ 4, 4, 0, 0 });
	is_stage(&f, PERIODIC_FOLLOWED_UP, (const int64_t[]){ 4, 4, 0, 0 });
	is_stage(&f, PERIODIC_ANSWERED, (const int64_t[]){ 4, 4, 0, 1 });
	/* What was closed on day 91 was open at the end. */
	is_stage(&f, PERIODIC_CLOSED, (const int64_t[]){ 2, 2, 0, 1 });
	assert_int_equal(f.open, 4);
	assert_int_equal(f.late, 2);
	assert_int_equal(f.rated, 3);
	assert_int_equal(f.rating_sum, 11);
	assert_int_equal(f.rating[5] + f.rating[2] + f.rating[4], 3);
	assert_int_equal(f.opds.n, 3);
	is_group(&f.opds.p[0], 4, (const int64_t[]){ 3, 2, 2, 1, 1 });
	is_group(&f.opds.p[1], 5, (const int64_t[]){ 1, 1, 0, 1, 0 });
	is_group(&f.opds.p[2], 0, (const int64_t[]){ 2, 1, 0, 2, 1 });
	is_group(&f.categories.p[0], 1, (const int64_t[]){ 3, 2, 2, 1, 1 });
	arena_free(a);
}

static void the_text_says_all_of_it_and_is_the_same_again(void **state)
{
	struct arena *a = arena_new((size_t)1 << 20);
	struct periodic_form f = counted(a), back;
	const char *text = periodic_text_write(a, &f);
	struct err err = { 0 };

	(void)state;
	assert_int_equal(periodic_text_read(a, text, &back, &err), RC_OK);
	assert_string_equal(periodic_text_write(a, &back), text);
	assert_int_equal(back.received, 6);
	assert_int_equal(back.by_channel[CHANNEL_LETTER], 2);
	assert_int_equal(back.stage[PERIODIC_VERIFIED].late, 1);
	assert_int_equal(back.rating[4], 1);
	assert_string_equal(back.opds.p[0].name, "PU");
	assert_string_equal(back.government, f.government);
	assert_string_equal(back.words.summary, f.words.summary);
	assert_int_equal(back.last.n, 89);
	arena_free(a);
}

static void broken_texts_are_no_form(void **state)
{
	struct arena *a = arena_new((size_t)1 << 20);
	struct periodic_form f = counted(a), back;
	char *text = arena_strdup(a, periodic_text_write(a, &f));
	struct err err = { 0 };

	(void)state;
	assert_int_equal(periodic_text_read(a, "", &back, &err), RC_FAILED);
	assert_int_equal(periodic_text_read(a, "{}", &back, &err), RC_FAILED);
	assert_int_equal(periodic_text_read(a, "[1]", &back, &err), RC_FAILED);
	for (char *p = text; (p = strstr(p, "\"received\"")) != NULL; p++)
		p[1] = 'R';
	assert_int_equal(periodic_text_read(a, text, &back, &err), RC_FAILED);
	arena_free(a);
}

static void another_figure_is_another_digest(void **state)
{
	struct arena *a = arena_new((size_t)1 << 20);
	struct periodic_form f = counted(a);
	struct hash before = periodic_form_digest(periodic_text_write(a, &f)), after;

	(void)state;
	f.stage[PERIODIC_CLOSED].in_time++;
	after = periodic_form_digest(periodic_text_write(a, &f));
	assert_false(hash_equal(&before, &after));
	arena_free(a);
}

static void codes_are_read_as_people_type_them(void **state)
{
	static const char *const wrong[] = { "", "9F2C", "9F2C-41D0-77AB-03EE-B71", "9F2C-41D0-77AB-03EE-B71G", "x" };
	unsigned char digest[HASH_BYTES] = { 0x9f, 0x2c, 0x41, 0xd0, 0x77, 0xab, 0x03, 0xee, 0xb7, 0x1e, 0xff }, back[HASH_BYTES];
	char code[PERIODIC_CODE_MAX], whole[2 * HASH_BYTES + 1];
	size_t n;

	(void)state;
	periodic_form_code(digest, code);
	assert_string_equal(code, "9F2C-41D0-77AB-03EE-B71E");
	assert_true(periodic_form_code_parse(code, back, &n));
	assert_int_equal(n, PERIODIC_CODE_BYTES);
	assert_memory_equal(back, digest, n);
	assert_true(periodic_form_code_parse(" 9f2c41d0 77ab03eeb71e", back, &n));
	assert_memory_equal(back, digest, n);
	for (size_t i = 0; i < HASH_BYTES; i++)
		snprintf(whole + 2 * i, 3, "%02x", digest[i]);
	assert_true(periodic_form_code_parse(whole, back, &n));
	assert_int_equal(n, HASH_BYTES);
	assert_memory_equal(back, digest, n);
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_false(periodic_form_code_parse(wrong[i], back, &n));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(six_reports_worked_by_hand),
		cmocka_unit_test(the_text_says_all_of_it_and_is_the_same_again),
		cmocka_unit_test(broken_texts_are_no_form),
		cmocka_unit_test(another_figure_is_another_digest),
		cmocka_unit_test(codes_are_read_as_people_type_them),
	};

	hash_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
