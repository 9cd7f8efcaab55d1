/* SPDX-License-Identifier: Apache-2.0
 * The job runner: messages tried again and given up, words indexed, rubbish removed; alone and through the writer.
 */
#include "unit/app_support.h"

#include <sys/stat.h>

#include "app/attach.h"
#include "app/attach_file.h"
#include "app/draft.h"
#include "base/hash.h"
#include "base/log.h"
#include "job/runner.h"

static struct job_tally run(struct town *t)
{
	struct job_tally tally;

	assert_int_equal(job_run_due(&t->c, NULL, &tally), RC_OK);
	assert_int_equal(tally.failures, 0);
	t->c.who = (struct who){ 0 };
	return tally;
}

static void a_message_goes_out_once(void **state)
{
	struct submit_in in = town_report();
	struct town t;

	(void)state;
	town_begin(&t);
	t.settings.outbox_dir = t.outbox;
	town_submit(&t, &in);
	assert_int_equal(run(&t).sent, 1);
	assert_int_equal(run(&t).sent, 0);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM outbox WHERE sent_at IS NOT NULL AND next_at IS NULL"), 1);
	town_end(&t);
}

static void without_a_way_out_messages_wait_untried(void **state)
{
	struct submit_in in = town_report();
	struct town t;

	(void)state;
	town_begin(&t);
	town_submit(&t, &in);
	run(&t);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM outbox WHERE tries = 0 AND next_at IS NOT NULL"), 1);
	town_end(&t);
}

static void failures_wait_longer_and_are_given_up(void **state)
{
	static const int minutes[] = { 1, 2, 4, 8, 16, 32, 64 };
	struct submit_in in = town_report();
	struct town t;

	(void)state;
	town_begin(&t);
	t.settings.outbox_dir = "/proc/nowhere";
	town_submit(&t, &in);
	for (size_t i = 0; i < ARRAY_LEN(minutes); i++) {
		assert_int_equal(run(&t).send_failures, 1);
		assert_int_equal(town_int(&t, "SELECT next_at FROM outbox"), t.c.now.ms + minutes[i] * MS_PER_MINUTE);
		assert_int_equal(run(&t).send_failures, 0);
		t.c.now = instant_add_ms(t.c.now, minutes[i] * MS_PER_MINUTE);
	}
	assert_int_equal(run(&t).given_up, 1);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM outbox WHERE next_at IS NULL AND sent_at IS NULL "
				      "AND tries = 8 AND last_error IS NOT NULL"), 1);
	t.c.now = instant_add_ms(t.c.now, 30 * MS_PER_DAY);
	assert_int_equal(run(&t).send_failures, 0);
	town_end(&t);
}

static void an_address_that_could_carry_headers_is_given_up_at_once(void **state)
{
	struct submit_in in = town_report();
	struct town t;

	(void)state;
	town_begin(&t);
	t.settings.outbox_dir = t.outbox;
	town_submit(&t, &in);
	town_sql(&t, "UPDATE outbox SET recipient = 'a@b.test\r\nBcc: x@y.test'");
	assert_int_equal(run(&t).given_up, 1);
	assert_int_not_equal(access(t.outbox, F_OK), 0);
	town_end(&t);
}

static void the_index_finds_public_words_once_verified(void **state)
{
	static const struct who national = { .role = ROLE_NATIONAL_ADMIN, .agency = { 1 } };
	struct submit_in in = town_report();
	struct act_out out;
	struct town t;

	(void)state;
	town_begin(&t);
	in.body = "Hubungi saya di 081234567890 tentang lampu.";
	struct submit_out s = town_submit(&t, &in);
	assert_int_equal(run(&t).indexed, 1);
	assert_int_equal(town_find_word(&t, "081234567890"), s.report.v);
	t.c.who = national;
	const struct act_in verify = { .action = ACT_VERIFY, .seen_version = -1, .class = CLASS_COMPLAINT, .category = { 1 },
				       .visibility = VISIBILITY_OPEN, .checked_relevant = true, .checked_complete = true,
				       .checked_clear = true };
	assert_int_equal(act_by_number(&t.c, s.number, &verify, &out), RC_OK);
	assert_int_equal(run(&t).indexed, 1);
	assert_int_equal(town_find_word(&t, "081234567890"), -1);
	assert_int_equal(town_find_word(&t, "lampu"), s.report.v);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM report_words"), 1);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM index_todo"), 0);
	town_end(&t);
}

