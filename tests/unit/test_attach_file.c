/* SPDX-License-Identifier: Apache-2.0
 * The folder of stored files: random names, no way out of it, full disks said so.
 */
#include "unit/support.h"

#include <sys/stat.h>
#include <unistd.h>

#include "app/attach_file.h"

static char folder[64], source[96], store[96];

static int begin(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/lapor-files-XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(source, sizeof(source), "%s/in", folder);
	snprintf(store, sizeof(store), "%s/store", folder);
	FILE *f = fopen(source, "w");
	fputs("isi berkas", f);
	fclose(f);
	return 0;
}

static int end(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	return system(command);
}

static void a_file_is_found_under_its_name_until_it_is_removed(void **state)
{
	char one[FILE_KEY_MAX + 1], two[FILE_KEY_MAX + 1];
	const struct file_store folder_store = attach_file_folder(store);
	void *arg = folder_store.arg;
	struct arena *a = arena_new(1 << 20);
	struct err err = { 0 };
	bool is_temporary = true;
	const char *path;
	struct stat st;
	void *bytes;
	size_t n;

	(void)state;
	file_store_new_key(FILE_FOLDER, one);
	file_store_new_key(FILE_FOLDER, two);
	assert_string_not_equal(one, two);
	assert_int_equal(folder_store.put(arg, one, source, &err), RC_OK);
	assert_int_equal(folder_store.put(arg, two, source, &err), RC_OK);
	assert_int_equal(folder_store.put(arg, two, source, &err), RC_FAILED); /* never written over */
	assert_int_equal(folder_store.get(arg, a, one, 10, folder, &path, &is_temporary, &err), RC_OK);
	assert_false(is_temporary);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(attach_file_read(path, 100, &bytes, &n, &err), RC_OK);
	assert_int_equal(n, 10);
	assert_memory_equal(bytes, "isi berkas", 10);
	free(bytes);
	assert_int_equal(attach_file_read(path, 9, &bytes, &n, &err), RC_TOO_LARGE);
	assert_int_equal(folder_store.look(arg, one, 10, &err), RC_OK);
	assert_int_equal(folder_store.look(arg, one, 11, &err), RC_INVALID);
	assert_int_equal(folder_store.remove(arg, one, &err), RC_OK);
	assert_int_equal(folder_store.remove(arg, one, &err), RC_OK);
	assert_int_equal(folder_store.look(arg, one, 10, &err), RC_NOT_FOUND);
	assert_int_not_equal(stat(path, &st), 0);
	arena_free(a);
}

static void keys_that_are_not_ours_lead_nowhere(void **state)
{
	static const char *const bad[] = { "", "db", "../../etc/passwd", "00/0000000000000000000000000000",
					   "0000000000000000000000000000000g", "s3:../0000000000000000000000000000" };
	const struct file_stores stores = { .at[FILE_FOLDER] = attach_file_folder(store), .at[FILE_S3] = attach_file_folder(store) };
	const struct file_store *found;
	const char *name;
	struct err err;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(file_store_find(&stores, bad[i], &found, &name, &err), RC_FAILED);
}

static void a_key_says_where_its_file_lies(void **state)
{
	struct file_stores stores = { .at[FILE_FOLDER] = attach_file_folder(store) };
	char key[FILE_KEY_MAX + 1];
	const struct file_store *found;
	const char *name;
	struct err err;

	(void)state;
	assert_int_equal(file_store_place("db", &name), FILE_DATABASE);
	file_store_new_key(FILE_FOLDER, key);
	assert_int_equal(file_store_place(key, &name), FILE_FOLDER);
	assert_int_equal(file_store_find(&stores, key, &found, &name, &err), RC_OK);
	assert_ptr_equal(found, &stores.at[FILE_FOLDER]);
	file_store_new_key(FILE_S3, key);
	assert_int_equal(strlen(key), FILE_KEY_MAX);
	assert_int_equal(file_store_place(key, &name), FILE_S3);
	assert_int_equal(file_store_find(&stores, key, &found, &name, &err), RC_FAILED);
	assert_non_null(strstr(err.detail, "files_s3"));
	assert_int_equal(file_store_find(NULL, key, &found, &name, &err), RC_FAILED);
	stores.at[FILE_S3] = attach_file_folder(store);
	assert_int_equal(file_store_find(&stores, key, &found, &name, &err), RC_OK);
	assert_int_equal(strlen(name), FILE_NAME_LEN);
}

static void a_folder_that_cannot_be_is_said_so(void **state)
{
	const struct file_store nowhere = attach_file_folder("/proc/nowhere"), folder_store = attach_file_folder(store);
	char key[FILE_KEY_MAX + 1];
	struct err err = { 0 };

	(void)state;
	file_store_new_key(FILE_FOLDER, key);
	assert_int_equal(nowhere.put(nowhere.arg, key, source, &err), RC_FAILED);
	assert_non_null(strstr(err.detail, "/proc/nowhere"));
	assert_int_equal(folder_store.put(folder_store.arg, key, "/nowhere/at/all", &err), RC_FAILED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_found_under_its_name_until_it_is_removed),
		cmocka_unit_test(keys_that_are_not_ours_lead_nowhere),
		cmocka_unit_test(a_key_says_where_its_file_lies),
		cmocka_unit_test(a_folder_that_cannot_be_is_said_so),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
