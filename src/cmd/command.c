/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/command.h"

#include <stdio.h>
#include <string.h>

#include "app/attach_file.h"
#include "app/holidays.h"
#include "app/sop_store.h"
#include "base/rand.h"
#include "channel/s3.h"
#include "store/migrate.h"

/* Far above what any command needs; an arena that grows past it is a defect. */
#define SESSION_BYTES_MAX ((size_t)4 << 30)

int command_fail(const struct args *args, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "lapor %s: ", args->command->name);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return 1;
}

int command_fail_err(const struct args *args, const struct err *err)
{
	return command_fail(args, "%s", err->detail[0] ? err->detail : rc_name(err->rc));
}

static bool has_option(const struct args *args, const char *name)
{
	for (const struct option *o = args->command->options; o->name; o++)
		if (strcmp(o->name, name) == 0)
			return true;
	return false;
}

/* A file must not come into being by a misspelt path: only init and demo make one. */
static enum rc check_there(const char *url, struct err *err)
{
	struct db *db;
	enum rc rc;

	TRY(db_open(url, DB_READ, &db, err));
	rc = migrate_check(db, err);
	db_close(db);
	return rc;
}

enum rc command_load_sops(struct session *s)
{
	return sop_store_load(s->db, s->a, &s->c.sops, &s->c.err);
}

enum rc command_load_calendar(struct session *s)
{
	return holidays_load(s->db, s->a, &s->settings, &s->c.calendar);
}

/* New attachments go to the farthest place that is configured; those that were there before are read where they lie. */
static enum rc open_files(struct session *s)
{
	const struct settings *o = &s->settings;

	s->c.files = &s->files;
	if (o->files_dir[0]) {
		s->files.at[FILE_FOLDER] = attach_file_folder(o->files_dir);
		s->files.chosen = FILE_FOLDER;
	}
	if (o->files_s3[0] == '\0')
		return RC_OK;
	TRY(s3_open(o->files_s3, o->files_s3_region, o->files_s3_key_file, &s->s3, &s->c.err));
	s->files.at[FILE_S3] = (struct file_store){ .arg = s->s3, .put = s3_put, .get = s3_get, .look = s3_look,
						    .remove = s3_remove };
	s->files.chosen = FILE_S3;
	return RC_OK;
}

static enum rc open_all(const struct args *args, enum db_mode mode, enum session_need need, struct session *s)
{
	const char *url = options_text(args, "db");
	const struct settings *settings;
	struct err *err = &s->c.err;

	TRY(settings_load(s->a, has_option(args, "config") ? options_text(args, "config") : NULL, &settings, err));
	s->settings = *settings;
	TRY(open_files(s));
	if (need == NEED_CURRENT)
		TRY(check_there(url, err));
	TRY(db_open(url, mode, &s->db, err));
	s->c.db = s->db;
	s->c.a = s->a;
	s->c.settings = &s->settings;
	s->c.now = has_option(args, "now") ? options_now(args) : instant_now();
	s->c.who = (struct who){ .role = ROLE_SYSTEM };
	if (need == NEED_CURRENT && command_load_calendar(s) != RC_OK)
		return err_set(err, RC_FAILED, 0, "the holidays cannot be read: %s", db_message(s->db));
	if (need == NEED_CURRENT && command_load_sops(s) != RC_OK)
		return err->detail[0] ? err->rc : err_set(err, RC_FAILED, 0, "the SOPs cannot be read: %s", db_message(s->db));
	return RC_OK;
}

int command_open(const struct args *args, enum db_mode mode, enum session_need need, struct session *ret)
{
	*ret = (struct session){ .a = arena_new(SESSION_BYTES_MAX) };
	if (open_all(args, mode, need, ret) == RC_OK)
		return 0;
	command_fail_err(args, &ret->c.err);
	command_close(ret);
	return 1;
}

void command_close(struct session *s)
{
	db_close(s->db);
	s3_close(s->s3);
	arena_free(s->a);
	*s = (struct session){ 0 };
}

void command_make_password(char out[15])
{
	/* No letters or digits that are mistaken for one another. */
	static const char letters[32] = "abcdefghjkmnpqrstuvwxyz23456789x";
	unsigned char random[12];

	rand_secret(random, sizeof(random));
	for (size_t i = 0, at = 0; i < sizeof(random); i++) {
		if (i == 4 || i == 8)
			out[at++] = '-';
		out[at++] = letters[random[i] % 32];
	}
	out[14] = '\0';
}
