/* SPDX-License-Identifier: Apache-2.0
 * What was changed between two texts: the fewest words, and nothing of either is lost.
 */
#include "unit/support.h"

#include "base/buf.h"
#include "core/worddiff.h"

/* "=sama -lama +baru", blanks at the ends of pieces left out. */
static const char *told(struct arena *a, const struct worddiff *d)
{
	static const char signs[] = { '=', '-', '+' };
	const char *made;
	struct buf b;

	buf_init(&b, 1 << 20);
	for (size_t i = 0; i < d->n; i++) {
		size_t n = strlen(d->p[i].text);

		while (n > 0 && (d->p[i].text[n - 1] == ' ' || d->p[i].text[n - 1] == '\n'))
			n--;
		buf_printf(&b, "%s%c%.*s", i ? "|" : "", signs[d->p[i].kind], (int)n, d->p[i].text);
	}
	made = arena_strdup(a, buf_cstr(&b));
	buf_done(&b);
	return made;
}

/* SOP tjt-20#2b */
static void the_fewest_words_change(void **state)
{
	static const struct { const char *from, *to, *says; bool equal; } cases[] = {
		{ "", "", "", true },
		{ "lampu mati", "lampu  mati", "=lampu  mati", true },
		{ "lampu mati total", "Lampu mati total", "-lampu|+Lampu|=mati total", false },
		{ "jln rusak parah pak tolong", "jalan rusak parah", "-jln|+jalan|=rusak parah|-pak tolong", false },
		{ "a b c d e", "a x c y e", "=a|-b|+x|=c|-d|+y|=e", false },
		{ "", "baru", "+baru", false },
		{ "lama", "", "-lama", false },
		{ "satu dua tiga", "dua tiga satu", "-satu|=dua tiga|+satu", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena *a = arena_new(1 << 20);
		struct worddiff d = worddiff_make(a, cases[i].from, cases[i].to);

		assert_string_equal(told(a, &d), cases[i].says);
		assert_int_equal(d.is_equal, cases[i].equal);
		arena_free(a);
	}
}

static char *many_words(struct arena *a, size_t n, size_t step)
{
	struct buf b;
	char *made;

	buf_init(&b, 1 << 20);
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "k%zu ", i * step % 997);
	made = arena_strdup(a, buf_cstr(&b));
	buf_done(&b);
	return made;
}

/* Same and added pieces are the new text; a text of any length is told in bounded memory. */
static void nothing_of_the_new_text_is_lost(void **state)
{
	static const size_t sizes[] = { 10, 500, 1400, 2500 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct arena *a = arena_new((size_t)32 << 20);
		const char *from = many_words(a, sizes[i], 7), *to = many_words(a, sizes[i], 11);
		struct worddiff d = worddiff_make(a, from, to);
		char *all = arena_alloc(a, strlen(to) + 1);

		all[0] = '\0';
		for (size_t k = 0; k < d.n; k++)
			if (d.p[k].kind != WORDDIFF_REMOVED)
				strcat(all, d.p[k].text);
		assert_string_equal(all, to);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_fewest_words_change),
		cmocka_unit_test(nothing_of_the_new_text_is_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
