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

static void a_file_is_found_under_its_key_until_it_is_removed(void **state)
{
	char one[ATTACH_FILE_KEY_LEN + 1], two[ATTACH_FILE_KEY_LEN + 1];
	struct arena *a = arena_new(1 << 20);
	struct err err = { 0 };
	struct stat st;
	void *bytes;
	size_t n;

	(void)state;
	assert_int_equal(attach_file_save(a, store, source, one, &err), RC_OK);
	assert_int_equal(attach_file_save(a, store, source, two, &err), RC_OK);
	assert_string_not_equal(one, two);
	const char *path = attach_file_path(a, store, one);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(attach_file_read(path, 100, &bytes, &n, &err), RC_OK);
	assert_int_equal(n, 10);
	assert_memory_equal(bytes, "isi berkas", 10);
	free(bytes);
	assert_int_equal(attach_file_read(path, 9, &bytes, &n, &err), RC_TOO_LARGE);
	attach_file_remove(a, store, one);
	attach_file_remove(a, store, one);
	assert_int_not_equal(stat(path, &st), 0);
	arena_free(a);
}

static void keys_that_are_not_ours_lead_nowhere(void **state)
{
	static const char *const bad[] = { "", "db", "../../etc/passwd", "00/0000000000000000000000000000",
					   "0000000000000000000000000000000g" };
	struct arena *a = arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_null(attach_file_path(a, store, bad[i]));
	attach_file_remove(a, folder, "in");
	assert_int_equal(access(source, F_OK), 0);
	arena_free(a);
}

static void a_folder_that_cannot_be_is_said_so(void **state)
{
	char key[ATTACH_FILE_KEY_LEN + 1];
	struct arena *a = arena_new(1 << 20);
	struct err err = { 0 };

	(void)state;
	assert_int_equal(attach_file_save(a, "/proc/nowhere", source, key, &err), RC_FAILED);
	assert_non_null(strstr(err.detail, "/proc/nowhere"));
	assert_int_equal(attach_file_save(a, store, "/nowhere/at/all", key, &err), RC_FAILED);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_found_under_its_key_until_it_is_removed),
		cmocka_unit_test(keys_that_are_not_ours_lead_nowhere),
		cmocka_unit_test(a_folder_that_cannot_be_is_said_so),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
