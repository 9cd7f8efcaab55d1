/* SPDX-License-Identifier: Apache-2.0 */
#include "app/file_store.h"

#include <stdio.h>
#include <string.h>

#include "base/parse.h"
#include "base/rand.h"

/* In the order of enum file_place. A key of the database is the whole word, of another place its name behind the mark. */
static const struct {
	const char *word, *mark, *setting;
} places[FILE_PLACES] = {
	{ "database", "db", "" }, { "folder", "", "files_dir" }, { "s3", "s3:", "files_s3" },
};

const char *file_place_word(enum file_place p)
{
	return places[p].word;
}

enum file_place file_store_place(const char *storage_key, const char **ret_name)
{
	size_t n = strlen(places[FILE_S3].mark);

	*ret_name = storage_key;
	if (strcmp(storage_key, places[FILE_DATABASE].mark) == 0)
		return FILE_DATABASE;
	if (strncmp(storage_key, places[FILE_S3].mark, n) != 0)
		return FILE_FOLDER;
	*ret_name += n;
	return FILE_S3;
}

void file_store_new_key(enum file_place p, char ret_key[FILE_KEY_MAX + 1])
{
	unsigned char random[FILE_NAME_LEN / 2];
	size_t n = strlen(places[p].mark);

	memcpy(ret_key, places[p].mark, n + 1);
	if (p == FILE_DATABASE)
		return;
	rand_secret(random, sizeof(random));
	parse_hex_encode(random, sizeof(random), ret_key + n);
}

enum rc file_store_find(const struct file_stores *stores, const char *storage_key, const struct file_store **ret,
			const char **ret_name, struct err *err)
{
	enum file_place p = file_store_place(storage_key, ret_name);
	unsigned char bytes[FILE_NAME_LEN / 2];

	if (p == FILE_DATABASE || !parse_hex_decode(*ret_name, bytes, sizeof(bytes)))
		return err_set(err, RC_FAILED, 0, "a storage key that is none");
	if (!stores || !stores->at[p].get)
		return err_set(err, RC_FAILED, 0, "a file lies where the configuration does not lead to: set %s",
			       places[p].setting);
	*ret = &stores->at[p];
	return RC_OK;
}
