/* SPDX-License-Identifier: Apache-2.0
 * s3 - files as objects of an S3-compatible store. Any number of threads may use one at once; none of them inside a
 * transaction. The first argument is the struct s3, so that the functions stand in a table of app (app/file_store.h).
 */
#ifndef CHANNEL_S3_H
#define CHANNEL_S3_H

#include "base/arena.h"

struct s3;

/*
 * url: what stands before an object's name ("https://HOST/BUCKET/PREFIX", or "https://BUCKET.HOST/PREFIX"). key_file: the
 * access key in its first line, the secret in its second; read now. Nobody is called.
 */
CHECKED enum rc s3_open(const char *url, const char *region, const char *key_file, struct s3 **ret, struct err *err);
void s3_close(struct s3 *s3); /* NULL is fine */

/*
 * RC_UNAVAILABLE: the store is away or refuses (wrong key, no right, no bucket); err says which, never the key. For some
 * seconds after it could not be reached nobody waits for it again.
 */
CHECKED enum rc s3_put(void *s3, const char *name, const char *path, struct err *err);
/* Into a new file in dir. RC_NOT_FOUND: no such object; RC_FAILED: it has not n bytes. */
CHECKED enum rc s3_get(void *s3, struct arena *a, const char *name, size_t n, const char *dir, const char **ret_path,
		       bool *ret_temporary, struct err *err);
/* RC_NOT_FOUND; RC_INVALID: it has not n bytes. */
CHECKED enum rc s3_look(void *s3, const char *name, size_t n, struct err *err);
CHECKED enum rc s3_remove(void *s3, const char *name, struct err *err);
/* Does the store answer this key? For the log when the program starts. */
CHECKED enum rc s3_try(struct s3 *s3, struct err *err);

#endif
