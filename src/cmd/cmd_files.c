/* SPDX-License-Identifier: Apache-2.0
 * files - lapor files: moves the attachments to another place, one by one, while the server runs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/attach_move.h"
#include "cmd/command.h"
#include "query_check.h"

#define PAGE_FILES 200

struct tally {
	int64_t moved, there, failed;
};

static bool parse_place(const char *word, enum file_place *ret)
{
	for (enum file_place p = FILE_DATABASE; p < FILE_PLACES; p++)
		if (strcmp(word, file_place_word(p)) == 0) {
			*ret = p;
			return true;
		}
	return false;
}

static const char *tmp_dir(void)
{
	const char *dir = getenv("TMPDIR");

	return dir && *dir ? dir : "/tmp";
}

/* A store that is away ends it; a file that is lost or was changed is named, and left where it is. */
static enum rc move_one(struct session *s, struct attachment_id id, enum file_place to, struct tally *t)
{
	struct arena_mark mark = arena_mark(s->a);
	enum rc rc;

	s->c.now = instant_now();
	s->c.err = (struct err){ 0 };
	rc = attach_move(&s->c, id, to, tmp_dir());
	arena_rewind(s->a, mark);
	if (rc == RC_UNAVAILABLE)
		return rc;
	t->moved += rc == RC_OK;
	t->failed += rc != RC_OK;
	if (rc != RC_OK)
		fprintf(stderr, "attachment %lld: %s\n", (long long)id.v, s->c.err.detail[0] ? s->c.err.detail : db_message(s->db));
	return RC_OK;
}

static enum rc move_all(struct session *s, enum file_place to, struct tally *t)
{
	struct attachment_id after = { 0 };
	size_t n;

	do {
		struct arena_mark mark = arena_mark(s->a);
		struct check_attachments_row *rows;
		const char *name;

		TRY(q_check_attachments(s->db, s->a, &(struct check_attachments_args){ after, PAGE_FILES }, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			after = rows[i].id;
			if (file_store_place(rows[i].storage_key, &name) == to)
				t->there++;
			else
				TRY(move_one(s, after, to, t));
		}
		arena_rewind(s->a, mark);
	} while (n == PAGE_FILES);
	return RC_OK;
}

int cmd_files_run(const struct args *args)
{
	const char *word = options_text(args, "to");
	struct tally t = { 0 };
	enum file_place to;
	struct session s;
	int status;

	if (!parse_place(word, &to))
		return command_fail(args, "--to is database, folder or s3, not \"%.40s\"", word);
	status = command_open(args, DB_WRITE, NEED_CURRENT, &s);
	if (status != 0)
		return status;
	if (to != FILE_DATABASE && !s.files.at[to].put)
		status = command_fail(args, "--config does not say where the %s is",
				      to == FILE_S3 ? "object store (files_s3)" : "folder (files_dir)");
	else if (move_all(&s, to, &t) != RC_OK)
		status = command_fail(args, "stopped after %lld; run it again: %s", (long long)t.moved,
				      s.c.err.detail[0] ? s.c.err.detail : db_message(s.db));
	if (status == 0)
		printf("%lld moved, %lld were there, %lld failed\n", (long long)t.moved, (long long)t.there, (long long)t.failed);
	if (status == 0 && t.failed > 0)
		status = 1;
	command_close(&s);
	return status;
}
