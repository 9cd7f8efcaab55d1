/* SPDX-License-Identifier: Apache-2.0 */
#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/driver.h"

#define PATH_BYTES 4096

/* Opens the copy as anybody would who restores it. */
static enum rc verify(const char *part, struct err *err)
{
	char url[PATH_BYTES + 16];
	struct db *copy;
	enum rc rc;

	snprintf(url, sizeof(url), "sqlite:%s", part);
	TRY(db_open(url, DB_READ, &copy, err));
	rc = db_check(copy, err);
	db_close(copy);
	return rc;
}

static enum rc sync_path(const char *path, int flags, struct err *err)
{
	int fd = open(path, flags | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (!ok)
		err_set(err, RC_UNAVAILABLE, 0, "%s cannot be made durable: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return ok ? RC_OK : RC_UNAVAILABLE;
}

/* link() refuses an existing name, so that a backup never takes another one's place. */
static enum rc publish(const char *part, const char *path, struct err *err)
{
	char folder[PATH_BYTES];

	TRY(sync_path(part, O_RDONLY, err));
	if (link(part, path) != 0)
		return err_set(err, RC_UNAVAILABLE, 0, "%s cannot be written: %s", path, strerror(errno));
	snprintf(folder, sizeof(folder), "%s", path);
	return sync_path(dirname(folder), O_RDONLY | O_DIRECTORY, err);
}

enum rc backup_to(struct db *db, const char *path, struct err *err)
{
	char part[PATH_BYTES];
	enum rc rc;

	if (strlen(path) + sizeof(".part-shm") > sizeof(part))
		return err_set(err, RC_INVALID, 0, "the path of the backup is too long");
	if (access(path, F_OK) == 0)
		return err_set(err, RC_INVALID, 0, "%s exists already: choose another name", path);
	snprintf(part, sizeof(part), "%s.part", path);
	if (unlink(part) != 0 && errno != ENOENT)
		return err_set(err, RC_INVALID, 0, "%s is in the way: %s", part, strerror(errno));
	rc = db->driver->copy_to(db, part, err);
	if (rc == RC_OK)
		rc = verify(part, err);
	if (rc == RC_OK)
		rc = publish(part, path, err);
	unlink(part);
	return rc;
}
