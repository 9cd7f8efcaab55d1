/* SPDX-License-Identifier: Apache-2.0
 * The golden set of searches (tests/data/search_*.tsv): what people type, and which documents it finds, newest first. Runs
 * on both engines, so both give the same answers.
 */
#include "unit/app_support.h"

#include "base/hash.h"
#include "core/words.h"
#include "query_report.h"

#define LINE_MAX_BYTES 1024
#define QUERIES_MIN 60

/* Cuts a line at its tabs; returns how many fields it has. */
static int cut(char *line, char *field[4])
{
	int n = 0;

	line[strcspn(line, "\n")] = '\0';
	for (char *p = line; p && n < 4; n++) {
		field[n] = p;
		p = strchr(p, '\t');
		if (p)
			*p++ = '\0';
	}
	return n;
}

static FILE *open_data(const char *path)
{
	FILE *f = fopen(path, "re");

	assert_non_null(f);
	return f;
}

static void index_documents(struct town *t, struct stem *stem)
{
	FILE *f = open_data("tests/data/search_documents.tsv");
	char line[LINE_MAX_BYTES], *field[4];

	while (fgets(line, sizeof(line), f)) {
		assert_int_equal(cut(line, field), 3);
		int id = (int)strtol(field[0], NULL, 10);
		const char *number = arena_printf(t->c.a, "2026-%06d", id);

		assert_int_equal(q_report_words_insert(t->c.db, &(struct report_words_insert_args){
			.report_id = { id }, .words = words_of_report(t->c.a, stem, number, field[1], field[2]) }, NULL), RC_OK);
	}
	fclose(f);
}

static const char *find(struct town *t, const char *expression)
{
	const struct db_query q = { .name = "search", .index = -1, .n_params = 1, .n_columns = 1, .sql = {
		"SELECT rowid FROM report_words WHERE report_words MATCH ?1 ORDER BY rowid DESC LIMIT 10",
		"SELECT rowid FROM report_words WHERE tsv @@ to_tsquery('simple', $1) ORDER BY rowid DESC LIMIT 10" } };
	struct db_value v = { .type = DB_TEXT, .p = expression, .n = strlen(expression) };
	const char *found = "";
	struct db_cursor cur;
	bool row = false;

	assert_int_equal(db_start(t->c.db, t->c.a, &q, &v, &cur), RC_OK);
	while (db_step(&cur, &row) == RC_OK && row)
		found = arena_printf(t->c.a, "%s%s%lld", found, *found ? " " : "", (long long)db_column_int(&cur, 0));
	db_finish(&cur);
	return found;
}

static void every_query_finds_what_it_should(void **state)
{
	FILE *f = open_data("tests/data/search_queries.tsv");
	struct stem *stem = stem_new();
	char line[LINE_MAX_BYTES], *field[4];
	int queries = 0, wrong = 0;
	struct town t;

	(void)state;
	town_begin(&t);
	index_documents(&t, stem);
	while (fgets(line, sizeof(line), f)) {
		if (line[0] == '#')
			continue;
		assert_int_equal(cut(line, field), 3);
		const char *asked = words_query(t.c.a, stem, field[0], place_is_pgsql() ? WORDS_TSQUERY : WORDS_FTS5);
		const char *found = asked ? find(&t, asked) : "";

		queries++;
		if (strcmp(*found ? found : "-", field[1]) != 0 && ++wrong)
			print_error("%s (%s) finds %s, not %s\n", field[0], asked ? asked : "nothing", found, field[1]);
	}
	fclose(f);
	town_end(&t);
	stem_free(stem);
	assert_true(queries >= QUERIES_MIN);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_query_finds_what_it_should),
	};

	hash_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
