/* SPDX-License-Identifier: Apache-2.0 */
#include "emit.h"

#include "rewrite.h"

#include <ctype.h>
#include <string.h>

static const char top[] = "/* Made by tools/gen_query from %s; not to be edited. */\n";

/* What its structs are called: cases share them. */
static const char *shared_name(const struct query *q)
{
	return q->family ? q->family->name : q->name;
}

static bool takes_args(const struct query *q)
{
	return q->family || q->params.n > 1;
}

static void add_fields(struct text *h, const struct query *q, const char *suffix, const struct fields *f)
{
	text_fmt(h, "struct %s_%s {\n", shared_name(q), suffix);
	for (size_t i = 0; i < f->n; i++)
		text_fmt(h, "\t%s%s;\n", ctype_c(&f->v[i].type), f->v[i].name);
	text_str(h, "};\n");
}

static void add_parameters(struct text *t, const struct query *q)
{
	if (takes_args(q))
		text_fmt(t, ", const struct %s_args *args", shared_name(q));
	else if (q->params.n == 1)
		text_fmt(t, ", %s%s", ctype_c(&q->params.v[0].type), q->params.v[0].name);
}

/* "void q_name_ahead(struct db *db, ...)" */
static void add_ahead_signature(struct text *t, const struct query *q)
{
	text_fmt(t, "void q_%s_ahead(struct db *db", q->name);
	add_parameters(t, q);
	text_str(t, ")");
}

/* "enum rc q_name(struct db *db, ...)" */
static void add_signature(struct text *t, const struct query *q)
{
	text_fmt(t, "enum rc q_%s(struct db *db", q->name);
	if (q->kind != QUERY_EXEC)
		text_str(t, ", struct arena *a");
	add_parameters(t, q);
	switch (q->kind) {
	case QUERY_ONE: text_fmt(t, ", struct %s_row *ret", shared_name(q)); break;
	case QUERY_OPT: text_fmt(t, ", struct %s_row *ret, bool *ret_found", shared_name(q)); break;
	case QUERY_MANY: text_fmt(t, ", struct %s_row **ret, size_t *ret_n", shared_name(q)); break;
	case QUERY_EXEC: text_str(t, ", int64_t *ret_changed"); break;
	}
	text_str(t, ")");
}

/* "enum rc q_name(struct db *db, struct arena *a, enum name_case which, ...)" */
static void add_choosing_signature(struct text *t, const struct family *f)
{
	text_fmt(t, "enum rc q_%s(struct db *db, struct arena *a, enum %s_case which, const struct %s_args *args, "
		 "struct %s_row **ret, size_t *ret_n)", f->name, f->name, f->name, f->name);
}

static void add_case_name(struct text *t, const struct family *f, size_t i)
{
	struct text name = { 0 };

	text_fmt(&name, "%s_%s", f->name, f->cases[i]);
	for (char *s = name.p; *s; s++)
		*s = (char)toupper((unsigned char)*s);
	text_str(t, name.p);
}

static void add_family_declarations(struct text *h, const struct query *q)
{
	const struct family *f = q->family;

	text_fmt(h, "enum %s_case {\n", f->name);
	for (size_t i = 0; i < f->n; i++) {
		text_str(h, "\t");
		add_case_name(h, f, i);
		text_str(h, ",\n");
	}
	text_str(h, "};\n");
	add_fields(h, q, "args", &f->params);
	add_fields(h, q, "row", &q->columns);
	text_str(h, "CHECKED ");
	add_choosing_signature(h, f);
	text_str(h, ";\n");
}

static void add_declarations(struct text *h, const struct query *q)
{
	text_fmt(h, "\n/* %s:%d */\n", q->file, q->line);
	if (q->is_first)
		add_family_declarations(h, q);
	if (q->family) {
		text_fmt(h, "extern const struct db_query db_query_%s;\n", q->name);
		return;
	}
	if (q->params.n > 1)
		add_fields(h, q, "args", &q->params);
	if (q->columns.n > 0)
		add_fields(h, q, "row", &q->columns);
	text_fmt(h, "extern const struct db_query db_query_%s;\n", q->name);
	text_str(h, "CHECKED ");
	add_signature(h, q);
	text_str(h, ";\n");
	if (q->is_ahead) {
		add_ahead_signature(h, q);
		text_str(h, ";\n");
	}
}

static char letter(const struct ctype *t)
{
	return t->base == BASE_TEXT ? 't' : t->base == BASE_BLOB ? 'b' : 'i';
}

static void add_letters(struct text *c, const char *member, const struct fields *f)
{
	text_fmt(c, "\t.%s = \"", member);
	for (size_t i = 0; i < f->n; i++)
		text_fmt(c, "%c", letter(&f->v[i].type));
	text_str(c, "\",\n");
}

