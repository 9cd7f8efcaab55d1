/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>

#include "app/attach.h"
#include "app/image.h"
#include "base/buf.h"
#include "base/hash.h"

struct desk {
	struct ctx c;
	char dir[64], in[100];
};

static int set_up(void **state)
{
	struct desk *d = calloc(1, sizeof(*d));

	d->c.a = arena_new(1 << 20);
	snprintf(d->dir, sizeof(d->dir), "/tmp/lapor-attach-XXXXXX");
	assert_non_null(mkdtemp(d->dir));
	snprintf(d->in, sizeof(d->in), "%s/in", d->dir);
	*state = d;
	return 0;
}

static int tear_down(void **state)
{
	struct desk *d = *state;
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s'", d->dir);
	assert_int_equal(system(command), 0);
	arena_free(d->c.a);
	free(d);
	return 0;
}

static void put(const struct desk *d, const void *p, size_t n)
{
	FILE *f = fopen(d->in, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

static struct buf get(const char *path)
{
	struct buf b;
	char piece[4096];
	size_t n;
	FILE *f = fopen(path, "rb");

	assert_non_null(f);
	buf_init(&b, 64 << 20);
	while ((n = fread(piece, 1, sizeof(piece), f)) > 0)
		buf_add(&b, piece, n);
	fclose(f);
	return b;
}

/* Left half red, right half blue; with alpha the right half is half clear. */
static struct image two_halves(int w, int h, int channels)
{
	struct image im = { w, h, channels, malloc((size_t)w * (size_t)h * (size_t)channels) };

	assert_non_null(im.pixels);
	for (int y = 0; y < h; y++) {
		for (int x = 0; x < w; x++) {
			unsigned char *p = im.pixels + ((size_t)y * (size_t)w + (size_t)x) * (size_t)channels;
			bool left = x < w / 2;

			p[0] = left ? 230 : 20;
			p[1] = 20;
			p[2] = left ? 20 : 230;
			if (channels == 4)
				p[3] = left ? 255 : 128;
		}
	}
	return im;
}

static void put_image(struct desk *d, int w, int h, int channels, bool png)
{
	struct image im = two_halves(w, h, channels);

	unlink(d->in);
	assert_true(png ? image_png_write(d->in, &im) : image_jpeg_write(d->in, &im));
	image_free(&im);
}

static struct prepared_file prepare(struct desk *d, const char *filename)
{
	struct prepared_file f = { 0 };

	assert_int_equal(attach_prepare(&d->c, d->in, filename, d->dir, &f), RC_OK);
	return f;
}

static bool is_red(const struct image *im, int x, int y)
{
	const unsigned char *p = im->pixels + ((size_t)y * (size_t)im->width + (size_t)x) * (size_t)im->channels;

	return p[0] > 180 && p[2] < 80;
}

/* An APP1 segment with the orientation and, further on, a place. */
static void put_jpeg_with_exif(struct desk *d, int orientation)
{
	static const char place[] = "GPSLatitude -6.175392 GPSLongitude 106.827153 Budi";
	unsigned char exif[4 + 6 + 8 + 2 + 12 + 4] = {
		0xFF, 0xE1, 0, 0, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1,
		0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (unsigned char)orientation, 0, 0, 0, 0, 0, 0,
	};
	struct buf whole, plain;

	put_image(d, 40, 20, 3, false);
	plain = get(d->in);
	exif[3] = (unsigned char)(sizeof(exif) - 2 + sizeof(place));
	buf_init(&whole, 1 << 20);
	buf_add(&whole, plain.p, 2);
	buf_add(&whole, exif, sizeof(exif));
	buf_add(&whole, place, sizeof(place));
	buf_add(&whole, plain.p + 2, plain.n - 2);
	put(d, whole.p, whole.n);
	buf_done(&whole);
	buf_done(&plain);
}

static void the_place_in_a_photo_is_gone_and_the_photo_upright(void **state)
{
	struct desk *d = *state;
	struct prepared_file f;
	struct buf before, after;
	struct image im;
	struct hash digest;

	put_jpeg_with_exif(d, 6);
	before = get(d->in);
	assert_non_null(memmem(before.p, before.n, "GPSLatitude", 11));
	f = prepare(d, "IMG_2041.JPG");
	assert_int_equal(f.refused, REFUSE_none);
	assert_string_equal(f.mime, "image/jpeg");
	assert_string_equal(f.name, "IMG_2041.jpg");
	assert_int_equal(f.width, 20);
	assert_int_equal(f.height, 40);
	after = get(f.path);
	assert_null(memmem(after.p, after.n, "GPS", 3));
	assert_null(memmem(after.p, after.n, "Exif", 4));
	assert_null(memmem(after.p, after.n, "Budi", 4));
	assert_int_equal(f.size_bytes, after.n);
	digest = hash_of(after.p, after.n, NULL);
	assert_memory_equal(f.digest, digest.b, 32);
	/* 6: the left edge of what was stored is the top of what was seen. */
	assert_int_equal(image_jpeg_read(f.path, &im), REFUSE_none);
	assert_true(is_red(&im, 10, 5));
	assert_false(is_red(&im, 10, 35));
	image_free(&im);
	buf_done(&before);
	buf_done(&after);
}

static void every_orientation_brings_the_red_side_to_its_place(void **state)
{
	/* By Exif value: left, right, top, bottom. */
	static const char red_at[] = "-LRRLTTBB";
	struct desk *d = *state;

	for (int o = 1; o <= 8; o++) {
		struct image im;

		put_jpeg_with_exif(d, o);
		assert_int_equal(image_jpeg_read(d->in, &im), REFUSE_none);
		assert_int_equal(im.width, o >= 5 ? 20 : 40);
		switch (red_at[o]) {
		case 'L': assert_true(is_red(&im, 5, 10)); assert_false(is_red(&im, 35, 10)); break;
		case 'R': assert_false(is_red(&im, 5, 10)); assert_true(is_red(&im, 35, 10)); break;
		case 'T': assert_true(is_red(&im, 10, 5)); assert_false(is_red(&im, 10, 35)); break;
		default: assert_false(is_red(&im, 10, 5)); assert_true(is_red(&im, 10, 35)); break;
		}
		image_free(&im);
	}
}

static void large_photos_become_smaller_and_keep_their_shape(void **state)
{
	static const struct { int w, h, new_w, new_h; bool png; } sizes[] = {
		{ 4000, 3000, 1920, 1440, false }, { 3000, 4000, 1440, 1920, false }, { 1920, 1080, 1920, 1080, false },
		{ 2500, 40, 1920, 30, true }, { 1921, 1, 1920, 1, true }, { 1, 1, 1, 1, false },
	};
	struct desk *d = *state;

	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct prepared_file f;
		struct image im;

		put_image(d, sizes[i].w, sizes[i].h, 3, sizes[i].png);
		f = prepare(d, "a.jpg");
		assert_int_equal(f.refused, REFUSE_none);
		assert_int_equal(f.width, sizes[i].new_w);
		assert_int_equal(f.height, sizes[i].new_h);
		assert_int_equal(sizes[i].png ? image_png_read(f.path, &im) : image_jpeg_read(f.path, &im), REFUSE_none);
		if (im.width > 100) {
			assert_true(is_red(&im, im.width / 4, im.height / 2));
			assert_false(is_red(&im, im.width * 3 / 4, im.height / 2));
		}
		image_free(&im);
		unlink(f.path);
	}
}

static void a_clear_png_stays_clear(void **state)
{
	struct desk *d = *state;
	struct prepared_file f;
	struct image im;

	put_image(d, 2400, 100, 4, true);
	f = prepare(d, "logo.png");
	assert_int_equal(f.refused, REFUSE_none);
	assert_string_equal(f.mime, "image/png");
	assert_int_equal(image_png_read(f.path, &im), REFUSE_none);
	assert_int_equal(im.channels, 4);
	assert_true(image_has_transparency(&im));
	/* Half-clear blue stays blue: colour was weighed by opacity. */
	assert_in_range(im.pixels[(size_t)im.width * 4 - 2], 225, 235);
	assert_in_range(im.pixels[(size_t)im.width * 4 - 1], 126, 130);
	image_free(&im);
}

static void what_was_cut_off_is_refused_as_broken(void **state)
{
	struct desk *d = *state;
	struct buf whole;

	for (int png = 0; png < 2; png++) {
		put_image(d, 640, 480, 3, png);
		whole = get(d->in);
		for (size_t part = 1; part < 8; part++) {
			put(d, whole.p, whole.n * part / 8);
			assert_int_equal(prepare(d, "a.jpg").refused, REFUSE_file_broken);
		}
		put(d, whole.p, whole.n - 20);
		assert_int_equal(prepare(d, "a.jpg").refused, REFUSE_file_broken);
		buf_done(&whole);
	}
}

static void chunk(struct buf *b, const char type[4], const void *p, size_t n)
{
	unsigned char size[4] = { 0, 0, (unsigned char)(n >> 8), (unsigned char)n }, sum[4];
	uLong crc = crc32(crc32(0, (const Bytef *)type, 4), p, (uInt)n);

	for (int i = 0; i < 4; i++)
		sum[i] = (unsigned char)(crc >> (24 - 8 * i));
	buf_add(b, size, 4);
	buf_add(b, type, 4);
	buf_add(b, p, n);
	buf_add(b, sum, 4);
}

static void a_picture_of_too_many_pixels_is_refused_by_its_header(void **state)
{
	static const struct { int w, h; unsigned char interlace; enum refusal refused; } bombs[] = {
		{ 50000, 50000, 0, REFUSE_image_too_large }, { 40000, 10, 0, REFUSE_image_too_large },
		{ 8000, 7000, 0, REFUSE_image_too_large }, { 5000, 5000, 1, REFUSE_image_too_large },
		/* Bearable by its header, but nothing follows. */
		{ 5000, 5000, 0, REFUSE_file_broken },
	};
	struct desk *d = *state;

	for (size_t i = 0; i < ARRAY_LEN(bombs); i++) {
		struct buf b;
		unsigned char ihdr[13] = { 0, 0, (unsigned char)(bombs[i].w >> 8), (unsigned char)bombs[i].w, 0, 0,
					   (unsigned char)(bombs[i].h >> 8), (unsigned char)bombs[i].h, 8, 2, 0, 0,
					   bombs[i].interlace };

		buf_init(&b, 4096);
		buf_add(&b, "\x89PNG\r\n\x1a\n", 8);
		chunk(&b, "IHDR", ihdr, sizeof(ihdr));
		chunk(&b, "IDAT", "x\x9c\x03\x00\x00\x00\x00\x01", 8);
		put(d, b.p, b.n);
		assert_int_equal(prepare(d, "bom.png").refused, bombs[i].refused);
		buf_done(&b);
	}
}

static void the_type_is_what_the_bytes_say(void **state)
{
	static const struct { const char *bytes, *filename; enum refusal refused; } files[] = {
		{ "<html><script>alert(1)</script></html>", "foto.jpg", REFUSE_file_type },
		{ "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>", "foto.png", REFUSE_file_type },
		{ "GIF89a\x01\x01", "foto.jpg", REFUSE_file_type },
		{ "MZ\x90", "foto.jpg", REFUSE_file_type },
		{ "PK\x03\x04zip", "surat.pdf", REFUSE_file_type },
		{ "plain text", "catatan.txt", REFUSE_file_type },
		{ "\xFF\xD8\xFF\xE0 no picture follows", "foto.jpg", REFUSE_file_broken },
		{ "%PDF-1.4 cut off", "surat.pdf", REFUSE_file_broken },
		{ "%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n", "surat.pdf", REFUSE_none },
		{ "", "kosong.jpg", REFUSE_file_empty },
	};
	struct desk *d = *state;

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		struct prepared_file f;

		put(d, files[i].bytes, strlen(files[i].bytes));
		f = prepare(d, files[i].filename);
		if (f.refused != files[i].refused)
			fail_msg("%s (%zu): refused %d", files[i].filename, i, (int)f.refused);
	}
}

