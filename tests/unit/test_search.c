/* SPDX-License-Identifier: Apache-2.0
 * The golden set of searches (tests/data/search_*.tsv): what people type, in which scope, and which documents it finds, in
 * their order. Runs on both engines, so both give the same answers. Documents are reports, indexed by the runner and found
 * as pages find them; the scope is met inside the index, no row is looked at.
 */
#include "unit/app_support.h"

#include "base/hash.h"
#include "base/parse.h"
#include "core/access.h"
#include "job/runner.h"
#include "web/find.h"

#define LINE_MAX_BYTES 1024
#define FIELDS 8
#define QUERIES_MIN 120
#define FIRST 10
/* Ids lie so far apart that a search goes through several blocks of them. */
#define APART 700

/* Cuts a text at a sign; returns how many fields it has. */
static int cut(char *line, char sign, char *field[FIELDS])
{
	int n = 0;

	line[strcspn(line, "\n")] = '\0';
	for (char *p = line; p && n < FIELDS; n++) {
		field[n] = p;
		p = strchr(p, sign);
		if (p)
			*p++ = '\0';
	}
	for (int i = n; i < FIELDS; i++)
		field[i] = NULL;
	return n;
}

static FILE *open_data(const char *path)
{
	FILE *f = fopen(path, "re");

	assert_non_null(f);
	return f;
}

static const char *id_or_null(struct town *t, const char *id)
{
	return id && strcmp(id, "0") != 0 ? id : arena_strdup(t->c.a, "NULL");
}

/* place: agency/OPD/unit, the last of them holds it; "1" is the nation's. */
static void add_document(struct town *t, char *field[FIELDS])
{
	char *place[FIELDS], received[32];
	int n = cut(field[3], '/', place);
	const char *flags = field[7], *holder = place[n - 1];
	const char *region = strcmp(field[5], "-") == 0 ? "NULL" : arena_printf(t->c.a, "'%s'", field[5]);

	if (strcmp(place[0], "1") == 0)
		place[0] = NULL;
	snprintf(received, sizeof(received), "%s 00:30 WIB", field[6]);
	town_sql(t, arena_printf(t->c.a,
		"INSERT INTO report (id, number, code, kind, channel, reporter_id, asked_visibility, region_code, received_at,"
		" ruleset, state, version, queue, is_open, needs_action, holder_id, agency_id, opd_id, unit_id, class,"
		" category_id, visibility, is_public, is_blocked, is_escalated, transfers, held_since_at, changed_at, title, body)"
		" VALUES (%lld, '2026-%06ld', 'C%s', 1, 1, 1, 1, %s, %lld, 'r', %d, 1, 0, %d, 0, %s, %s, %s, %s, %d, %s, 1, %d, 0, 0,"
		" 0, 1, 1, '%s', '%s');"
		"INSERT INTO index_todo (report_id) VALUES (%lld)",
		APART * strtoll(field[0], NULL, 10), strtol(field[0], NULL, 10), field[0], region,
		(long long)at(received).ms, strstr(flags, "open") ? STATE_IN_PROGRESS : STATE_CLOSED, !!strstr(flags, "open"),
		holder, id_or_null(t, place[0]), id_or_null(t, place[1]), id_or_null(t, place[2]),
		strstr(flags, "oversight") ? CLASS_COMPLAINT_OVERSIGHT : CLASS_COMPLAINT, id_or_null(t, field[4]),
		!strstr(flags, "hidden"), field[1], field[2], APART * strtoll(field[0], NULL, 10)));
}

static void index_documents(struct town *t)
{
	FILE *f = open_data("tests/data/search_documents.tsv");
	char line[LINE_MAX_BYTES], *field[FIELDS];
	struct job_tally tally;
	int n = 0;

	town_sql(t, "INSERT INTO agency (id, parent_id, level, name, short_name, slug) VALUES (4, 1, 2, 'A4', 'A4', 'a4'),"
		    " (5, 2, 3, 'O5', 'O5', 'o5'), (6, 4, 3, 'O6', 'O6', 'o6'), (7, 3, 4, 'U7', 'U7', 'u7');"
		    "INSERT INTO category (id, parent_id, name, slug) VALUES (2, NULL, 'Lingkungan', 'k2'), (3, 1, 'Lampu', 'k3'),"
		    " (4, NULL, 'Pelayanan', 'k4');"
		    "INSERT INTO reporter (id, name) VALUES (1, 'Warga')");
	for (; fgets(line, sizeof(line), f); n++) {
		assert_int_equal(cut(line, '\t', field), 8);
		add_document(t, field);
	}
	fclose(f);
	assert_int_equal(job_run_due(&t->c, NULL, &tally), RC_OK);
	assert_int_equal(tally.indexed, n);
}

