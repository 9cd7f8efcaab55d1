/* SPDX-License-Identifier: Apache-2.0
 * JSON: one canonical form, whatever it was read from.
 */
#include "unit/support.h"

#include "app/json.h"

static char *canonical(struct arena *a, const char *text)
{
	struct json_tree *t = json_tree_parse(text, strlen(text));
	char *out = t ? json_tree_canonical(a, t) : NULL;

	json_tree_free(t);
	return out;
}

static void the_form_does_not_depend_on_the_text(void **state)
{
	struct arena *a = arena_new(1024 * 1024);
	static const struct {
		const char *text, *form;
	} cases[] = {
		{ "{}", "{}" },
		{ " { \"b\" : 1 ,\n\"a\":[ true , null ] } ", "{\"a\":[true,null],\"b\":1}" },
		{ "{\"z\":{\"y\":2,\"x\":1}}", "{\"z\":{\"x\":1,\"y\":2}}" },
		{ "{\"t\":\"\\u00e9\\/\\u0041\"}", "{\"t\":\"é/A\"}" },
		{ "{\"t\":\"a\\nb\\\"c\\u0001\"}", "{\"t\":\"a\\nb\\\"c\\u0001\"}" },
		{ "{\"n\":-0007}", NULL },
		{ "{\"a\":1,\"a\":2}", NULL },
		{ "{\"a\":1}x", NULL },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *form = canonical(a, cases[i].text);

		if (!cases[i].form)
			assert_null(form);
		else
			assert_string_equal(form, cases[i].form);
	}
	arena_free(a);
}

static void what_was_put_in_comes_out(void **state)
{
	struct json_tree *t = json_tree_object(), *list = json_tree_array(), *item = json_tree_object();
	struct arena *a = arena_new(1024 * 1024);
	int64_t n = 7;

	(void)state;
	assert_true(json_tree_set_text(item, "name", "Sri"));
	json_tree_append(list, item);
	json_tree_set(t, "list", list);
	json_tree_set_int(t, "n", INT64_MIN);
	json_tree_set_bool(t, "yes", true);
	assert_true(json_tree_set_text(t, "none", NULL));
	assert_false(json_tree_set_text(t, "bad", "\xff"));
	assert_string_equal(json_tree_canonical(a, t),
			    "{\"list\":[{\"name\":\"Sri\"}],\"n\":-9223372036854775808,\"none\":null,\"yes\":true}");
	assert_int_equal(json_tree_count(json_tree_get(t, "list")), 1);
	assert_string_equal(json_tree_text(json_tree_at(json_tree_get(t, "list"), 0), "name"), "Sri");
	assert_true(json_tree_int(t, "n", &n) && n == INT64_MIN);
	assert_true(json_tree_bool(t, "yes"));
	json_tree_free(t);
	arena_free(a);
}

static void what_is_not_there_is_nothing(void **state)
{
	struct json_tree *t = json_tree_parse("{\"a\":\"x\"}", 9);
	int64_t n = 7;

	(void)state;
	assert_null(json_tree_get(t, "b"));
	assert_null(json_tree_text(json_tree_get(t, "b"), "c"));
	assert_null(json_tree_text(NULL, "c"));
	assert_false(json_tree_int(t, "a", &n));
	assert_int_equal(n, 7);
	assert_int_equal(json_tree_count(NULL), 0);
	assert_null(json_tree_at(json_tree_get(t, "a"), 0));
	json_tree_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_form_does_not_depend_on_the_text),
		cmocka_unit_test(what_was_put_in_comes_out),
		cmocka_unit_test(what_is_not_there_is_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
