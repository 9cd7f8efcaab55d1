/* SPDX-License-Identifier: Apache-2.0 */
#include "store/part.h"

#include <string.h>

#define INTAKES "(SELECT id FROM intake WHERE report_id IN (@))"
#define FILES "report_id IN (@) OR intake_id IN " INTAKES

const struct part_table part_tables[] = {
	{ "region", PART_REFERS, NULL },
	{ "category", PART_REFERS, NULL },
	{ "agency", PART_REFERS, NULL },
	{ "account", PART_REFERS, NULL },
	{ "holiday", PART_REFERS, NULL },
	{ "sop", PART_REFERS, NULL },
	{ "sop_use", PART_REFERS, NULL },

	{ "reporter", PART_MOVES, "id IN (SELECT reporter_id FROM report WHERE id IN (@))" },
	{ "report", PART_MOVES, "id IN (@)" },
	{ "event", PART_MOVES, "report_id IN (@)" },
	{ "clock", PART_MOVES, "report_id IN (@)" },
	{ "ombudsman_case", PART_MOVES, "report_id IN (@)" },
	{ "minutes", PART_MOVES, "report_id IN (@)" },
	{ "deviation", PART_MOVES, "report_id IN (@)" },
	{ "intake", PART_MOVES, "report_id IN (@)" },
	{ "intake_event", PART_MOVES, "intake_id IN " INTAKES },
	{ "attachment", PART_MOVES, FILES },
	{ "attachment_data", PART_MOVES, "attachment_id IN (SELECT id FROM attachment WHERE " FILES ")" },
	{ "outbox", PART_MOVES, FILES },
	{ "report_words", PART_MOVES, "rowid IN (@)" },

	/* Of the installation, of people who are signed in or write, of what is not done yet. */
	{ "schema_version", PART_STAYS, NULL },
	{ "setting", PART_STAYS, NULL },
	{ "session", PART_STAYS, NULL },
	{ "admin_event", PART_STAYS, NULL },
	{ "draft", PART_STAYS, NULL },
	{ "allowance", PART_STAYS, NULL },
	{ "loose_file", PART_STAYS, NULL },
	{ "index_todo", PART_STAYS, NULL },
	{ "ticket_counter", PART_STAYS, NULL },
	{ "intake_counter", PART_STAYS, NULL },
	/* Written down already: their figures do not follow the reports. */
	{ "intake_recap", PART_STAYS, NULL },
	{ "periodic", PART_STAYS, NULL },
	{ "periodic_version", PART_STAYS, NULL },
	{ "periodic_event", PART_STAYS, NULL },
	/* An archive has its own, counted from what it holds. */
	{ "queue_count", PART_STAYS, NULL },
	{ "day_figure", PART_STAYS, NULL },
	{ "sop_figure", PART_STAYS, NULL },
	{ "archive", PART_STAYS, NULL },
	{ "archived", PART_STAYS, NULL },
	{ "archive_figure", PART_STAYS, NULL },
};
const size_t part_table_n = ARRAY_LEN(part_tables);

static enum rc say(struct err *err, enum rc rc, struct db *db, const char *table)
{
	return err_set(err, rc, 0, "table %s: %s", table, db_message(db));
}

static const struct shape_table *shape_of(const struct part *p, const char *name)
{
	for (size_t i = 0; i < p->shape->n; i++)
		if (strcmp(p->shape->tables[i].name, name) == 0)
			return &p->shape->tables[i];
	BUG("a table of part_tables is not in the schema");
}

/* where, with the reports in the place of @. */
static void add_where(struct buf *b, const char *where, const struct report_id *ids, size_t n)
{
	for (; *where; where++) {
		if (*where != '@') {
			buf_char(b, *where);
			continue;
		}
		for (size_t i = 0; i < n; i++) {
			buf_str(b, i > 0 ? "," : "");
			buf_int(b, ids[i].v);
		}
	}
}

static enum rc count_moving(struct db *db, const struct part_table *t, const struct report_id *ids, size_t n, int64_t *ret)
{
	struct rows_text s;
	enum rc rc;

	rows_begin_count(&s, t->name);
	buf_str(&s.b, " WHERE ");
	add_where(&s.b, t->where, ids, n);
	rc = rows_number(db, rows_query(&s, db), NULL, ret);
	buf_done(&s.b);
	return rc;
}

static enum rc read_moving(struct part *p, struct db *db, const struct part_table *t, const struct report_id *ids, size_t n,
			   struct rows *ret)
{
	const struct shape_table *shape = shape_of(p, t->name);
	struct rows_text s;
	int64_t max;
	enum rc rc;

	TRY(count_moving(db, t, ids, n, &max));
	rows_begin_select(&s, shape);
	buf_str(&s.b, " WHERE ");
	add_where(&s.b, t->where, ids, n);
	rows_add_order(&s.b, shape, "");
	/* What comes in between, on PostgreSQL, is a difference of the digests and no larger array. */
	buf_printf(&s.b, " LIMIT %lld", (long long)max);
	rc = rows_read(db, p->a, rows_query(&s, db), NULL, shape->n_columns, (size_t)max, ret);
	buf_done(&s.b);
	return rc;
}

