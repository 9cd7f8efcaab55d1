/* SPDX-License-Identifier: Apache-2.0
 * attach_file - the folder of stored files: random names below two-letter folders, each durable before its row commits;
 * and reading and writing whole files. Internal to app, and for cmd.
 */
#ifndef APP_ATTACH_FILE_H
#define APP_ATTACH_FILE_H

#include "app/file_store.h"

/* dir lives as long as the store. */
struct file_store attach_file_folder(const char *dir);
/* Reads a whole file of at most max bytes; free() it. */
CHECKED enum rc attach_file_read(const char *path, size_t max, void **ret, size_t *ret_n, struct err *err);
/* A new file in dir with these bytes; its path is in the arena. */
CHECKED enum rc attach_file_write_temp(struct arena *a, const char *dir, const void *p, size_t n, const char **ret_path,
				       struct err *err);

#endif
