/* SPDX-License-Identifier: Apache-2.0
 * s3 - one object a file, under PREFIX/NAME. Four requests: PUT, GET, HEAD, DELETE; no lists, so that no right to list
 * is needed to work (docs/operate.md says what it is good for).
 */
#include "channel/s3.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/parse.h"
#include "base/rand.h"
#include "channel/net.h"

#define URL_MAX 600
#define KEY_MAX 256
/* After it could not be reached: as long as reaching it may take, so that people hear it at once. */
#define AWAY_S 5

struct s3 {
	char url[URL_MAX], region[64], access[KEY_MAX], secret[KEY_MAX];
	struct net_kept *kept;
	atomic_llong away_until_s;
};

static long long clock_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

/* One line without its end; false when there is none, or it is empty or too long. */
static bool read_line(FILE *f, char out[KEY_MAX])
{
	char line[KEY_MAX + 2];
	size_t n;

	if (!fgets(line, sizeof(line), f))
		return false;
	n = strcspn(line, "\r\n");
	if (n == 0 || n >= KEY_MAX)
		return false;
	memcpy(out, line, n);
	out[n] = '\0';
	return true;
}

static enum rc read_key(struct s3 *s3, const char *path, struct err *err)
{
	FILE *f = fopen(path, "re");
	bool ok;

	if (!f)
		return err_set(err, RC_INVALID, 0, "files_s3_key_file: cannot read %s: %s", path, strerror(errno));
	ok = read_line(f, s3->access) && read_line(f, s3->secret);
	fclose(f);
	return ok ? RC_OK : err_set(err, RC_INVALID, 0, "files_s3_key_file: %s needs two lines: the access key, the secret",
				    path);
}

enum rc s3_open(const char *url, const char *region, const char *key_file, struct s3 **ret, struct err *err)
{
	struct s3 *s3;
	enum rc rc;

	if (strlen(url) >= URL_MAX || !net_store_is_safe(url))
		return err_set(err, RC_INVALID, 0, "files_s3 must be https://HOST/BUCKET/PREFIX (letters, digits and -._/ only, "
			       "no slash at the end); http:// only on this machine");
	s3 = calloc(1, sizeof(*s3));
	BUG_ON(!s3);
	snprintf(s3->url, sizeof(s3->url), "%s", url);
	snprintf(s3->region, sizeof(s3->region), "%s", region);
	rc = read_key(s3, key_file, err);
	if (rc != RC_OK) {
		free(s3);
		return rc;
	}
	net_init();
	s3->kept = net_kept_new();
	*ret = s3;
	return RC_OK;
}

void s3_close(struct s3 *s3)
{
	if (!s3)
		return;
	net_kept_free(s3->kept);
	explicit_bzero(s3->secret, sizeof(s3->secret));
	free(s3);
}

static enum rc call(struct s3 *s3, struct net_signed *s, const char *name, struct net_answer *ret, struct err *err)
{
	char url[URL_MAX + 64];
	enum rc rc;

	if (clock_s() < atomic_load(&s3->away_until_s))
		return err_set(err, RC_UNAVAILABLE, 0, "object store: it could not be reached a moment ago");
	snprintf(url, sizeof(url), "%s/%s", s3->url, name);
	s->url = url;
	s->region = s3->region;
	s->access = s3->access;
	s->secret = s3->secret;
	rc = net_call_signed(s3->kept, s, ret, err);
	/* No answer at all: not the same as one that broke off. */
	if (rc != RC_OK && ret->status == 0)
		atomic_store(&s3->away_until_s, clock_s() + AWAY_S);
	return rc;
}