enum rc part_copy(struct part *p, const struct report_id *ids, size_t n, struct err *err)
{
	for (size_t i = 0; i < part_table_n; i++) {
		const struct part_table *t = &part_tables[i];
		struct rows rows;
		enum rc rc;

		if (t->kind != PART_MOVES)
			continue;
		arena_reset(p->a);
		rc = read_moving(p, p->from, t, ids, n, &rows);
		if (rc != RC_OK)
			return say(err, rc, p->from, t->name);
		rc = rows.n > 0 ? rows_insert(p->to, shape_of(p, t->name), &rows) : RC_OK;
		if (rc != RC_OK)
			return say(err, rc, p->to, t->name);
	}
	return RC_OK;
}

enum rc part_digest(struct part *p, struct db *db, const struct report_id *ids, size_t n, struct hash *ret,
		    int64_t *ret_rows, struct err *err)
{
	struct hash_state h;

	hash_begin(&h, NULL);
	*ret_rows = 0;
	for (size_t i = 0; i < part_table_n; i++) {
		const struct part_table *t = &part_tables[i];
		struct rows rows;
		enum rc rc;

		if (t->kind != PART_MOVES)
			continue;
		arena_reset(p->a);
		rc = read_moving(p, db, t, ids, n, &rows);
		if (rc != RC_OK)
			return say(err, rc, db, t->name);
		rows_hash_names(&h, shape_of(p, t->name));
		rows_hash(&h, shape_of(p, t->name), &rows);
		*ret_rows += (int64_t)rows.n;
	}
	*ret = hash_end(&h);
	return RC_OK;
}

/* ---- removing: what refers to others goes first */

static enum rc remove_from(struct db *db, const char *table, const char *where, const struct report_id *ids, size_t n)
{
	struct rows_text s;
	enum rc rc;

	rows_begin(&s, table);
	s.q.writes = true;
	buf_str(&s.b, "DELETE FROM ");
	rows_add_name(&s.b, table);
	buf_str(&s.b, " WHERE ");
	add_where(&s.b, where, ids, n);
	rc = db_exec(db, rows_query(&s, db), NULL, NULL);
	buf_done(&s.b);
	return rc;
}

/* Whose the reports are: asked before they go. */
static enum rc find_reporters(struct part *p, struct db *db, const struct report_id *ids, size_t n, struct report_id **ret,
			      size_t *ret_n)
{
	struct rows_text s;
	struct rows rows;
	enum rc rc;

	rows_begin(&s, "reporter");
	buf_str(&s.b, "SELECT reporter_id FROM report WHERE id IN (");
	add_where(&s.b, "@", ids, n);
	buf_char(&s.b, ')');
	rc = rows_read(db, p->a, rows_query(&s, db), NULL, 1, n, &rows);
	buf_done(&s.b);
	TRY(rc);
	*ret = arena_new_many(p->a, struct report_id, rows.n + 1);
	*ret_n = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[i].v = rows.values[i].i;
	return RC_OK;
}

enum rc part_remove(struct part *p, struct db *db, const struct report_id *ids, size_t n, struct err *err)
{
	struct report_id *reporters; /* their ids, in the type of a list */
	size_t n_reporters;
	enum rc rc;

	arena_reset(p->a);
	rc = find_reporters(p, db, ids, n, &reporters, &n_reporters);
	for (size_t i = part_table_n; rc == RC_OK && i-- > 0;) {
		const struct part_table *t = &part_tables[i];

		if (t->kind != PART_MOVES)
			continue;
		if (strcmp(t->name, "reporter") != 0)
			rc = remove_from(db, t->name, t->where, ids, n);
		else if (n_reporters > 0)
			rc = remove_from(db, t->name, "id IN (@)", reporters, n_reporters);
		if (rc != RC_OK)
			return say(err, rc, db, t->name);
	}
	return rc == RC_OK ? RC_OK : say(err, rc, db, "report");
}

/* ---- what is referred to */

/* What does not leave: secrets, and addresses that nobody shall write to from there. */
static const struct blank {
	const char *table, *column;
	enum db_type type; /* of what stands in its place: NULL, 0 or "" */
} blanks[] = {
	{ "agency", "group_channel", DB_NULL },
	{ "account", "email", DB_NULL },
	{ "account", "password_hash", DB_TEXT },
	{ "account", "failed_logins", DB_INT },
	{ "account", "locked_until_at", DB_NULL },
	{ "account", "is_active", DB_INT },
};

static size_t column_of(const struct shape_table *t, const char *name)
{
	for (size_t i = 0; i < t->n_columns; i++)
		if (strcmp(t->columns[i], name) == 0)
			return i;
	BUG("a column that is treated by its name is not in the schema");
}