/* A file with three bytes, ready to be stored. */
static struct prepared_file three_bytes(const struct town *t)
{
	struct prepared_file f = { .name = "foto.png", .mime = "image/png", .size_bytes = 3 };
	struct hash h = hash_of("abc", 3, NULL);
	char *from = arena_printf(t->c.a, "%s/in", t->folder);
	FILE *out = fopen(from, "w");

	fputs("abc", out);
	fclose(out);
	memcpy(f.digest, h.b, sizeof(f.digest));
	f.path = from;
	return f;
}

/* The way of a request with a file: announced, put into the folder. */
static void put_into_folder(struct town *t, struct file_stores *files, struct prepared_file *f)
{
	*files = (struct file_stores){ .at[FILE_FOLDER] = attach_file_folder(t->files), .chosen = FILE_FOLDER };
	t->c.files = files;
	attach_choose_place(&t->c, f);
	assert_int_equal(attach_announce(&t->c), RC_OK);
	attach_put(&t->c);
	t->c.new_files = NULL;
	assert_int_equal(f->refused, REFUSE_none);
}

static bool is_there(const struct file_stores *files, const char *key)
{
	const struct file_store *s = &files->at[FILE_FOLDER];

	return s->look(s->arg, key, 3, NULL) == RC_OK;
}

static void drafts_their_files_and_sessions_go_when_their_time_is_over(void **state)
{
	char token[DRAFT_TOKEN_LEN + 1];
	struct attachment_id file;
	struct file_stores files;
	struct prepared_file f;
	struct attach_file got;
	struct draft d;
	struct town t;

	(void)state;
	town_begin(&t);
	f = three_bytes(&t);
	put_into_folder(&t, &files, &f);
	assert_int_equal(draft_create(&t.c, token, &d), RC_OK);
	assert_int_equal(attach_store(&t.c, &f, d.id, AUDIENCE_REPORTER, &file), RC_OK);
	assert_int_equal(attach_store(&t.c, &f, d.id, AUDIENCE_REPORTER, &file), RC_UNAVAILABLE); /* taken once */
	assert_int_equal(attach_open(&t.c, file, t.folder, &got), RC_OK);
	assert_null(got.path);
	assert_int_equal(attach_fetch(&t.c, t.folder, &got), RC_OK);
	assert_int_equal(access(got.path, R_OK), 0);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM loose_file"), 0);
	t.c.now = instant_add_ms(t.c.now, 6 * MS_PER_DAY);
	assert_int_equal(run(&t).removed, 0);
	t.c.now = instant_add_ms(t.c.now, 2 * MS_PER_DAY);
	assert_int_equal(run(&t).removed, 2); /* the draft and, belonging to nothing now, the file */
	assert_int_equal(run(&t).removed, 0);
	assert_false(is_there(&files, f.storage_key));
	assert_int_equal(town_int(&t, "SELECT count(*) FROM attachment"), 0);
	assert_int_equal(town_int(&t, "SELECT count(*) FROM loose_file"), 0);
	town_end(&t);
}

static void a_file_that_no_row_took_goes_after_an_hour(void **state)
{
	struct attachment_id file;
	struct file_stores files;
	struct prepared_file f;
	struct town t;

	(void)state;
	town_begin(&t);
	f = three_bytes(&t);
	put_into_folder(&t, &files, &f);
	t.c.now = instant_add_ms(t.c.now, ATTACH_ANNOUNCED_MS - 1);
	assert_int_equal(run(&t).failures, 0);
	assert_true(is_there(&files, f.storage_key));
	t.c.now = instant_add_ms(t.c.now, 1);
	assert_int_equal(run(&t).failures, 0);
	assert_false(is_there(&files, f.storage_key));
	assert_int_equal(town_int(&t, "SELECT count(*) FROM loose_file"), 0);
	assert_int_equal(attach_store(&t.c, &f, (struct draft_id){ 0 }, AUDIENCE_REPORTER, &file), RC_UNAVAILABLE);
	town_end(&t);
}