static enum rc refused(const struct net_answer *a, const char *name, struct err *err)
{
	if (a->status == 404)
		return err_set(err, RC_NOT_FOUND, 0, "object %s is not there", name);
	if (a->status == 403)
		return err_set(err, RC_UNAVAILABLE, 0, "object store: it answers 403 for %s: are the key, its rights and the clock "
			       "right?", name);
	if (a->status == 301 || a->status == 307 || a->status == 400)
		return err_set(err, RC_UNAVAILABLE, 0, "object store: it answers %ld: are files_s3 and files_s3_region right?",
			       a->status);
	return err_set(err, RC_UNAVAILABLE, 0, "object store: it answers %ld", a->status);
}

static bool is_fine(const struct net_answer *a)
{
	return a->status >= 200 && a->status < 300;
}

static enum rc put_bytes(struct s3 *s3, const char *name, const void *p, size_t n, struct err *err)
{
	struct net_signed s = { .method = "PUT", .body = p, .n = n };
	struct net_answer a;

	TRY(call(s3, &s, name, &a, err));
	if (is_fine(&a))
		return RC_OK;
	/* 404: there is no such bucket. */
	enum rc rc = refused(&a, name, err);
	return rc == RC_NOT_FOUND ? err_set(err, RC_UNAVAILABLE, 0, "object store: there is no such bucket") : rc;
}

enum rc s3_put(void *s3, const char *name, const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st = { 0 };
	void *p = MAP_FAILED;

	if (fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 0)
		p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (fd >= 0)
		close(fd);
	if (p == MAP_FAILED)
		return err_set(err, RC_FAILED, 0, "cannot read %s: %s", path, strerror(errno));
	enum rc rc = put_bytes(s3, name, p, (size_t)st.st_size, err);
	munmap(p, (size_t)st.st_size);
	return rc;
}

static enum rc get_into(struct s3 *s3, const char *name, size_t n, int fd, struct err *err)
{
	struct net_signed s = { .method = "GET", .to_fd = fd, .max = n };
	struct net_answer a;

	TRY(call(s3, &s, name, &a, err));
	if (a.status != 200)
		return refused(&a, name, err);
	return a.n == n ? RC_OK : err_set(err, RC_FAILED, 0, "object %s has another size", name);
}

enum rc s3_get(void *s3, struct arena *a, const char *name, size_t n, const char *dir, const char **ret_path,
	       bool *ret_temporary, struct err *err)
{
	unsigned char random[16];
	char tag[33];
	enum rc rc;
	int fd;

	rand_secret(random, sizeof(random));
	parse_hex_encode(random, sizeof(random), tag);
	const char *path = arena_printf(a, "%s/lapor-%s", dir, tag);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set(err, RC_FAILED, 0, "cannot create %s: %s", path, strerror(errno));
	rc = get_into(s3, name, n, fd, err);
	if (close(fd) != 0 && rc == RC_OK)
		rc = err_set(err, RC_FAILED, 0, "cannot write %s: %s", path, strerror(errno));
	if (rc != RC_OK) {
		unlink(path);
		return rc;
	}
	*ret_path = path;
	*ret_temporary = true;
	return RC_OK;
}

enum rc s3_look(void *s3, const char *name, size_t n, struct err *err)
{
	struct net_signed s = { .method = "HEAD" };
	struct net_answer a;

	TRY(call(s3, &s, name, &a, err));
	if (!is_fine(&a))
		return refused(&a, name, err);
	return a.length == (int64_t)n ? RC_OK : err_set(err, RC_INVALID, 0, "object %s has another size", name);
}

enum rc s3_remove(void *s3, const char *name, struct err *err)
{
	struct net_signed s = { .method = "DELETE" };
	struct net_answer a;

	TRY(call(s3, &s, name, &a, err));
	return is_fine(&a) || a.status == 404 ? RC_OK : refused(&a, name, err);
}

enum rc s3_try(struct s3 *s3, struct err *err)
{
	struct net_signed s = { .method = "HEAD" };
	struct net_answer a;

	TRY(call(s3, &s, "lapor", &a, err));
	return is_fine(&a) || a.status == 404 ? RC_OK : refused(&a, "lapor", err);
}
