/* SPDX-License-Identifier: Apache-2.0
 * image_png - PNG in and out (libpng). Its errors arrive by longjmp, as in image_jpeg.
 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <png.h>

#include "app/image.h"

/* No text or profile of a stranger needs more; a bomb of packed chunks does. */
#define CHUNK_BYTES_MAX (1024 * 1024)
#define CHUNKS_KEPT_MAX 64

struct reader {
	png_structp png;
	png_infop info;
	jmp_buf failed;
	FILE *file;
	struct image_scaler scaler;
	png_bytep row, whole;
	png_bytepp rows;
	enum refusal refusal;
};

static void on_error(png_structp png, png_const_charp text)
{
	struct reader *r = png_get_error_ptr(png);

	(void)text;
	longjmp(r->failed, 1);
}

static void on_warning(png_structp png, png_const_charp text)
{
	(void)png;
	(void)text;
}

/* Everything becomes 8 bits RGB or RGBA. Returns the number of channels. */
static int ask_for_rgb(struct reader *r)
{
	int type = png_get_color_type(r->png, r->info);

	png_set_scale_16(r->png);
	png_set_packing(r->png);
	png_set_expand(r->png);
	if (type == PNG_COLOR_TYPE_GRAY || type == PNG_COLOR_TYPE_GRAY_ALPHA)
		png_set_gray_to_rgb(r->png);
	png_set_interlace_handling(r->png);
	png_read_update_info(r->png, r->info);
	return png_get_channels(r->png, r->info);
}

static void *must(void *p)
{
	if (!p)
		BUG("out of memory");
	return p;
}

static void read_rows(struct reader *r, png_uint_32 height, size_t row_bytes, bool is_whole)
{
	if (is_whole) {
		r->whole = must(calloc(height, row_bytes));
		r->rows = must(calloc(height, sizeof(*r->rows)));
		for (png_uint_32 y = 0; y < height; y++)
			r->rows[y] = r->whole + y * row_bytes;
		png_read_image(r->png, r->rows);
	}
	r->row = must(malloc(row_bytes));
	for (png_uint_32 y = 0; y < height; y++) {
		if (!is_whole)
			png_read_row(r->png, r->row, NULL);
		image_scaler_row(&r->scaler, is_whole ? r->rows[y] : r->row);
	}
	png_read_end(r->png, NULL);
}

static void read_all(struct reader *r)
{
	png_uint_32 width, height;
	bool is_whole;
	int channels;

	r->refusal = REFUSE_file_broken;
	if (setjmp(r->failed) != 0) {
		if (r->refusal == REFUSE_none)
			r->refusal = REFUSE_file_broken;
		return;
	}
	png_set_user_limits(r->png, IMAGE_SIDE_MAX * 4, IMAGE_SIDE_MAX * 4);
	png_set_chunk_malloc_max(r->png, CHUNK_BYTES_MAX);
	png_set_chunk_cache_max(r->png, CHUNKS_KEPT_MAX);
	png_init_io(r->png, r->file);
	png_read_info(r->png, r->info);
	width = png_get_image_width(r->png, r->info);
	height = png_get_image_height(r->png, r->info);
	is_whole = png_get_interlace_type(r->png, r->info) != PNG_INTERLACE_NONE;
	r->refusal = image_check_size(width, height, is_whole);
	if (r->refusal != REFUSE_none)
		return;
	channels = ask_for_rgb(r);
	if (channels != 3 && channels != 4) {
		r->refusal = REFUSE_file_broken;
		return;
	}
	image_scaler_begin(&r->scaler, (int)width, (int)height, channels);
	read_rows(r, height, (size_t)width * (size_t)channels, is_whole);
}

enum refusal image_png_read(const char *path, struct image *ret)
{
	struct reader *r = must(calloc(1, sizeof(*r)));
	enum refusal refusal = REFUSE_file_broken;

	r->file = fopen(path, "rbe");
	if (r->file) {
		r->png = must(png_create_read_struct(PNG_LIBPNG_VER_STRING, r, on_error, on_warning));
		r->info = must(png_create_info_struct(r->png));
		read_all(r);
		refusal = r->refusal;
		png_destroy_read_struct(&r->png, &r->info, NULL);
		fclose(r->file);
	}
	if (refusal == REFUSE_none)
		image_scaler_end(&r->scaler, ret);
	else
		image_scaler_drop(&r->scaler);
	free(r->row);
	free(r->rows);
	free(r->whole);
	free(r);
	return refusal;
}

struct writer {
	png_structp png;
	png_infop info;
	jmp_buf failed;
	FILE *file;
	bool ok;
};

static void on_write_error(png_structp png, png_const_charp text)
{
	struct writer *w = png_get_error_ptr(png);

	(void)text;
	longjmp(w->failed, 1);
}

static void write_all(struct writer *w, const struct image *im)
{
	if (setjmp(w->failed) != 0)
		return;
	png_init_io(w->png, w->file);
	png_set_IHDR(w->png, w->info, (png_uint_32)im->width, (png_uint_32)im->height, 8,
		     im->channels == 4 ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
		     PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_write_info(w->png, w->info);
	for (int y = 0; y < im->height; y++)
		png_write_row(w->png, im->pixels + (size_t)y * (size_t)im->width * (size_t)im->channels);
	png_write_end(w->png, w->info);
	w->ok = true;
}

bool image_png_write(const char *path, const struct image *im)
{
	struct writer *w = must(calloc(1, sizeof(*w)));
	bool ok = false;

	w->file = fopen(path, "wbxe");
	if (w->file) {
		w->png = must(png_create_write_struct(PNG_LIBPNG_VER_STRING, w, on_write_error, on_warning));
		w->info = must(png_create_info_struct(w->png));
		write_all(w, im);
		png_destroy_write_struct(&w->png, &w->info);
		ok = fclose(w->file) == 0 && w->ok;
	}
	free(w);
	return ok;
}
