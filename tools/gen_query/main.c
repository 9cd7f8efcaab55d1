/* SPDX-License-Identifier: Apache-2.0
 * gen_query OUTDIR FILE.sql... - makes typed C of SQL: migrations (files in a folder named
 * "schema") tell the tables, queries (all other files) become structs and functions.
 *
 * It does not check SQL beyond what it needs for types; both engines do that in the tests.
 */
#include "emit.h"
#include "rewrite.h"

#include <stdlib.h>
#include <string.h>

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool is_migration(const char *path)
{
	static const char folder[] = "schema/";
	const char *name = base_name(path);
	size_t n = (size_t)(name - path);

	return n >= sizeof(folder) - 1 &&
	       strncmp(name - (sizeof(folder) - 1), folder, sizeof(folder) - 1) == 0;
}

static const char *stem(const char *path)
{
	const char *name = base_name(path), *dot = strrchr(name, '.');

	return take_text(name, dot ? (size_t)(dot - name) : strlen(name));
}

static struct migration migration_read(struct schema *s, const char *path, size_t position)
{
	struct tokens t = tokens_read(path, file_read(path));
	struct migration m = { .name = stem(path) };
	char *end;

	m.number = (int)strtol(m.name, &end, 10);
	if (end == m.name || *end != '_' || m.number != (int)position)
		fail(path, 1, "migrations are numbered without gaps: %04zu_name.sql is expected here",
		     position);
	schema_apply(s, &t);
	for (int e = 0; e < ENGINES; e++)
		m.sql[e] = rewrite_migration(&t, (enum engine)e);
	return m;
}

int main(int argc, char **argv)
{
	struct schema schema = { 0 };
	struct queries all = { 0 };
	struct migration *m = take(sizeof(*m) * (size_t)(argc + 1));
	size_t n = 0, *from = take(sizeof(*from) * (size_t)(argc + 1));

	if (argc < 3)
		fail("gen_query", 0, "usage: gen_query OUTDIR schema/NNNN_name.sql... queries/group.sql...");
	for (int i = 2; i < argc; i++) {
		if (is_migration(argv[i])) {
			m[n] = migration_read(&schema, argv[i], n + 1);
			n++;
		}
	}
	for (int i = 2; i < argc; i++) {
		from[i] = all.n;
		if (!is_migration(argv[i]))
			query_read(&all, &schema, argv[i]);
	}
	from[argc] = all.n;
	for (int i = 2; i < argc; i++)
		if (!is_migration(argv[i]))
			emit_group(argv[1], stem(argv[i]), all.v + from[i], from[i + 1] - from[i]);
	emit_schema(argv[1], m, n, &all);
	return 0;
}
