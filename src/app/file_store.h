/* SPDX-License-Identifier: Apache-2.0
 * file_store - where attachments may lie outside the database: a folder (app/attach_file.h) or an object store
 * (channel/s3.h), each a table of functions that cmd fills in at start.
 *
 * No function of the table is called inside a transaction or on an HTTP thread: each may wait for a disk or a network. So a
 * file is put there before its row commits, and removed after its row is gone; the table loose_file knows every file in
 * between, and job/cleanup.c removes what was left over.
 */
#ifndef APP_FILE_STORE_H
#define APP_FILE_STORE_H

#include "base/arena.h"

/* A name within a store: random, hexadecimal. */
#define FILE_NAME_LEN 32
/* The longest attachment.storage_key. */
#define FILE_KEY_MAX (3 + FILE_NAME_LEN)

struct file_store {
	void *arg;
	bool is_near;  /* reading costs a disk, not a network: lapor check looks into every file */
	/* Stores the file at path under a new name; durable when it returns. */
	enum rc (*put)(void *arg, const char *name, const char *path, struct err *err);
	/* The path of a file with n bytes, in dir if it had to be fetched: then it is temporary and the caller's. */
	enum rc (*get)(void *arg, struct arena *a, const char *name, size_t n, const char *dir, const char **ret_path,
		       bool *ret_temporary, struct err *err);
	/* RC_NOT_FOUND: it is not there; RC_INVALID: it has not n bytes. */
	enum rc (*look)(void *arg, const char *name, size_t n, struct err *err);
	/* One that is gone already is fine. */
	enum rc (*remove)(void *arg, const char *name, struct err *err);
};

enum file_place { FILE_DATABASE, FILE_FOLDER, FILE_S3, FILE_PLACES };

/* What is not configured has no functions; the database is none of them. */
struct file_stores {
	struct file_store at[FILE_PLACES];
	enum file_place chosen;  /* for new files */
};

/* "database", "folder", "s3" */
const char *file_place_word(enum file_place p);
/* Where a file with this storage_key lies, and its name there. */
enum file_place file_store_place(const char *storage_key, const char **ret_name);
/* A new key in a place; in the database it is always the same. */
void file_store_new_key(enum file_place p, char ret_key[FILE_KEY_MAX + 1]);
/* Its store and its name there; RC_FAILED with what to do when that store is not configured. stores may be NULL. */
CHECKED enum rc file_store_find(const struct file_stores *stores, const char *storage_key, const struct file_store **ret,
				const char **ret_name, struct err *err);

#endif
