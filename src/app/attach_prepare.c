/* SPDX-License-Identifier: Apache-2.0
 * attach_prepare - what a stranger sent becomes a file that may be kept: the type is what the bytes say, images
 * are made anew, documents and films are checked for their beginning and end and kept as they are.
 */
#include <fcntl.h>
#include <magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/attach.h"
#include "app/image.h"
#include "base/hash.h"
#include "base/parse.h"
#include "base/rand.h"
#include "base/utf8.h"

#define NAME_POINTS_MAX 80

/* The bytes of a file, mapped. p is NULL for none. */
struct bytes {
	const unsigned char *p;
	size_t n;
};

static bool map(const char *path, struct bytes *ret)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *p = NULL;

	if (fd < 0)
		return false;
	if (fstat(fd, &st) == 0 && st.st_size > 0)
		p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (!p || p == MAP_FAILED)
		return false;
	*ret = (struct bytes){ p, (size_t)st.st_size };
	return true;
}

static void unmap(struct bytes *b)
{
	munmap((void *)(uintptr_t)b->p, b->n);
}

static const char *const accepted[] = { "image/jpeg", "image/png", "application/pdf", "video/mp4" };
static const char *const extension[] = { ".jpg", ".png", ".pdf", ".mp4" };

/*
 * libmagic's word; the database is mapped anew each time (0.1 ms) because a handle must not be shared between
 * threads. Text and archives are not looked into: none of them is accepted.
 */
static enum rc sniff(struct ctx *c, const struct bytes *b, const char **ret_mime)
{
	magic_t m = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_CDF |
			       MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_TEXT | MAGIC_NO_CHECK_JSON | MAGIC_NO_CHECK_CSV);
	const char *found;

	if (!m || magic_load(m, NULL) != 0) {
		if (m)
			magic_close(m);
		return err_set(&c->err, RC_FAILED, REFUSE_internal, "the file type database (libmagic) cannot be loaded");
	}
	found = magic_buffer(m, b->p, b->n);
	*ret_mime = NULL;
	for (size_t i = 0; found && i < ARRAY_LEN(accepted); i++)
		if (strcmp(found, accepted[i]) == 0)
			*ret_mime = accepted[i];
	magic_close(m);
	return RC_OK;
}

/* A PDF that arrived whole ends in its marker, give or take some blanks. */
static bool pdf_is_whole(const struct bytes *b)
{
	size_t tail = b->n < 2048 ? b->n : 2048;

	return b->n > 8 && memcmp(b->p, "%PDF-", 5) == 0 && memmem(b->p + b->n - tail, tail, "%%EOF", 5) != NULL;
}

static uint64_t big_endian(const unsigned char *p, size_t n)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | p[i];
	return v;
}

/* The boxes of an MP4 follow each other to the very end, and one of them is the index. */
static bool mp4_is_whole(const struct bytes *b)
{
	bool has_index = false;
	size_t at = 0;

	while (b->n - at >= 8) {
		uint64_t size = big_endian(b->p + at, 4);

		if (size == 1 && b->n - at >= 16)
			size = big_endian(b->p + at + 8, 8);
		else if (size == 0)
			size = b->n - at;
		if (size < 8 || size > b->n - at)
			return false;
		has_index |= memcmp(b->p + at + 4, "moov", 4) == 0;
		at += size;
	}
	return at == b->n && has_index;
}

static bool copy_file(const struct bytes *b, const char *path)
{
	FILE *f = fopen(path, "wbxe");
	bool ok;

	if (!f)
		return false;
	ok = fwrite(b->p, 1, b->n, f) == b->n;
	return fclose(f) == 0 && ok;
}

static enum rc cannot_write(struct ctx *c)
{
	return err_set(&c->err, RC_UNAVAILABLE, REFUSE_unavailable, "a prepared attachment cannot be written");
}

static enum rc prepare_image(struct ctx *c, const char *path, int64_t size_bytes, struct prepared_file *f)
{
	bool was_png = strcmp(f->mime, "image/png") == 0, keep_png, ok;
	struct image im;

	f->refused = was_png ? image_png_read(path, &im) : image_jpeg_read(path, &im);
	if (f->refused != REFUSE_none)
		return RC_OK;
	keep_png = was_png && (size_bytes <= IMAGE_PNG_KEPT_BYTES || image_has_transparency(&im));
	if (!keep_png || !image_has_transparency(&im))
		image_flatten(&im);
	f->mime = keep_png ? "image/png" : "image/jpeg";
	f->width = im.width;
	f->height = im.height;
	ok = keep_png ? image_png_write(f->path, &im) : image_jpeg_write(f->path, &im);
	image_free(&im);
	return ok ? RC_OK : cannot_write(c);
}

