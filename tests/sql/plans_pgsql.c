/* SPDX-License-Identifier: Apache-2.0
 * sql_plans_pgsql - how PostgreSQL runs every query of the program.
 *
 * Usage: sql_plans_pgsql URL plans    prints the shape of each plan, for the golden file
 *        sql_plans_pgsql URL scans    one test line a query: what it reads does not grow with the reports
 * The database has tables whose statistics are those of a nation (tests/sql/nation.sql). Plans are generic ones, which
 * hold whatever the parameters are. A query that has to read more says why in its header ("-- scan: why").
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/json.h"
#include "sql/growing.h"
#include "store/db.h"
#include "store/schema.h"

/* More rows than this are not put in order, counted or handed out as a whole. */
#define ROWS_MOST 4000

static void stop(const char *what, const char *why)
{
	printf("not ok - %s: %s\n", what, why);
	exit(1);
}

static bool is_type(const struct json_tree *node, const char *type)
{
	const char *t = json_tree_text(node, "Node Type");

	return t && strcmp(t, type) == 0;
}

/* PREPARE takes the types that the driver gives, so that an unknown one is not guessed differently. */
static const char *parameters(struct arena *a, const struct db_query *q, bool types)
{
	const char *text = "";

	for (int i = 0; i < q->n_params; i++) {
		char letter = q->param_types ? q->param_types[i] : 'i';
		const char *type = letter == 't' ? "text" : letter == 'b' ? "bytea" : "bigint";

		text = arena_printf(a, "%s%s%s", text, i ? ", " : "(", types ? type : "NULL");
	}
	return q->n_params ? arena_printf(a, "%s)", text) : "";
}

static struct json_tree *plan_read(struct db *db, struct arena *a, const struct db_query *q)
{
	const char *explain = arena_printf(a, "SELECT pg_temp.plan_of('EXPLAIN (FORMAT JSON) EXECUTE planned%s')",
					   parameters(a, q, false));
	const struct db_query e = { .name = q->name, .index = -1, .sql = { explain, explain }, .n_columns = 1 };
	struct json_tree *tree = NULL;
	struct db_cursor cur;
	bool row = false;

	if (db_script(db, arena_printf(a, "PREPARE planned%s AS %s", parameters(a, q, true), q->sql[DB_PGSQL])) != RC_OK ||
	    db_start(db, a, &e, NULL, &cur) != RC_OK)
		stop(q->name, db_message(db));
	if (db_step(&cur, &row) != RC_OK || !row)
		stop(q->name, db_message(db));
	tree = json_tree_parse(db_column(&cur, 0).p, db_column(&cur, 0).n);
	db_finish(&cur);
	if (!tree || db_script(db, "DEALLOCATE planned") != RC_OK)
		stop(q->name, "its plan is not understood");
	return tree;
}

/* The driver reads no JSON; as text it does. */
static const char settings[] =
	"SET plan_cache_mode = force_generic_plan;"
	"CREATE FUNCTION pg_temp.plan_of(sql text) RETURNS text LANGUAGE plpgsql AS"
	" 'DECLARE plan json; BEGIN EXECUTE sql INTO plan; RETURN CAST(plan AS text); END';";

/* The shape. */

static void print_node(const struct json_tree *node, int depth)
{
	static const char *const words[] = { "Index Cond", "Filter", "Join Filter", "Hash Cond", "Merge Cond" };
	const char *relation = json_tree_text(node, "Relation Name"), *alias = json_tree_text(node, "Alias");
	const char *index = json_tree_text(node, "Index Name"), *name = json_tree_text(node, "Subplan Name");
	const struct json_tree *below = json_tree_get(node, "Plans");

	printf("%*s%s%s%s%s%s", 2 + 2 * depth, "", name ? name : "", name ? ": " : "", json_tree_text(node, "Node Type"),
	       relation ? " on " : "", relation ? relation : "");
	if (relation && alias && strcmp(relation, alias) != 0)
		printf(" %s", alias);
	printf("%s%s", index ? " by " : "", index ? index : "");
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (json_tree_text(node, words[i]))
			printf("%s%s", i == 0 ? " " : " filter ", json_tree_text(node, words[i]));
	printf("\n");
	for (size_t i = 0; i < json_tree_count(below); i++)
		print_node(json_tree_at(below, i), depth + 1);
}

