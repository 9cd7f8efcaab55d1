/* SPDX-License-Identifier: Apache-2.0
 * What the directory offers and names: only what is in use is offered, everything has a name.
 */
#include "unit/app_support.h"

#include "web/desk_parts.h"
#include "web/directory.h"

static int begin(void **state)
{
	struct town *t = calloc(1, sizeof(*t));

	town_begin(t);
	town_sql(t, "DELETE FROM category; INSERT INTO category (id, parent_id, name, slug, is_active) VALUES"
		    " (70, NULL, 'Jalan', 'jalan', 1), (71, 70, 'Lampu <PJU>', 'lampu', 1), (72, 70, 'Aspal', 'aspal', 1),"
		    " (73, 70, 'Delman', 'delman', 0), (74, NULL, 'Air', 'air', 1), (75, NULL, 'Telegraf', 'telegraf', 0)");
	assert_int_equal(directory_load(t->c.db, t->c.a, t->settings.region_code, &t->c.directory), RC_OK);
	*state = t;
	return 0;
}

static int end(void **state)
{
	town_end(*state);
	free(*state);
	return 0;
}

/* As the template prints them, without what stands between the lines. */
static const char *markup(struct town *t, const struct desk_options *o)
{
	return arena_printf(t->c.a, "%.*s%s%.*s", (int)o->kept[0].n, o->kept[0].p, o->kept[1].n > 0 ? " selected" : "",
			    (int)o->kept[1].n, o->kept[1].p);
}

static void the_tree_of_categories_in_use(void **state)
{
	struct town *t = *state;
	struct desk_options o = desk_parts_categories(&t->c, "Semua", 0);

	assert_int_equal(o.n, 1);
	assert_true(o.p[0].selected);
	assert_string_equal(markup(t, &o), "<option value=\"74\">Air</option>\n<option value=\"70\">Jalan</option>\n"
			    "<option value=\"72\">&nbsp;&nbsp;Aspal</option>\n"
			    "<option value=\"71\">&nbsp;&nbsp;Lampu &lt;PJU&gt;</option>");
}

static void the_chosen_line_is_marked(void **state)
{
	struct town *t = *state;
	struct desk_options o = desk_parts_categories(&t->c, "Semua", 71);

	assert_false(o.p[0].selected);
	assert_non_null(strstr(markup(t, &o), "<option value=\"71\" selected>&nbsp;&nbsp;Lampu"));
	assert_non_null(strstr(markup(t, &o), "<option value=\"72\">&nbsp;&nbsp;Aspal"));
	/* No longer in use: nothing is marked. */
	o = desk_parts_categories(&t->c, "Semua", 73);
	assert_null(strstr(markup(t, &o), "selected"));
}

static void each_agency_has_what_lies_directly_below_it(void **state)
{
	struct town *t = *state;
	int64_t roots = town_int(t, "SELECT count(*) FROM agency WHERE parent_id IS NULL"), all = 0;
	struct directory_list none = directory_below(t->c.directory, (struct agency_id){ 999999 });

	assert_int_equal(none.n, 0);
	assert_int_equal(directory_below(t->c.directory, (struct agency_id){ 0 }).n, roots);
	for (int64_t id = 0; id <= town_int(t, "SELECT max(id) FROM agency"); id++) {
		struct directory_list l = directory_below(t->c.directory, (struct agency_id){ id });
		struct desk_options o = desk_parts_children(&t->c, (struct agency_id){ id }, NULL, l.n ? l.p[l.n - 1].id : 0);
		const char *html = markup(t, &o);

		all += (int64_t)l.n;
		assert_int_equal(o.n, 0);
		assert_int_equal(desk_options_more_than(&o, 0), l.n > 0);
		if (l.n > 0) {
			assert_true(strncmp(html, "<option ", 8) == 0);
			assert_string_equal(html + strlen(html) - 9, "</option>");
			assert_non_null(strstr(html, " selected>"));
		}
	}
	assert_int_equal(all, town_int(t, "SELECT count(*) FROM agency WHERE is_active = 1"));
}

static void everything_has_a_name_even_what_came_later(void **state)
{
	struct town *t = *state;
	const char *name;

	assert_int_equal(directory_category_name(&t->c, (struct category_id){ 75 }, &name), RC_OK);
	assert_string_equal(name, "Telegraf");
	assert_int_equal(directory_category_name(&t->c, (struct category_id){ 0 }, &name), RC_OK);
	assert_null(name);
	town_sql(t, "INSERT INTO category (id, parent_id, name, slug, is_active) VALUES (76, NULL, 'Kereta', 'kereta', 1)");
	assert_int_equal(directory_category_name(&t->c, (struct category_id){ 76 }, &name), RC_OK);
	assert_string_equal(name, "Kereta");
	assert_int_equal(directory_category_name(&t->c, (struct category_id){ 77 }, &name), RC_NOT_FOUND);
}

static void a_change_changes_the_digest(void **state)
{
	static const char *const changes[] = {
		"UPDATE category SET name = 'Jalan raya' WHERE id = 70", "UPDATE category SET is_active = 0 WHERE id = 71",
		"UPDATE agency SET short_name = 'X' WHERE id = (SELECT max(id) FROM agency)",
		"UPDATE agency SET is_active = 0 WHERE id = (SELECT max(id) FROM agency)",
	};
	struct town *t = *state;
	struct hash before, after;

	assert_int_equal(directory_digest(t->c.db, t->c.a, t->settings.region_code, &before), RC_OK);
	assert_int_equal(directory_digest(t->c.db, t->c.a, t->settings.region_code, &after), RC_OK);
	assert_true(hash_equal(&before, &after));
	for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
		town_sql(t, changes[i]);
		assert_int_equal(directory_digest(t->c.db, t->c.a, t->settings.region_code, &after), RC_OK);
		assert_false(hash_equal(&before, &after));
		before = after;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_tree_of_categories_in_use, begin, end),
		cmocka_unit_test_setup_teardown(the_chosen_line_is_marked, begin, end),
		cmocka_unit_test_setup_teardown(each_agency_has_what_lies_directly_below_it, begin, end),
		cmocka_unit_test_setup_teardown(everything_has_a_name_even_what_came_later, begin, end),
		cmocka_unit_test_setup_teardown(a_change_changes_the_digest, begin, end),
	};

	return cmocka_run_group_tests_name("directory", tests, NULL, NULL);
}
