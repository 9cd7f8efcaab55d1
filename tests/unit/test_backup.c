/* SPDX-License-Identifier: Apache-2.0
 * A backup is whole, checked, and never takes the place of another file.
 */
#include "unit/store_support.h"

#include "store/backup.h"

static void a_backup_taken_while_others_write_is_whole(void **state)
{
	struct place p, copy;
	struct db *db, *reader;
	struct err err = { 0 };
	char part[160];

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	for (int i = 0; i < 500; i++)
		assert_int_equal(thing_add(db, i), RC_OK);
	reader = place_open(&p, DB_READ);
	copy = p;
	snprintf(copy.path, sizeof(copy.path), "%s/copy.db", p.folder);
	snprintf(copy.url, sizeof(copy.url), "sqlite:%s", copy.path);
	{
		TXN(t);
		/* An open transaction of a writer is no part of it. */
		assert_int_equal(txn_begin(db, &t), RC_OK);
		assert_int_equal(thing_add(db, 1000), RC_OK);
		if (backup_to(reader, copy.path, &err) != RC_OK)
			fail_msg("%s", err.detail);
		assert_int_equal(txn_commit(&t), RC_OK);
	}
	db_close(reader);
	db_close(db);
	snprintf(part, sizeof(part), "%s.part", copy.path);
	assert_int_equal(access(part, F_OK), -1);
	db = place_open(&copy, DB_WRITE);
	assert_int_equal(thing_count(db, -1), 500);
	assert_int_equal(db_check(db, &err), RC_OK);
	assert_int_equal(backup_to(db, copy.path, &err), RC_INVALID);
	assert_non_null(strstr(err.detail, "exists already"));
	db_close(db);
	place_remove(&p);
}

static void a_backup_that_cannot_be_written_says_so_and_leaves_nothing(void **state)
{
	struct place p;
	struct db *db;
	struct err err = { 0 };

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	assert_int_equal(backup_to(db, "/no/such/folder/copy.db", &err), RC_UNAVAILABLE);
	assert_non_null(strstr(err.detail, "cannot be created"));
	db_close(db);
	place_remove(&p);
}

static void a_damaged_database_makes_no_backup(void **state)
{
	struct place p;
	struct db *db;
	struct err err = { 0 };
	char path[160], junk[4096];
	FILE *f;

	(void)state;
	place_make(&p);
	db = place_open(&p, DB_WRITE);
	thing_table(db);
	for (int i = 0; i < 2000; i++)
		assert_int_equal(thing_add(db, i), RC_OK);
	db_close(db);
	memset(junk, 'x', sizeof(junk));
	f = fopen(p.path, "r+b");
	assert_int_equal(fseek(f, 2 * sizeof(junk), SEEK_SET), 0);
	assert_int_equal(fwrite(junk, sizeof(junk), 1, f), 1);
	assert_int_equal(fclose(f), 0);
	db = place_open(&p, DB_READ);
	snprintf(path, sizeof(path), "%s/copy.db", p.folder);
	assert_int_equal(backup_to(db, path, &err), RC_FAILED);
	assert_non_null(strstr(err.detail, "damaged"));
	assert_int_equal(access(path, F_OK), -1);
	db_close(db);
	place_remove(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_backup_taken_while_others_write_is_whole),
		cmocka_unit_test(a_backup_that_cannot_be_written_says_so_and_leaves_nothing),
		cmocka_unit_test(a_damaged_database_makes_no_backup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