static void a_film_is_kept_when_its_boxes_are_whole(void **state)
{
	static const char film[] = "\0\0\0\x18" "ftypisom\0\0\2\0isomiso2" "\0\0\0\x0C" "moovabcd" "\0\0\0\x10" "mdat01234567";
	struct desk *d = *state;
	struct prepared_file f;

	put(d, film, sizeof(film) - 1);
	f = prepare(d, "VID.mp4");
	assert_int_equal(f.refused, REFUSE_none);
	assert_string_equal(f.mime, "video/mp4");
	assert_int_equal(f.size_bytes, sizeof(film) - 1);
	put(d, film, sizeof(film) - 4);
	assert_int_equal(prepare(d, "VID.mp4").refused, REFUSE_file_broken);
	put(d, film, 24);
	assert_int_equal(prepare(d, "VID.mp4").refused, REFUSE_file_broken);
}

static void a_file_past_the_limit_is_refused_unread(void **state)
{
	struct desk *d = *state;

	put(d, "x", 1);
	assert_int_equal(truncate(d->in, REPORT_FILE_BYTES_MAX + 1), 0);
	assert_int_equal(prepare(d, "a.jpg").refused, REFUSE_file_too_large);
}

static void hostile_names_become_plain_ones(void **state)
{
	static const struct { const char *sent, *kept; } names[] = {
		{ "../../etc/passwd", "passwd.pdf" },
		{ "C:\\Users\\Budi\\surat.PDF", "surat.pdf" },
		{ "a\nb\".pdf", NULL },
		{ "", "lampiran.pdf" },
		{ "...", "lampiran.pdf" },
		{ "foto\xE2\x80\xAEgpj.exe", "fotogpj.pdf" },
		{ "surat.pdf.exe", "surat.pdf.pdf" },
	};
	struct desk *d = *state;

	put(d, "%PDF-1.4\n%%EOF\n", 15);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct prepared_file f = prepare(d, names[i].sent);

		if (names[i].kept)
			assert_string_equal(f.name, names[i].kept);
		assert_null(strpbrk(f.name, "/\\\n\r"));
	}
}

