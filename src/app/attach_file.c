/* SPDX-License-Identifier: Apache-2.0
 * attach_file - copies, syncs, removes.
 */
#include "app/attach_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/parse.h"
#include "base/rand.h"

#define FILE_BYTES_MAX ((size_t)64 << 20)

static enum rc failed(struct err *err, const char *what, const char *path)
{
	return err_set(err, errno == ENOSPC ? RC_UNAVAILABLE : RC_FAILED, 0, "cannot %s %s: %s", what, path,
		       strerror(errno));
}

static bool write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t w = write(fd, p, n);
		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0)
			return false;
		p += w;
		n -= (size_t)w;
	}
	return true;
}

static bool sync_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return ok;
}

static enum rc write_file(const char *path, const void *p, size_t n, bool durable, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return failed(err, "create", path);
	bool ok = write_all(fd, p, n) && (!durable || fsync(fd) == 0);
	if (close(fd) != 0 || !ok) {
		enum rc rc = failed(err, "write", path);
		unlink(path);
		return rc;
	}
	return RC_OK;
}

enum rc attach_file_read(const char *path, size_t max, void **ret, size_t *ret_n, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	size_t n = 0;
	char *p;

	if (fd < 0 || fstat(fd, &st) != 0) {
		if (fd >= 0)
			close(fd);
		return failed(err, "read", path);
	}
	if (st.st_size < 0 || (size_t)st.st_size > max) {
		close(fd);
		return err_set(err, RC_TOO_LARGE, 0, "%s is larger than %zu bytes", path, max);
	}
	p = malloc((size_t)st.st_size + 1);
	BUG_ON(!p);
	while (n < (size_t)st.st_size) {
		ssize_t r = read(fd, p + n, (size_t)st.st_size - n);
		if (r <= 0)
			break;
		n += (size_t)r;
	}
	close(fd);
	*ret = p;
	*ret_n = n;
	return RC_OK;
}

static enum rc make_folder(const char *path, struct err *err)
{
	if (mkdir(path, 0700) == 0 || errno == EEXIST)
		return RC_OK;
	return failed(err, "create the folder", path);
}

enum rc attach_file_write_temp(struct arena *a, const char *dir, const void *p, size_t n, const char **ret_path,
			       struct err *err)
{
	unsigned char random[16];
	char name[33];

	rand_secret(random, sizeof(random));
	parse_hex_encode(random, sizeof(random), name);
	const char *path = arena_printf(a, "%s/lapor-%s", dir, name);
	TRY(write_file(path, p, n, false, err));
	*ret_path = path;
	return RC_OK;
}

/* Where a name's file is; false when that is longer than a path may be. */
static bool make_path(const char *dir, const char *name, char ret[PATH_MAX])
{
	return snprintf(ret, PATH_MAX, "%s/%.2s/%s", dir, name, name) < PATH_MAX;
}

/* The folder of the two letters that its name begins with, made when it is missing, and both on disk. */
static enum rc make_shard(const char *dir, const char *name, char ret[PATH_MAX], struct err *err)
{
	snprintf(ret, PATH_MAX, "%s/%.2s", dir, name);
	TRY(make_folder(dir, err));
	return make_folder(ret, err);
}

static enum rc folder_put(void *arg, const char *name, const char *path, struct err *err)
{
	const char *dir = arg;
	char to[PATH_MAX], shard[PATH_MAX];
	void *bytes;
	size_t n;

	if (!make_path(dir, name, to))
		return err_set(err, RC_FAILED, 0, "%s: too long a path", dir);
	TRY(make_shard(dir, name, shard, err));
	TRY(attach_file_read(path, FILE_BYTES_MAX, &bytes, &n, err));
	enum rc rc = write_file(to, bytes, n, true, err);
	free(bytes);
	if (rc == RC_OK && !(sync_folder(shard) && sync_folder(dir)))
		rc = failed(err, "sync", shard);
	return rc;
}

static enum rc folder_get(void *arg, struct arena *a, const char *name, size_t n, const char *dir, const char **ret_path,
			  bool *ret_temporary, struct err *err)
{
	char path[PATH_MAX];

	(void)n;
	(void)dir;
	(void)err;
	BUG_ON(!make_path(arg, name, path));
	*ret_path = arena_strdup(a, path);
	*ret_temporary = false;
	return RC_OK;
}

static enum rc folder_look(void *arg, const char *name, size_t n, struct err *err)
{
	char path[PATH_MAX];
	struct stat st;

	if (!make_path(arg, name, path) || stat(path, &st) != 0)
		return err_set(err, errno == ENOENT ? RC_NOT_FOUND : RC_FAILED, 0, "%s: %s", path, strerror(errno));
	return (size_t)st.st_size == n ? RC_OK : err_set(err, RC_INVALID, 0, "%s has another size", path);
}

static enum rc folder_remove(void *arg, const char *name, struct err *err)
{
	char path[PATH_MAX];

	if (!make_path(arg, name, path) || (unlink(path) != 0 && errno != ENOENT))
		return failed(err, "remove", path);
	return RC_OK;
}

struct file_store attach_file_folder(const char *dir)
{
	return (struct file_store){ .arg = (void *)(uintptr_t)dir, .is_near = true, .put = folder_put, .get = folder_get,
				    .look = folder_look, .remove = folder_remove };
}