/* What must not be. */

/* An empty table has no statistics that say anything. */
static int check_tables(struct db *db, struct arena *a)
{
	static const char sql[] = "SELECT CAST(relname AS TEXT) FROM pg_class WHERE relkind = 'r' AND"
				  " relnamespace = 'public'::regnamespace AND reltuples < 100 ORDER BY 1";
	const struct db_query q = { .name = "tables", .index = -1, .sql = { sql, sql }, .n_columns = 1 };
	struct db_cursor cur;
	bool row = false;
	int bad = 0;

	if (db_start(db, a, &q, NULL, &cur) != RC_OK)
		stop("the tables", db_message(db));
	while (db_step(&cur, &row) == RC_OK && row) {
		if (!is_growing(db_column(&cur, 0).p))
			continue;
		printf("not ok - table %s has rows: put some into tests/sql/nation.sql, or name it in growing.h\n",
		       db_column(&cur, 0).p);
		bad = 1;
	}
	db_finish(&cur);
	return bad;
}

/* Columns by which an index leads to few rows, as the statistics say: " table.column table.column ". */
static const char *narrow;

static const char *narrow_read(struct db *db, struct arena *a)
{
	static const char sql[] =
		"SELECT ' ' || string_agg(s.tablename || '.' || s.attname, ' ') || ' ' FROM pg_stats s JOIN pg_class c"
		" ON c.oid = CAST(quote_ident(s.tablename) AS regclass) WHERE s.schemaname = 'public' AND"
		" c.reltuples / CASE WHEN s.n_distinct < 0 THEN -s.n_distinct * c.reltuples ELSE s.n_distinct + 0.01 END < 100";
	const struct db_query q = { .name = "narrow", .index = -1, .sql = { sql, sql }, .n_columns = 1 };
	struct db_cursor cur;
	const char *list;
	bool row = false;

	if (db_start(db, a, &q, NULL, &cur) != RC_OK || db_step(&cur, &row) != RC_OK || !row)
		stop("the statistics of a nation", db_message(db));
	list = db_column(&cur, 0).p;
	db_finish(&cur);
	return list;
}

/* Does the condition of an index name one value of such a column: "(report_id = $1)"? */
static bool is_narrow(struct arena *a, const char *table, const char *condition)
{
	for (const char *s = condition; (s = strstr(s, " = ")); s++) {
		const char *begin = s;

		while (begin > condition && begin[-1] != '(' && begin[-1] != ' ')
			begin--;
		if (strstr(narrow, arena_printf(a, " %s.%.*s ", table, (int)(s - begin), begin)))
			return true;
	}
	return false;
}

/* From the root to a node: how often it runs, whether somebody above stops it early, or leaves out rows. */
struct way {
	int64_t times;
	bool is_limited, is_filtered;
};

static bool is_index(const struct json_tree *node)
{
	return is_type(node, "Index Scan") || is_type(node, "Index Only Scan") || is_type(node, "Bitmap Index Scan");
}

static bool is_big(const struct json_tree *node)
{
	const char *relation = json_tree_text(node, "Relation Name");

	return relation && is_growing(relation) && !is_type(node, "ModifyTable");
}

/* Nodes that take all of their input before they hand anything on. */
static bool takes_all(const struct json_tree *node)
{
	static const char *const types[] = { "Sort", "Aggregate", "Hash", "SetOp", "WindowAgg" };

	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (is_type(node, types[i]))
			return true;
	return false;
}

static int64_t rows_of(const struct json_tree *node)
{
	int64_t n = 1;

	json_tree_int(node, "Plan Rows", &n);
	return n > 0 ? n : 1;
}

/* The inner side of a nested loop runs for each row of the outer one, a subplan for each row of its node. */
static struct way way_below(struct way w, const struct json_tree *node, size_t i)
{
	const struct json_tree *below = json_tree_get(node, "Plans"), *child = json_tree_at(below, i);
	const char *relation = json_tree_text(child, "Parent Relationship");

