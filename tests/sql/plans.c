/* SPDX-License-Identifier: Apache-2.0
 * sql_plans - how SQLite runs every query of the program.
 *
 * Usage: sql_plans DATABASE_FILE plans    prints the plan of each query, for the golden file
 *        sql_plans DATABASE_FILE scans    one test line a query: it reads no big table from end to end
 * Makes the schema in DATABASE_FILE when it is empty. A query that has to read a whole table
 * says why in its header ("-- scan: why").
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sql/growing.h"
#include "store/migrate.h"
#include "store/schema.h"

#define LINES_MAX 64
#define TABLES_MAX 64

struct plan_line {
	int64_t id, parent;
	int depth;
	const char *text;
};

struct plan {
	struct plan_line line[LINES_MAX];
	size_t n;
};

static void stop(const char *what, const char *why)
{
	printf("not ok - %s: %s\n", what, why);
	exit(1);
}

static int depth_of(const struct plan *p, int64_t parent)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->line[i].id == parent)
			return p->line[i].depth + 1;
	return 0;
}

static void plan_read(struct db *db, struct arena *a, const struct db_query *q, struct plan *p)
{
	const char *sql = arena_printf(a, "EXPLAIN QUERY PLAN %s", q->sql[DB_SQLITE]);
	const struct db_query explain = { .name = q->name, .index = -1, .sql = { sql, sql }, .n_columns = 4 };
	struct db_cursor cur;
	bool row;

	p->n = 0;
	if (db_start(db, a, &explain, NULL, &cur) != RC_OK)
		stop(q->name, db_message(db));
	while (db_step(&cur, &row) == RC_OK && row && p->n < LINES_MAX) {
		struct plan_line l = { .id = db_column_int(&cur, 0), .parent = db_column_int(&cur, 1) };

		l.text = db_column(&cur, 3).p;
		l.depth = depth_of(p, l.parent);
		p->line[p->n++] = l;
	}
	db_finish(&cur);
}

static void plan_print(const struct db_query *q, const struct plan *p)
{
	printf("%s%s%s\n", q->name, q->scan ? "  -- scan: " : "", q->scan ? q->scan : "");
	for (size_t i = 0; i < p->n; i++)
		printf("%*s%s\n", 2 + 2 * p->line[i].depth, "", p->line[i].text);
}

static bool word_at(const char *s, const char *word, size_t n)
{
	return strncmp(s, word, n) == 0 && !isalnum((unsigned char)s[n]) && s[n] != '_';
}

/* Is name another name for the table in this statement, "table name" or "table AS name"? */
static bool is_alias(const char *sql, const char *table, const char *name, size_t n)
{
	size_t len = strlen(table);

	for (const char *s = sql; (s = strstr(s, table)); s += len) {
		const char *next = s + len;

		if ((s > sql && s[-1] != ' ' && s[-1] != ',') || *next != ' ')
			continue;
		next++;
		if (strncmp(next, "AS ", 3) == 0)
			next += 3;
		if (word_at(next, name, n))
			return true;
	}
	return false;
}

struct tables {
	const char *name[TABLES_MAX];
	size_t n;
};

static void tables_read(struct db *db, struct arena *a, struct tables *t)
{
	static const char sql[] = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'report_words_%'";
	const struct db_query q = { .name = "tables", .index = -1, .sql = { sql, sql }, .n_columns = 1 };
	struct db_cursor cur;
	bool row;

	if (db_start(db, a, &q, NULL, &cur) != RC_OK)
		stop("the tables", db_message(db));
	while (db_step(&cur, &row) == RC_OK && row && t->n < TABLES_MAX) {
		const char *name = db_column(&cur, 0).p;

		if (is_growing(name))
			t->name[t->n++] = name;
	}
	db_finish(&cur);
}

static const char *big_table(const struct tables *t, const char *sql, const char *name)
{
	size_t n = strcspn(name, " ");

	for (size_t i = 0; i < t->n; i++)
		if ((strlen(t->name[i]) == n && strncmp(t->name[i], name, n) == 0) || is_alias(sql, t->name[i], name, n))
			return t->name[i];
	return NULL;
}

/* The full-text table is always "scanned"; with a match or a row's number that is a search. */
static bool is_text_search(const char *line)
{
	const char *index = strstr(line, "VIRTUAL TABLE INDEX ");
	const char *how = index ? strchr(index, ':') : NULL;

	return how && (strchr(how, 'M') || strchr(how, '='));
}

/*
 * Inserting into a table that others refer to shows the search of those others, which runs only
 * while a deferred reference is open; there are none.
 */
static bool is_reference_check(const char *sql, const char *table)
{
	size_t n = strlen(table);

	if (strncmp(sql, "INSERT ", 7) != 0)
		return false;
	for (const char *s = sql; (s = strstr(s, table)); s += n)
		if (s[-1] == ' ' && word_at(s, table, n))
			return false;
	return true;
}

static const char *scan_of(const struct tables *t, const struct db_query *q, const struct plan *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const char *line = p->line[i].text, *table = NULL;

		if (strncmp(line, "SCAN ", 5) == 0)
			table = big_table(t, q->sql[DB_SQLITE], line + 5);
		if (strstr(line, "USING AUTOMATIC"))
			return line;
		if (table && !is_text_search(line) && !is_reference_check(q->sql[DB_SQLITE], table))
			return line;
	}
	return NULL;
}

static int check_scans(struct db *db, struct arena *a)
{
	struct tables tables = { 0 };
	int bad = 0;

	tables_read(db, a, &tables);
	for (size_t i = 0; i < db_query_count; i++) {
		const struct db_query *q = db_queries[i];
		struct plan p;
		const char *scan;

		plan_read(db, a, q, &p);
		scan = scan_of(&tables, q, &p);
		if (!scan || q->scan) {
			printf("ok - query %s reads no big table from end to end%s%s%s\n", q->name,
			       scan ? " but may (" : "", scan ? q->scan : "", scan ? ")" : "");
			continue;
		}
		printf("not ok - query %s: %s\n", q->name, scan);
		bad = 1;
	}
	return bad;
}

static int by_name(const void *a, const void *b)
{
	return strcmp((*(const struct db_query *const *)a)->name, (*(const struct db_query *const *)b)->name);
}

static void print_plans(struct db *db, struct arena *a)
{
	const struct db_query **sorted = arena_new_many(a, const struct db_query *, db_query_count);

	memcpy(sorted, db_queries, db_query_count * sizeof(*sorted));
	qsort(sorted, db_query_count, sizeof(*sorted), by_name);
	for (size_t i = 0; i < db_query_count; i++) {
		struct plan p;

		plan_read(db, a, sorted[i], &p);
		plan_print(sorted[i], &p);
	}
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new((size_t)64 << 20);
	struct err err = { 0 };
	struct db *db;
	int bad = 0;

	if (argc != 3)
		stop("sql_plans", "usage: sql_plans DATABASE_FILE plans|scans");
	if (db_open(arena_printf(a, "sqlite:%s", argv[1]), DB_WRITE, &db, &err) != RC_OK ||
	    migrate_up(db, &err) != RC_OK)
		stop("every migration runs on SQLite", err.detail);
	if (strcmp(argv[2], "plans") == 0)
		print_plans(db, a);
	else
		bad = check_scans(db, a);
	db_close(db);
	arena_free(a);
	return bad;
}