static bool everything_fits(void *arg, const struct find_hits_row *hit)
{
	(void)arg;
	(void)hit;
	return true;
}

static void read_categories(struct town *t, char *list, struct marks_scope *s)
{
	char *field[FIELDS];
	int64_t *ids = arena_new_many(t->c.a, int64_t, FIELDS);

	s->n_categories = (size_t)cut(list, ',', field);
	for (size_t i = 0; i < s->n_categories; i++)
		assert_true(parse_int(field[i], 1, 99, &ids[i]));
	s->categories = ids;
}

static void read_scope(struct town *t, char *words, struct find *f)
{
	char *field[FIELDS];
	int n = cut(words, ' ', field);

	for (int i = 0; i < n; i++) {
		char *value = strchr(field[i], '=');
		int64_t v = value ? strtoll(value + 1, NULL, 10) : 0;

		if (value)
			*value++ = '\0';
		if (strcmp(field[i], "public") == 0)
			f->scope.is_public = true;
		else if (strcmp(field[i], "open") == 0)
			f->scope.is_open = true;
		else if (strcmp(field[i], "best") == 0)
			f->is_best_first = true;
		else if (strcmp(field[i], "line") == 0)
			f->scope.line.v = v;
		else if (strcmp(field[i], "place") == 0)
			f->scope.place.v = v;
		else if (strcmp(field[i], "class") == 0)
			f->scope.class = (enum class_)v;
		else if (strcmp(field[i], "category") == 0)
			read_categories(t, value, &f->scope);
		else if (strcmp(field[i], "region") == 0)
			f->scope.region = value;
		else if (strcmp(field[i], "in") == 0) {
			f->scope.year = (int)v;
			f->scope.month = value[4] ? (int)strtol(value + 5, NULL, 10) : 0;
		} else
			fail_msg("what is %s?", field[i]);
	}
}

static const char *add_found(struct town *t, const char *list, const struct found *page)
{
	for (size_t i = 0; i < page->n; i++)
		list = arena_printf(t->c.a, "%s%s%lld", list, *list ? " " : "", (long long)page->ids[i].v / APART);
	return list;
}

/* By pages of so many: all of them together are the answer, whatever their size. */
static const char *find(struct town *t, const struct find *f, size_t page_rows)
{
	struct found page = { .next = FIND_FIRST, .has_next = true };
	const char *list = "";
	size_t n = 0;

	if (f->n_terms == 0)
		return "-";
	while (page.has_next && n < FIRST) {
		assert_int_equal(find_load(&t->c, f, page.next, page_rows, &page), RC_OK);
		assert_false(page.went_far);
		list = add_found(t, list, &page);
		n += page.n;
	}
	return *list ? list : "-";
}

static void every_query_finds_what_it_should(void **state)
{
	FILE *f = open_data("tests/data/search_queries.tsv");
	char line[LINE_MAX_BYTES], *field[FIELDS];
	int queries = 0, wrong = 0;
	struct town t;

	(void)state;
	town_begin(&t);
	index_documents(&t);
	while (fgets(line, sizeof(line), f)) {
		struct find find_it = { .fits = everything_fits };

		if (line[0] == '#')
			continue;
		assert_true(cut(line, '\t', field) >= 3);
		(void)find_read(&t.c, field[0], &find_it);
		const char *scope = field[3] ? arena_strdup(t.c.a, field[3]) : "";
		if (field[3])
			read_scope(&t, field[3], &find_it);
		const char *found = find(&t, &find_it, FIRST), *by_two = find(&t, &find_it, 2);

		queries++;
		if ((strcmp(found, field[1]) != 0 || strcmp(by_two, field[1]) != 0) && ++wrong)
			print_error("%s [%s] finds %s, by twos %s, not %s\n", field[0], scope, found, by_two, field[1]);
	}
	fclose(f);
	town_end(&t);
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