/* The parameters that "-- sum:" names, as bits. */
static unsigned sum_bits(const struct query *q)
{
	unsigned bits = 0;
	size_t len;

	for (const char *s = q->sum ? q->sum : ""; *s; s += len + strspn(s + len, " ")) {
		size_t i = 0;

		len = strcspn(s, " ");
		while (i < q->params.n && (strlen(q->params.v[i].name) != len || memcmp(q->params.v[i].name, s, len) != 0))
			i++;
		if (i == q->params.n || q->kind != QUERY_EXEC)
			fail(q->file, q->line, "query %s: \"-- sum:\" names parameters of an :exec, not \"%s\"", q->name, s);
		bits |= 1U << i;
	}
	return bits;
}

static void add_query_object(struct text *c, const struct query *q)
{
	text_fmt(c, "\nconst struct db_query db_query_%s = {\n\t.name = \"%s\",\n\t.index = %d,\n", q->name,
		 q->name, q->index);
	text_fmt(c, "\t.n_params = %zu,\n\t.n_columns = %zu,\n\t.writes = %s,\n", q->params.n, q->columns.n,
		 q->writes ? "true" : "false");
	add_letters(c, "param_types", &q->params);
	add_letters(c, "column_types", &q->columns);
	if (q->sum)
		text_fmt(c, "\t.sums = %u,\n", sum_bits(q));
	if (q->scan) {
		text_str(c, "\t.scan =\n");
		text_literal(c, q->scan, "\t\t");
		text_str(c, ",\n");
	}
	text_str(c, "\t.sql = {\n");
	for (int e = 0; e < ENGINES; e++) {
		text_literal(c, rewrite_query(q, (enum engine)e), "\t\t");
		text_str(c, ",\n");
	}
	text_str(c, "\t},\n};\n");
}

static void add_value(struct text *c, const struct field *f, const char *prefix)
{
	const char *null = f->type.nullable ? "_or_null" : "";

	switch (f->type.base) {
	case BASE_TEXT: text_fmt(c, "value_text(%s%s)", prefix, f->name); break;
	case BASE_BLOB: text_fmt(c, "value_blob(%s%s)", prefix, f->name); break;
	case BASE_DAY: text_fmt(c, "value_day(%s%s)", prefix, f->name); break;
	case BASE_ID: text_fmt(c, "value_int%s(%s%s.v)", null, prefix, f->name); break;
	case BASE_INSTANT: text_fmt(c, "value_int%s(%s%s.ms)", null, prefix, f->name); break;
	case BASE_ENUM: text_fmt(c, "value_int%s((int64_t)%s%s)", null, prefix, f->name); break;
	case BASE_INT:
	case BASE_BOOL:
	case BASE_OPAQUE: text_fmt(c, "value_int(%s%s)", prefix, f->name); break;
	}
}

static void add_values(struct text *c, const struct query *q)
{
	if (q->params.n == 0)
		return;
	text_str(c, "\tconst struct db_value values[] = {\n");
	for (size_t i = 0; i < q->params.n; i++) {
		text_str(c, "\t\t");
		add_value(c, &q->params.v[i], takes_args(q) ? "args->" : "");
		text_str(c, ",\n");
	}
	text_str(c, "\t};\n");
}

static void add_field_read(struct text *c, const struct field *f, size_t i)
{
	text_fmt(c, "\trow->%s%s = ", f->name,
		 f->type.base == BASE_ID ? ".v" : f->type.base == BASE_INSTANT ? ".ms" : "");
	switch (f->type.base) {
	case BASE_TEXT: text_fmt(c, "column_text(cur, %zu);\n", i); break;
	case BASE_BLOB: text_fmt(c, "column_blob(cur, %zu);\n", i); break;
	case BASE_DAY: text_fmt(c, "column_day(cur, %zu);\n", i); break;
	case BASE_ENUM: text_fmt(c, "(enum %s)db_column_int(cur, %zu);\n", f->type.name, i); break;
	case BASE_BOOL: text_fmt(c, "db_column_int(cur, %zu) != 0;\n", i); break;
	case BASE_ID:
	case BASE_INSTANT:
	case BASE_INT:
	case BASE_OPAQUE: text_fmt(c, "db_column_int(cur, %zu);\n", i); break;
	}
}

static void add_row_reader(struct text *c, const struct query *q)
{
	text_fmt(c, "\nstatic void read_%s(struct db_cursor *cur, void *p)\n{\n\tstruct %s_row *row = p;\n\n",
		 shared_name(q), shared_name(q));
	for (size_t i = 0; i < q->columns.n; i++)
		add_field_read(c, &q->columns.v[i], i);
	text_str(c, "}\n");
}

static void add_body(struct text *c, const struct query *q)
{
	const char *values = q->params.n > 0 ? "values" : "NULL";

	switch (q->kind) {
	case QUERY_EXEC:
		text_fmt(c, "\treturn db_exec(db, &db_query_%s, %s, ret_changed);\n", q->name, values);
		break;
	case QUERY_ONE:
		text_fmt(c, "\treturn query_one(db, a, &db_query_%s, %s, read_%s, ret);\n", q->name, values,
			 q->name);
		break;
	case QUERY_OPT:
		text_fmt(c, "\treturn query_opt(db, a, &db_query_%s, %s, read_%s, ret, ret_found);\n",
			 q->name, values, q->name);
		break;
	case QUERY_MANY:
		text_fmt(c, "\tvoid *rows;\n\tenum rc rc = query_many(db, a, &db_query_%s, %s, read_%s, "
			 "sizeof(**ret), &rows, ret_n);\n\n", q->name, values, shared_name(q));
		text_str(c, "\tif (rc == RC_OK)\n\t\t*ret = rows;\n\treturn rc;\n");
		break;
	}
}