static enum rc refuse_removal(void *arg, const char *name, struct err *err)
{
	(void)name;
	++*(int *)arg;
	return err_set(err, RC_UNAVAILABLE, 0, "away");
}

static void what_cannot_be_removed_is_tried_again_ever_later_and_belongs_to_nobody(void **state)
{
	struct attachment_id file;
	struct file_stores files;
	struct prepared_file f;
	struct town t;
	struct job_tally tally;
	int64_t failures = 0;
	int tries = 0;

	(void)state;
	town_begin(&t);
	f = three_bytes(&t);
	put_into_folder(&t, &files, &f);
	t.c.now = instant_add_ms(t.c.now, ATTACH_ANNOUNCED_MS);
	files.at[FILE_FOLDER].arg = &tries;
	files.at[FILE_FOLDER].remove = refuse_removal;
	for (int minute = 0; minute < 8; minute++) {
		assert_int_equal(job_run_due(&t.c, NULL, &tally), RC_OK);
		failures += tally.failures;
		t.c.now = instant_add_ms(t.c.now, MS_PER_MINUTE);
	}
	assert_int_equal(tries, 4); /* at 0, 1, 3 and 7 */
	assert_int_equal(failures, 4);
	assert_int_equal(attach_store(&t.c, &f, (struct draft_id){ 0 }, AUDIENCE_REPORTER, &file), RC_UNAVAILABLE);
	files.at[FILE_FOLDER] = attach_file_folder(t.files);
	t.c.now = instant_add_ms(t.c.now, 8 * MS_PER_MINUTE);
	assert_int_equal(run(&t).failures, 0);
	assert_false(is_there(&files, f.storage_key));
	assert_int_equal(town_int(&t, "SELECT count(*) FROM loose_file"), 0);
	town_end(&t);
}

static void bytes_that_were_changed_are_not_given_out(void **state)
{
	struct file_stores files;
	struct attach_file got;
	struct attachment_id file;
	struct prepared_file f;
	struct town t;

	(void)state;
	town_begin(&t);
	f = three_bytes(&t);
	put_into_folder(&t, &files, &f);
	assert_int_equal(attach_store(&t.c, &f, (struct draft_id){ 0 }, AUDIENCE_REPORTER, &file), RC_OK);
	assert_int_equal(attach_open(&t.c, file, t.folder, &got), RC_OK);
	assert_int_equal(attach_fetch(&t.c, t.folder, &got), RC_OK);
	FILE *out = fopen(got.path, "w");
	fputs("abd", out);
	fclose(out);
	assert_int_equal(attach_open(&t.c, file, t.folder, &got), RC_OK);
	assert_int_equal(attach_fetch(&t.c, t.folder, &got), RC_FAILED);
	assert_null(got.path);
	town_end(&t);
}

static void one_that_cannot_be_stored_is_refused_and_all_after_it(void **state)
{
	struct file_stores files = { .at[FILE_FOLDER] = attach_file_folder("/proc/nowhere"), .chosen = FILE_FOLDER };
	struct attachment_id file;
	struct prepared_file f[2];
	struct town t;

	(void)state;
	town_begin(&t);
	t.c.files = &files;
	for (size_t i = 0; i < 2; i++) {
		f[i] = three_bytes(&t);
		attach_choose_place(&t.c, &f[i]);
	}
	assert_int_equal(attach_announce(&t.c), RC_OK);
	attach_put(&t.c);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(f[i].refused, REFUSE_file_not_kept);
		assert_int_equal(attach_store(&t.c, &f[i], (struct draft_id){ 0 }, AUDIENCE_REPORTER, &file), RC_INVALID);
	}
	town_end(&t);
}

