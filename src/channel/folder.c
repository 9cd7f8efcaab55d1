/* SPDX-License-Identifier: Apache-2.0
 * folder - write beside, then rename.
 */
#include "channel/folder.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum rc failed(struct err *err, const char *path)
{
	return err_set(err, RC_UNAVAILABLE, 0, "cannot write %s: %s", path, strerror(errno));
}

enum rc folder_write(const char *dir, const char *name, const char *p, size_t n, struct err *err)
{
	char path[1024], part[1032];

	if ((size_t)snprintf(path, sizeof(path), "%s/%s", dir, name) >= sizeof(path))
		return err_set(err, RC_INVALID, 0, "path too long: %s", dir);
	snprintf(part, sizeof(part), "%s.part", path);
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return failed(err, dir);
	FILE *f = fopen(part, "we");
	if (!f)
		return failed(err, part);
	bool ok = fwrite(p, 1, n, f) == n;
	ok = fclose(f) == 0 && ok;
	if (!ok || rename(part, path) != 0) {
		enum rc rc = failed(err, path);
		unlink(part);
		return rc;
	}
	return RC_OK;
}
