/* SPDX-License-Identifier: Apache-2.0
 * attach_file - copies, syncs, removes. A file without a row is rubbish, a row without a file is a loss: so the file
 * is on disk before its row is.
 */
#include "app/attach_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/parse.h"
#include "base/rand.h"

static enum rc failed(struct err *err, const char *what, const char *path)
{
	return err_set(err, errno == ENOSPC ? RC_UNAVAILABLE : RC_FAILED, 0, "cannot %s %s: %s", what, path,
		       strerror(errno));
}

const char *attach_file_path(struct arena *a, const char *dir, const char *key)
{
	unsigned char bytes[ATTACH_FILE_KEY_LEN / 2];

	if (!parse_hex_decode(key, bytes, sizeof(bytes)))
		return NULL;
	return arena_printf(a, "%s/%.2s/%s", dir, key, key);
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

enum rc attach_file_save(struct arena *a, const char *dir, const char *path, char ret_key[ATTACH_FILE_KEY_LEN + 1],
			 struct err *err)
{
	unsigned char random[ATTACH_FILE_KEY_LEN / 2];
	const char *shard, *to;
	void *bytes;
	size_t n;

	rand_secret(random, sizeof(random));
	parse_hex_encode(random, sizeof(random), ret_key);
	shard = arena_printf(a, "%s/%.2s", dir, ret_key);
	to = attach_file_path(a, dir, ret_key);
	TRY(make_folder(dir, err));
	TRY(make_folder(shard, err));
	TRY(attach_file_read(path, (size_t)64 * 1024 * 1024, &bytes, &n, err));
	enum rc rc = write_file(to, bytes, n, true, err);
	free(bytes);
	if (rc == RC_OK && !(sync_folder(shard) && sync_folder(dir)))
		rc = failed(err, "sync", shard);
	return rc;
}

void attach_file_remove(struct arena *a, const char *dir, const char *key)
{
	const char *path = attach_file_path(a, dir, key);

	if (path)
		unlink(path);
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