static void a_file_can_lie_in_the_database_and_there_are_not_too_many(void **state)
{
	char token[DRAFT_TOKEN_LEN + 1], got[8] = "";
	struct attachment_id file;
	struct attach_file stored;
	struct prepared_file f;
	struct draft d;
	struct town t;

	(void)state;
	town_begin(&t);
	f = three_bytes(&t);
	assert_int_equal(draft_create(&t.c, token, &d), RC_OK);
	for (int i = 0; i < REPORT_FILES_MAX; i++)
		assert_int_equal(attach_store(&t.c, &f, d.id, AUDIENCE_REPORTER, &file), RC_OK);
	struct attachment_id extra;
	assert_int_equal(attach_store(&t.c, &f, d.id, AUDIENCE_REPORTER, &extra), RC_INVALID);
	assert_int_equal(t.c.err.refusal, REFUSE_too_many_files);
	assert_int_equal(attach_open(&t.c, file, t.folder, &stored), RC_OK);
	assert_true(stored.is_temporary);
	FILE *in = fopen(stored.path, "r");
	assert_non_null(fgets(got, sizeof(got), in));
	fclose(in);
	assert_string_equal(got, "abc");
	assert_string_equal(stored.mime, "image/png");
	assert_int_equal(attach_remove_from_draft(&t.c, (struct draft_id){ d.id.v + 1 }, file), RC_NOT_FOUND);
	assert_int_equal(attach_remove_from_draft(&t.c, d.id, file), RC_OK);
	assert_int_equal(attach_store(&t.c, &f, d.id, AUDIENCE_REPORTER, &extra), RC_OK);
	town_end(&t);
}

static void it_works_through_the_writer_too(void **state)
{
	struct submit_in in = town_report();
	struct job_tally tally;
	struct err err = { 0 };
	struct writer *w;
	char url[256];
	struct town t;

	(void)state;
	town_begin(&t);
	t.settings.outbox_dir = t.outbox;
	town_submit(&t, &in);
	place_url(t.folder, url, sizeof(url));
	assert_int_equal(writer_start(t.c.db, NULL, &w, &err), RC_OK);
	assert_int_equal(db_open(url, DB_READ, &t.c.db, &err), RC_OK);
	t.c.now = at("2025-07-02 09:00 WIB"); /* long after the limit of verification */
	assert_int_equal(job_run_due(&t.c, w, &tally), RC_OK);
	assert_int_equal(tally.failures, 0);
	assert_int_equal(tally.missed, 1);
	assert_int_equal(tally.sent, 1);
	assert_int_equal(tally.indexed, 1);
	assert_int_equal(job_run_due(&t.c, w, &tally), RC_OK);
	assert_int_equal(tally.missed + tally.sent + tally.indexed, 0);
	writer_stop(w);
	town_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_goes_out_once),
		cmocka_unit_test(without_a_way_out_messages_wait_untried),
		cmocka_unit_test(failures_wait_longer_and_are_given_up),
		cmocka_unit_test(an_address_that_could_carry_headers_is_given_up_at_once),
		cmocka_unit_test(the_index_finds_public_words_once_verified),
		cmocka_unit_test(drafts_their_files_and_sessions_go_when_their_time_is_over),
		cmocka_unit_test(a_file_that_no_row_took_goes_after_an_hour),
		cmocka_unit_test(what_cannot_be_removed_is_tried_again_ever_later_and_belongs_to_nobody),
		cmocka_unit_test(bytes_that_were_changed_are_not_given_out),
		cmocka_unit_test(one_that_cannot_be_stored_is_refused_and_all_after_it),
		cmocka_unit_test(a_file_can_lie_in_the_database_and_there_are_not_too_many),
		cmocka_unit_test(it_works_through_the_writer_too),
	};

	hash_init();
	log_set_level(LOG_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