static enum rc prepare_document(struct ctx *c, const struct bytes *b, struct prepared_file *f)
{
	bool is_pdf = strcmp(f->mime, "application/pdf") == 0;

	if (is_pdf ? !pdf_is_whole(b) : !mp4_is_whole(b)) {
		f->refused = REFUSE_file_broken;
		return RC_OK;
	}
	return copy_file(b, f->path) ? RC_OK : cannot_write(c);
}

static enum rc seal_result(struct ctx *c, struct prepared_file *f)
{
	struct bytes b;
	struct hash digest;

	if (!map(f->path, &b))
		return cannot_write(c);
	digest = hash_of(b.p, b.n, NULL);
	memcpy(f->digest, digest.b, sizeof(f->digest));
	f->size_bytes = (int64_t)b.n;
	unmap(&b);
	if (f->size_bytes > REPORT_FILE_BYTES_MAX)
		f->refused = REFUSE_file_too_large;
	return RC_OK;
}

/* Invisible characters that turn the reading direction around make "gpj.exe" look like "exe.jpg". */
static size_t direction_mark(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;

	if (u[0] != 0xE2)
		return 0;
	if (u[1] == 0x80 && ((u[2] >= 0x8B && u[2] <= 0x8F) || (u[2] >= 0xAA && u[2] <= 0xAE)))
		return 3;
	return u[1] == 0x81 && u[2] >= 0xA0 && u[2] <= 0xAF ? 3 : 0;
}

/* The last part of the path, cleaned, with the extension of what the file really is. */
static const char *clean_name(struct arena *a, const char *filename, const char *mime)
{
	const char *slash = strrchr(filename, '/'), *back = strrchr(filename, '\\');
	const char *base = slash > back ? slash + 1 : back ? back + 1 : filename, *ext = "";
	char *name = utf8_clean(a, base, false), *out = name, *dot;

	for (const char *s = name; *s;) {
		size_t skip = direction_mark(s);

		s += skip;
		if (skip == 0)
			*out++ = *s++;
	}
	*out = '\0';
	while (*name == '.' || *name == ' ')
		name++;
	dot = strrchr(name, '.');
	if (dot && strlen(dot) <= 6)
		*dot = '\0';
	for (size_t i = 0; i < ARRAY_LEN(accepted); i++)
		if (mime && strcmp(mime, accepted[i]) == 0)
			ext = extension[i];
	if (*name == '\0')
		return arena_printf(a, "lampiran%s", ext);
	return arena_printf(a, "%.*s%s", (int)utf8_prefix_bytes(name, NAME_POINTS_MAX), name, ext);
}

static enum rc prepare(struct ctx *c, const char *path, const struct bytes *b, const char *tmp_dir,
		       struct prepared_file *f)
{
	unsigned char tag[8];
	char hex[2 * sizeof(tag) + 1];

	TRY(sniff(c, b, &f->mime));
	if (!f->mime) {
		f->refused = REFUSE_file_type;
		return RC_OK;
	}
	rand_secret(tag, sizeof(tag));
	parse_hex_encode(tag, sizeof(tag), hex);
	f->path = arena_printf(c->a, "%s/prepared-%s", tmp_dir, hex);
	if (strncmp(f->mime, "image/", 6) == 0)
		TRY(prepare_image(c, path, (int64_t)b->n, f));
	else
		TRY(prepare_document(c, b, f));
	return f->refused == REFUSE_none ? seal_result(c, f) : RC_OK;
}

enum rc attach_prepare(struct ctx *c, const char *path, const char *filename, const char *tmp_dir,
		       struct prepared_file *ret)
{
	struct prepared_file f = { .refused = REFUSE_none, .name = "", .mime = NULL, .path = "" };
	struct stat st;
	struct bytes b;
	enum rc rc = RC_OK;

	if (stat(path, &st) != 0)
		return err_set(&c->err, RC_FAILED, REFUSE_internal, "an upload's file is gone");
	if (st.st_size == 0) {
		f.refused = REFUSE_file_empty;
	} else if (st.st_size > REPORT_FILE_BYTES_MAX) {
		f.refused = REFUSE_file_too_large;
	} else if (!map(path, &b)) {
		return err_set(&c->err, RC_FAILED, REFUSE_internal, "an upload cannot be read");
	} else {
		rc = prepare(c, path, &b, tmp_dir, &f);
		unmap(&b);
	}
	f.name = clean_name(c->a, filename, f.mime);
	if (rc != RC_OK)
		return rc;
	*ret = f;
	if (f.refused == REFUSE_none)
		attach_choose_place(c, ret);
	return RC_OK;
}
