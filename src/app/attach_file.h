/* SPDX-License-Identifier: Apache-2.0
 * attach_file - the folder of stored files: random names below two-letter folders, durable before the row commits.
 * Internal to app and job.
 */
#ifndef APP_ATTACH_FILE_H
#define APP_ATTACH_FILE_H

#include "base/arena.h"

#define ATTACH_FILE_KEY_LEN 32

/* Copies path into dir and syncs file and folder. */
CHECKED enum rc attach_file_save(struct arena *a, const char *dir, const char *path,
				 char ret_key[ATTACH_FILE_KEY_LEN + 1], struct err *err);
/* Where a key's file is; NULL for a key that we did not make. */
const char *attach_file_path(struct arena *a, const char *dir, const char *key);
/* A file that is gone already is fine. */
void attach_file_remove(struct arena *a, const char *dir, const char *key);
/* Reads a whole file of at most max bytes; free() it. */
CHECKED enum rc attach_file_read(const char *path, size_t max, void **ret, size_t *ret_n, struct err *err);
/* A new file in dir with these bytes; its path is in the arena. */
CHECKED enum rc attach_file_write_temp(struct arena *a, const char *dir, const void *p, size_t n, const char **ret_path,
				       struct err *err);

#endif