static void add_choice(struct text *c, const struct family *f)
{
	text_str(c, "\n");
	add_choosing_signature(c, f);
	text_fmt(c, "\n{\n\tstatic enum rc (*const of[])(struct db *, struct arena *, const struct %s_args *, "
		 "struct %s_row **, size_t *) = {\n", f->name, f->name);
	for (size_t i = 0; i < f->n; i++)
		text_fmt(c, "\t\tq_%s_%s,\n", f->name, f->cases[i]);
	text_str(c, "\t};\n\n\treturn of[which](db, a, args, ret, ret_n);\n}\n");
}

/* Numbers only: what was asked ahead is known again by them. */
static void check_ahead(const struct query *q)
{
	bool is_fit = !q->family && !q->writes && q->kind != QUERY_EXEC && q->params.n > 0;

	for (size_t i = 0; i < q->params.n; i++)
		is_fit &= letter(&q->params.v[i].type) == 'i';
	if (!is_fit)
		fail(q->file, q->line, "query %s: \"-- ahead:\" is for one that reads, by numbers", q->name);
}

static void add_ahead(struct text *c, const struct query *q)
{
	check_ahead(q);
	text_str(c, "\n");
	add_ahead_signature(c, q);
	text_str(c, "\n{\n");
	add_values(c, q);
	text_fmt(c, "\n\tdb_ahead(db, &db_query_%s, values);\n}\n", q->name);
}

static void add_definition(struct text *c, const struct query *q)
{
	add_query_object(c, q);
	if (q->columns.n > 0 && (!q->family || q->is_first))
		add_row_reader(c, q);
	text_str(c, q->family ? "\nstatic " : "\n");
	add_signature(c, q);
	text_str(c, "\n{\n");
	add_values(c, q);
	if (q->params.n > 0 && q->kind != QUERY_MANY)
		text_str(c, "\n");
	add_body(c, q);
	text_str(c, "}\n");
	if (q->is_ahead)
		add_ahead(c, q);
}

static void write_as(const char *folder, const char *group, const char *suffix, const struct text *t)
{
	struct text name = { 0 };

	text_fmt(&name, "query_%s%s", group, suffix);
	file_write(folder, name.p, t);
}

void emit_group(const char *folder, const char *group, const struct query *v, size_t n)
{
	struct text h = { 0 }, c = { 0 }, path = { 0 };

	text_fmt(&path, "store/queries/%s.sql", group);
	text_fmt(&h, top, path.p);
	text_fmt(&h, "#ifndef QUERY_%s_H\n#define QUERY_%s_H\n\n#include \"store/query.h\"\n", group, group);
	text_fmt(&c, top, path.p);
	text_fmt(&c, "#include \"query_%s.h\"\n", group);
	for (size_t i = 0; i < n; i++) {
		add_declarations(&h, &v[i]);
		add_definition(&c, &v[i]);
		if (v[i].family && (i + 1 == n || v[i + 1].family != v[i].family))
			add_choice(&c, v[i].family);
	}
	text_str(&h, "\n#endif\n");
	write_as(folder, group, ".h", &h);
	write_as(folder, group, ".c", &c);
}

static void add_migration(struct text *c, const struct migration *m)
{
	text_fmt(c, "\t{\n\t\t.number = %d,\n\t\t.name = \"%s\",\n\t\t.sql = {\n", m->number, m->name);
	for (int e = 0; e < ENGINES; e++) {
		text_literal(c, m->sql[e], "\t\t\t");
		text_str(c, ",\n");
	}
	text_str(c, "\t\t},\n\t},\n");
}

void emit_schema(const char *folder, const struct migration *m, size_t n_migrations,
		 const struct queries *all)
{
	struct text c = { 0 };

	text_fmt(&c, top, "store/schema");
	text_str(&c, "#include \"store/schema.h\"\n\nconst struct schema_step schema_steps[] = {\n");
	for (size_t i = 0; i < n_migrations; i++)
		add_migration(&c, &m[i]);
	text_fmt(&c, "};\nconst size_t schema_step_count = %zu;\n\n", n_migrations);
	for (size_t i = 0; i < all->n; i++)
		text_fmt(&c, "extern const struct db_query db_query_%s;\n", all->v[i].name);
	text_str(&c, "\nconst struct db_query *const db_queries[] = {\n");
	for (size_t i = 0; i < all->n; i++)
		text_fmt(&c, "\t&db_query_%s,\n", all->v[i].name);
	text_fmt(&c, "\tNULL,\n};\nconst size_t db_query_count = %zu;\n", all->n);
	file_write(folder, "schema.c", &c);
}
