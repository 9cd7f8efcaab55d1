/* SPDX-License-Identifier: Apache-2.0
 * copy - lapor copy: a whole installation from one database into another, proved equal table by table.
 */
#include "store/copy.h"

#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/progress.h"
#include "store/migrate.h"

#define ARENA_BYTES ((size_t)16 * 1024 * 1024)

struct job {
	struct copy c;
	struct progress progress;
	int64_t whole; /* what c.done is compared with */
};

static void show(struct copy *c)
{
	struct job *j = c->shown_arg;
	int64_t done = c->done < j->whole ? c->done : j->whole;

	progress_show(&j->progress, j->whole > 0 ? (int)(done * 1000 / j->whole) : 1000, c->done);
}

/* Without making it, as opening for writing would. */
static enum rc check_source(const char *url, struct err *err)
{
	struct db *db;
	enum rc rc;

	TRY(db_open(url, DB_READ, &db, err));
	rc = migrate_check(db, err);
	db_close(db);
	return rc;
}

static enum rc open_both(const struct args *args, struct copy *c, struct err *err)
{
	const char *from = options_text(args, "from"), *to = options_text(args, "to");

	if (strcmp(from, to) == 0)
		return err_set(err, RC_INVALID, 0, "--from and --to are the same database");
	TRY(check_source(from, err));
	TRY(db_open(from, DB_ALONE, &c->from, err));
	return db_open(to, DB_ALONE, &c->to, err);
}

static enum rc copy_all(struct job *j, struct err *err)
{
	struct copy *c = &j->c;
	enum rc rc = RC_OK;

	j->whole = c->rows;
	if (c->done > 0)
		fprintf(stderr, "lapor copy: going on after %lld of %lld rows\n", (long long)c->done, (long long)c->rows);
	progress_begin(&j->progress, "rows");
	for (size_t i = 0; rc == RC_OK && i < c->shape->n; i++)
		rc = copy_table(c, &c->shape->tables[i], err);
	progress_end(&j->progress);
	return rc == RC_OK ? copy_settle(c, err) : rc;
}

/* One line a table on standard output, then the first that differs as the error. */
static enum rc compare_table(struct job *j, const struct shape_table *t, const char **ret_first, struct err *err)
{
	struct hash from, to;
	int64_t n_from, n_to;

	TRY(copy_digest(&j->c, j->c.from, t, &from, &n_from, err));
	TRY(copy_digest(&j->c, j->c.to, t, &to, &n_to, err));
	progress_end(&j->progress);
	printf("%s\t%lld\t", t->name, (long long)n_to);
	for (size_t i = 0; i < HASH_BYTES; i++)
		printf("%02x", to.b[i]);
	putchar('\n');
	fflush(stdout);
	if (!hash_equal(&from, &to) && !*ret_first)
		*ret_first = t->name;
	return RC_OK;
}

static enum rc compare_all(struct job *j, struct err *err)
{
	const char *first = NULL;

	j->c.done = 0;
	j->whole = 2 * j->c.rows;
	progress_begin(&j->progress, "compared");
	for (size_t i = 0; i < j->c.shape->n; i++)
		TRY(compare_table(j, &j->c.shape->tables[i], &first, err));
	if (!first)
		return RC_OK;
	return err_set(err, RC_FAILED, 0, "table %s differs from the source: do not use the target, empty it and copy again",
		       first);
}

static enum rc run(const struct args *args, struct job *j, struct err *err)
{
	TRY(open_both(args, &j->c, err));
	TRY(copy_begin(&j->c, err));
	TRY(copy_all(j, err));
	TRY(compare_all(j, err));
	return copy_finish(&j->c, err);
}

int cmd_copy_run(const struct args *args)
{
	struct arena *a = arena_new(ARENA_BYTES);
	struct job j = { .c = { .shown = show, .shown_arg = &j } };
	struct err err = { 0 };
	struct shape shape;
	char shown[512];
	int status = 0;

	j.c.shape = &shape;
	if (shape_load(a, &shape, &err) != RC_OK || run(args, &j, &err) != RC_OK) {
		status = command_fail_err(args, &err);
	} else {
		db_url_show(options_text(args, "to"), shown, sizeof(shown));
		fprintf(stderr, "lapor copy: %lld rows are in %s, every table equal to its source; now run lapor check --db "
			"with that address, and keep the source until it says clean\n", (long long)j.c.rows, shown);
	}
	copy_close(&j.c);
	db_close(j.c.from);
	db_close(j.c.to);
	arena_free(a);
	return status;
}