	if (relation && strcmp(relation, "InitPlan") == 0)
		return (struct way){ .times = 1 };
	if (relation && strcmp(relation, "SubPlan") == 0)
		w.times *= w.is_limited ? 1 : rows_of(node);
	else if (is_type(node, "Nested Loop") && relation && strcmp(relation, "Inner") == 0)
		w.times *= w.is_limited ? 1 : rows_of(json_tree_at(below, 0));
	else if (json_tree_text(node, "Join Filter") && strcmp(json_tree_text(node, "Join Type"), "Left") != 0)
		w.is_filtered = true;
	if (takes_all(node))
		w.is_limited = false;
	if (is_type(node, "Limit"))
		w = (struct way){ .times = w.times, .is_limited = true };
	return w;
}

/* The first reason to refuse this node, or NULL. */
static const char *refused_here(struct arena *a, const struct json_tree *node, struct way w)
{
	const char *table = json_tree_text(node, "Relation Name"), *index = json_tree_text(node, "Index Name");
	const char *condition = json_tree_text(node, "Index Cond");
	bool leaves_out = w.is_filtered || json_tree_text(node, "Filter");
	int64_t rows = w.times * rows_of(node);

	if (is_index(node) && !condition && (!table || is_big(node)))
		return arena_printf(a, "walks over all of %s by %s", table ? table : "a table", index);
	if (!is_big(node))
		return NULL;
	if (is_type(node, "Seq Scan"))
		return arena_printf(a, "reads all of %s", table);
	if (!condition)
		condition = json_tree_text(node, "Recheck Cond");
	if (leaves_out && !is_narrow(a, table, condition ? condition : ""))
		return arena_printf(a, "walks over %s by %s and leaves rows out", table, condition);
	if (!w.is_limited && rows > ROWS_MOST)
		return arena_printf(a, "takes %lld rows of %s by %s without a limit", (long long)rows, table, condition);
	return NULL;
}

static const char *refused(struct arena *a, const struct json_tree *node, struct way w)
{
	const struct json_tree *below = json_tree_get(node, "Plans");
	const char *why = refused_here(a, node, w);

	for (size_t i = 0; !why && i < json_tree_count(below); i++)
		why = refused(a, json_tree_at(below, i), way_below(w, node, i));
	return why;
}

static int check(struct arena *a, const struct db_query *q, const struct json_tree *plan)
{
	const char *why = refused(a, plan, (struct way){ .times = 1 });

	if (!why || q->scan) {
		printf("ok - query %s reads no more on PostgreSQL when there is more%s%s%s\n", q->name,
		       why ? " but may (" : "", why ? q->scan : "", why ? ")" : "");
		return 0;
	}
	printf("not ok - query %s on PostgreSQL: %s\n", q->name, why);
	return 1;
}

static int by_name(const void *a, const void *b)
{
	return strcmp((*(const struct db_query *const *)a)->name, (*(const struct db_query *const *)b)->name);
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new((size_t)64 << 20);
	const struct db_query **sorted = arena_new_many(a, const struct db_query *, db_query_count);
	struct err err = { 0 };
	struct db *db;
	int bad = 0;

	if (argc != 3)
		stop("sql_plans_pgsql", "usage: sql_plans_pgsql URL plans|scans");
	if (db_open(argv[1], DB_WRITE, &db, &err) != RC_OK)
		stop("the plans on PostgreSQL", err.detail);
	if (db_script(db, settings) != RC_OK)
		stop("the plans on PostgreSQL", db_message(db));
	narrow = narrow_read(db, a);
	bad = strcmp(argv[2], "scans") == 0 ? check_tables(db, a) : 0;
	memcpy(sorted, db_queries, db_query_count * sizeof(*sorted));
	qsort(sorted, db_query_count, sizeof(*sorted), by_name);
	for (size_t i = 0; i < db_query_count; i++) {
		const struct db_query *q = sorted[i];
		struct json_tree *tree = plan_read(db, a, q);
		const struct json_tree *plan = json_tree_get(json_tree_at(tree, 0), "Plan");

		if (strcmp(argv[2], "plans") == 0) {
			printf("%s%s%s\n", q->name, q->scan ? "  -- scan: " : "", q->scan ? q->scan : "");
			print_node(plan, 0);
		} else {
			bad |= check(a, q, plan);
		}
		json_tree_free(tree);
	}
	db_close(db);
	arena_free(a);
	return bad;
}