/* A login opens a door; an archive has none, and officers are known by their names. Citizens' stand with their reports. */
static void blank_account(struct part *p, const struct shape_table *t, struct db_value *row)
{
	const char *login = arena_printf(p->a, "arsip-%lld", (long long)row[column_of(t, "id")].i);

	row[column_of(t, "login")] = (struct db_value){ .type = DB_TEXT, .p = login, .n = strlen(login) };
	if (row[column_of(t, "role")].i == ROLE_CITIZEN)
		row[column_of(t, "name")] = (struct db_value){ .type = DB_TEXT, .p = "" };
}

static void blank_row(struct part *p, const struct shape_table *t, struct db_value *row)
{
	for (size_t i = 0; i < ARRAY_LEN(blanks); i++)
		if (strcmp(blanks[i].table, t->name) == 0)
			row[column_of(t, blanks[i].column)] =
				(struct db_value){ .type = blanks[i].type, .p = blanks[i].type == DB_TEXT ? "" : NULL };
	if (strcmp(t->name, "account") == 0)
		blank_account(p, t, row);
}

/* "INSERT INTO t (...) VALUES (...) ON CONFLICT (key) DO UPDATE SET a = excluded.a, ..." */
static void add_upsert(struct rows_text *s, struct db *db, const struct shape_table *t)
{
	bool is_first = true;

	buf_str(&s->b, "INSERT INTO ");
	rows_add_name(&s->b, t->name);
	buf_str(&s->b, " (");
	rows_add_columns(&s->b, t);
	buf_str(&s->b, ") VALUES (");
	for (size_t i = 0; i < t->n_columns; i++) {
		buf_str(&s->b, i > 0 ? ", " : "");
		rows_add_parameter(s, db);
	}
	buf_str(&s->b, ") ON CONFLICT (");
	rows_add_key(&s->b, t, "");
	buf_str(&s->b, ") DO UPDATE SET ");
	for (size_t i = 0; i < t->n_columns; i++) {
		bool is_key = false;

		for (size_t k = 0; k < t->n_key; k++)
			is_key |= t->key[k] == i;
		if (is_key)
			continue;
		buf_str(&s->b, is_first ? "" : ", ");
		rows_add_name(&s->b, t->columns[i]);
		buf_str(&s->b, " = excluded.");
		rows_add_name(&s->b, t->columns[i]);
		is_first = false;
	}
}

static enum rc put_rows(struct db *db, const struct shape_table *t, const struct rows *rows)
{
	struct rows_text s;
	enum rc rc = RC_OK;

	rows_begin(&s, t->name);
	s.q.writes = true;
	add_upsert(&s, db, t);
	for (size_t i = 0; rc == RC_OK && i < rows->n; i++)
		rc = db_exec(db, rows_query(&s, db), &rows->values[i * t->n_columns], NULL);
	buf_done(&s.b);
	return rc;
}

static enum rc read_all(struct part *p, struct db *db, const struct shape_table *t, struct rows *ret)
{
	struct rows_text s;
	int64_t n;
	enum rc rc;

	TRY(rows_count(db, t, &n));
	rows_begin_select(&s, t);
	rows_add_order(&s.b, t, "");
	buf_printf(&s.b, " LIMIT %lld", (long long)n);
	rc = rows_read(db, p->a, rows_query(&s, db), NULL, t->n_columns, (size_t)n, ret);
	buf_done(&s.b);
	return rc;
}

static bool is_same(const struct shape_table *t, const struct rows *a, const struct rows *b)
{
	struct hash_state h[2];
	const struct rows *rows[2] = { a, b };
	struct hash digest[2];

	for (int i = 0; i < 2; i++) {
		hash_begin(&h[i], NULL);
		rows_hash(&h[i], t, rows[i]);
		digest[i] = hash_end(&h[i]);
	}
	return hash_equal(&digest[0], &digest[1]);
}

static enum rc refer_table(struct part *p, const struct shape_table *t, struct err *err)
{
	struct rows ours, theirs;
	enum rc rc;
	TXN(txn);

	arena_reset(p->a);
	rc = read_all(p, p->from, t, &ours);
	if (rc != RC_OK)
		return say(err, rc, p->from, t->name);
	for (size_t i = 0; i < ours.n; i++)
		blank_row(p, t, &ours.values[i * t->n_columns]);
	rc = txn_begin(p->to, &txn);
	if (rc == RC_OK)
		rc = read_all(p, p->to, t, &theirs);
	if (rc == RC_OK && theirs.n == 0 && ours.n > 0)
		rc = rows_insert(p->to, t, &ours);
	else if (rc == RC_OK && !is_same(t, &ours, &theirs))
		rc = put_rows(p->to, t, &ours);
	if (rc == RC_OK)
		rc = txn_commit(&txn);
	return rc == RC_OK ? RC_OK : say(err, rc, p->to, t->name);
}

enum rc part_refer(struct part *p, struct err *err)
{
	for (size_t i = 0; i < part_table_n; i++)
		if (part_tables[i].kind == PART_REFERS)
			TRY(refer_table(p, shape_of(p, part_tables[i].name), err));
	return RC_OK;
}