static void exif_that_lies_about_its_size_changes_nothing(void **state)
{
	unsigned char e[] = { 'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0,
			      0x12, 1, 3, 0, 1, 0, 0, 0, 8, 0, 0, 0 };

	(void)state;
	assert_int_equal(image_exif_orientation(e, sizeof(e)), 8);
	for (size_t n = 0; n < sizeof(e); n++)
		assert_in_range(image_exif_orientation(e, n), 1, 8);
	e[10] = 0xFF;
	e[13] = 0xFF;
	assert_int_equal(image_exif_orientation(e, sizeof(e)), 1);
	e[10] = 8;
	e[13] = 0;
	e[24] = 9;
	assert_int_equal(image_exif_orientation(e, sizeof(e)), 1);
	e[24] = 8;
	e[14] = 0xFF;
	e[15] = 0xFF;
	e[16] = 0;
	assert_int_equal(image_exif_orientation(e, sizeof(e)), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_place_in_a_photo_is_gone_and_the_photo_upright),
		TEST(every_orientation_brings_the_red_side_to_its_place),
		TEST(large_photos_become_smaller_and_keep_their_shape),
		TEST(a_clear_png_stays_clear),
		TEST(what_was_cut_off_is_refused_as_broken),
		TEST(a_picture_of_too_many_pixels_is_refused_by_its_header),
		TEST(the_type_is_what_the_bytes_say),
		TEST(a_film_is_kept_when_its_boxes_are_whole),
		TEST(a_file_past_the_limit_is_refused_unread),
		TEST(hostile_names_become_plain_ones),
		cmocka_unit_test(exif_that_lies_about_its_size_changes_nothing),
	};

	hash_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
