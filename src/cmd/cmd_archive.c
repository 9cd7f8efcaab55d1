/* SPDX-License-Identifier: Apache-2.0
 * archive - the command: opens both databases, makes sure that the target is the archive of that year and of this
 * installation, and prints what moved and what stays.
 */
#include "cmd/archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/parse.h"
#include "base/rand.h"
#include "query_setting.h"
#include "query_setup.h"
#include "store/migrate.h"

#define ARENA_BYTES ((size_t)2 << 30)

static enum rc refuse(struct archive *x, const char *why)
{
	return err_set(&x->s->c.err, RC_INVALID, 0, "%s", why);
}

/* ---- which archive it is */

static void make_word(char out[ARCHIVE_WORD_MAX])
{
	unsigned char random[8];

	rand_secret(random, sizeof(random));
	parse_hex_encode(random, sizeof(random), out);
}

/* The word of this year's archive; made when there is none yet. ret_used: reports left for it already. */
static enum rc know_word(struct archive *x, bool *ret_used)
{
	struct hash nothing = hash_of("", 0, NULL);
	struct archive_find_row row;
	bool found;

	make_word(x->word);
	TRY(q_archive_begin(x->s->db, &(struct archive_begin_args){
		.year = x->year, .word = x->word, .digest = { nothing.b, HASH_BYTES } }, NULL));
	TRY(q_archive_find(x->s->db, x->page, x->year, &row, &found));
	if (!found)
		return RC_NOT_FOUND;
	snprintf(x->word, sizeof(x->word), "%s", row.word);
	*ret_used = row.reports > 0;
	return RC_OK;
}

/* An empty one becomes the archive of the year; any other has to be it already. */
static enum rc compare_word(struct archive *x, bool is_used)
{
	const char *wanted = arena_printf(x->page, "%d %s", x->year, x->word);
	struct setting_read_row setting;
	enum rc rc = q_setting_read(x->there.db, x->page, ARCHIVE_SETTING, &setting);

	if (rc == RC_OK)
		return strcmp(setting.value, wanted) == 0 ? RC_OK :
			       refuse(x, "the target is the archive of another year or installation");
	if (rc != RC_NOT_FOUND)
		return rc;
	struct setup_region_any_row region;
	struct setup_report_any_row report;
	bool has_region, has_report;
	TRY(q_setup_region_any(x->there.db, x->page, &region, &has_region));
	TRY(q_setup_report_any(x->there.db, x->page, &report, &has_report));
	if (has_region || has_report)
		return refuse(x, "the target is an installation and no archive: give --to an empty database");
	if (is_used)
		return refuse(x, "reports of this year are in another archive already: give its address");
	return q_setting_insert(x->there.db, &(struct setting_insert_args){ ARCHIVE_SETTING, wanted }, NULL);
}

/* ---- opening */

/* Large tables are read whole on the way. */
static enum rc lift_limits(struct db *db)
{
	return db_engine_of(db) == DB_PGSQL ? db_script(db, "SET statement_timeout = 0;") : RC_OK;
}

/* What refers to itself comes in the order of its key; db_check looks at all references before anything is removed. */
static enum rc rest_references(struct db *db)
{
	return db_engine_of(db) == DB_SQLITE ? db_script(db, "PRAGMA foreign_keys = OFF;") : RC_OK;
}

static enum rc open_there(struct archive *x, const char *to)
{
	struct session *t = &x->there;
	struct err *err = &x->s->c.err;

	TRY(db_open(to, DB_WRITE, &t->db, err));
	TRY(migrate_up(t->db, err));
	t->a = x->s->a;
	t->settings = x->s->settings;
	t->c = x->s->c;
	t->c.db = t->db;
	t->c.settings = &t->settings;
	TRY(lift_limits(t->db));
	return rest_references(t->db);
}

/* Better now than after everything was copied. */
static enum rc check_rights(struct archive *x)
{
	TRY(lift_limits(x->s->db));
	if (db_script(x->s->db, "DELETE FROM event WHERE report_id = 0") == RC_OK)
		return RC_OK;
	return err_set(&x->s->c.err, RC_DENIED, 0, "events cannot be removed (the owner of the tables may): %s",
		       db_message(x->s->db));
}

/* ---- the work */

/* The archive is played by its own holidays and SOPs. */
static enum rc refer(struct archive *x)
{
	TRY(part_refer(&x->part, &x->s->c.err));
	TRY(command_load_calendar(&x->there));
	return command_load_sops(&x->there);
}

static enum rc move(const struct args *args, struct archive *x)
{
	const char *to = options_text(args, "to");
	struct shape shape;
	bool is_used;

	if (!to)
		return refuse(x, "--to URL is missing: where the archive of that year is, or shall be");
	if (strcmp(to, options_text(args, "db")) == 0)
		return refuse(x, "--db and --to are the same database");
	TRY(check_rights(x));
	TRY(open_there(x, to));
	TRY(know_word(x, &is_used));
	TRY(compare_word(x, is_used));
	TRY(shape_load(x->s->a, &shape, &x->s->c.err));
	x->part = (struct part){ .shape = &shape, .from = x->s->db, .to = x->there.db, .a = arena_new(ARENA_BYTES) };
	TRY(refer(x));
	return archive_move(x);
}

static enum rc run(const struct args *args, struct archive *x)
{
	x->year = (int)options_int(args, "year", 0);
	TRY(archive_pick(x));
	return options_flag(args, "dry-run") ? RC_OK : move(args, x);
}

/* Tab-separated: what moved (or would), then what keeps the others that ended in the year. */
static void print(const struct archive *x, bool is_dry)
{
	printf("%s\t%lld\n", is_dry ? "over" : "moved", (long long)(is_dry ? (int64_t)x->n : x->moved));
	for (int o = OVER_YES + 1; o < OVER_COUNT; o++)
		if (x->held[o] > 0)
			printf("%s\t%lld\n", over_word((enum over)o), (long long)x->held[o]);
}

int cmd_archive_run(const struct args *args)
{
	struct archive x = { 0 };
	struct session s;
	int status = command_open(args, options_flag(args, "dry-run") ? DB_READ : DB_WRITE, NEED_CURRENT, &s);

	if (status != 0)
		return status;
	x.s = &s;
	x.page = arena_new(ARENA_BYTES);
	enum rc rc = run(args, &x);
	if (rc == RC_OK)
		print(&x, options_flag(args, "dry-run"));
	else if (s.c.err.detail[0] || !s.db)
		status = command_fail_err(args, &s.c.err);
	else
		status = command_fail(args, "%s: %s", rc_name(rc),
				      *db_message(s.db) ? db_message(s.db) : x.there.db ? db_message(x.there.db) : "");
	db_close(x.there.db);
	arena_free(x.part.a);
	arena_free(x.page);
	free(x.list);
	command_close(&s);
	return status;
}
