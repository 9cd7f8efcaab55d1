/* SPDX-License-Identifier: Apache-2.0
 * image_jpeg - JPEG in and out (libjpeg-turbo). Its errors arrive by longjmp: everything that lives
 * across a setjmp is in struct reader or struct writer.
 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

#include "app/image.h"

#define QUALITY 82
/* A progressive file of few bytes may ask for thousands of passes over the whole picture. */
#define SCANS_MAX 64

struct reader {
	struct jpeg_error_mgr errors; /* first: the library hands back a pointer to it */
	struct jpeg_progress_mgr progress;
	struct jpeg_decompress_struct jpeg;
	jmp_buf failed;
	FILE *file;
	bool is_broken;
	int orientation;
	struct image_scaler scaler;
	unsigned char *row, *rgb;
	enum refusal refusal;
};

static void on_error(j_common_ptr c)
{
	struct reader *r = (struct reader *)(void *)c->err;

	r->is_broken = true;
	longjmp(r->failed, 1);
}

/* Warnings that mean missing or garbled picture data; the library would fill the rest with grey. */
static void on_message(j_common_ptr c, int level)
{
	struct reader *r = (struct reader *)(void *)c->err;

	if (level >= 0)
		return;
	switch (c->err->msg_code) {
	case JWRN_JPEG_EOF:
	case JWRN_HIT_MARKER:
	case JWRN_HUFF_BAD_CODE:
	case JWRN_ARITH_BAD_CODE:
	case JWRN_MUST_RESYNC:
	case JWRN_BOGUS_PROGRESSION:
		r->is_broken = true;
		break;
	default:
		break;
	}
}

static void on_progress(j_common_ptr c)
{
	const struct jpeg_decompress_struct *jpeg = (const struct jpeg_decompress_struct *)(void *)c;

	if (jpeg->input_scan_number > SCANS_MAX)
		on_error(c);
}

static void read_orientation(struct reader *r)
{
	r->orientation = 1;
	for (jpeg_saved_marker_ptr m = r->jpeg.marker_list; m; m = m->next) {
		if (m->marker != JPEG_APP0 + 1)
			continue;
		r->orientation = image_exif_orientation(m->data, m->data_length);
		if (r->orientation != 1)
			return;
	}
}

/* Lets the decoder itself leave out what would be averaged away: by 2, 4 or 8. */
static void choose_scale(struct jpeg_decompress_struct *jpeg)
{
	unsigned longer = jpeg->image_width > jpeg->image_height ? jpeg->image_width : jpeg->image_height;
	unsigned denominator = 1;

	while (denominator < 8 && longer / (denominator * 2) >= IMAGE_SIDE_KEPT)
		denominator *= 2;
	jpeg->scale_num = 1;
	jpeg->scale_denom = denominator;
}

/* Print-shop colours, mostly stored inverted (Adobe); good enough for a photo of evidence. */
static void cmyk_to_rgb(const struct reader *r)
{
	const unsigned char *in = r->row;
	unsigned char *out = r->rgb;
	bool inverted = r->jpeg.saw_Adobe_marker;

	for (unsigned x = 0; x < r->jpeg.output_width; x++, in += 4, out += 3) {
		unsigned k = inverted ? in[3] : 255U - in[3];

		for (int i = 0; i < 3; i++)
			out[i] = (unsigned char)((inverted ? in[i] : 255U - in[i]) * k / 255U);
	}
}

static void decode(struct reader *r)
{
	struct jpeg_decompress_struct *jpeg = &r->jpeg;
	bool is_cmyk = jpeg->num_components == 4;

	jpeg->out_color_space = is_cmyk ? JCS_CMYK : JCS_RGB;
	choose_scale(jpeg);
	jpeg_start_decompress(jpeg);
	r->row = malloc((size_t)jpeg->output_width * 4);
	r->rgb = malloc((size_t)jpeg->output_width * 3);
	if (!r->row || !r->rgb)
		BUG("out of memory");
	image_scaler_begin(&r->scaler, (int)jpeg->output_width, (int)jpeg->output_height, 3);
	while (jpeg->output_scanline < jpeg->output_height) {
		jpeg_read_scanlines(jpeg, &r->row, 1);
		if (is_cmyk)
			cmyk_to_rgb(r);
		image_scaler_row(&r->scaler, is_cmyk ? r->rgb : r->row);
	}
	jpeg_finish_decompress(jpeg);
}

static void read_all(struct reader *r)
{
	struct jpeg_decompress_struct *jpeg = &r->jpeg;

	if (setjmp(r->failed) != 0)
		return;
	jpeg_create_decompress(jpeg);
	jpeg->progress = &r->progress;
	jpeg_save_markers(jpeg, JPEG_APP0 + 1, 0xFFFF);
	jpeg_stdio_src(jpeg, r->file);
	jpeg_read_header(jpeg, TRUE);
	r->refusal = image_check_size(jpeg->image_width, jpeg->image_height, jpeg_has_multiple_scans(jpeg));
	if (r->refusal != REFUSE_none)
		return;
	read_orientation(r);
	decode(r);
}

enum refusal image_jpeg_read(const char *path, struct image *ret)
{
	struct reader *r = calloc(1, sizeof(*r));
	enum refusal refusal;

	if (!r)
		BUG("out of memory");
	r->file = fopen(path, "rbe");
	if (!r->file) {
		free(r);
		return REFUSE_file_broken;
	}
	r->jpeg.err = jpeg_std_error(&r->errors);
	r->errors.error_exit = on_error;
	r->errors.emit_message = on_message;
	r->progress.progress_monitor = on_progress;
	read_all(r);
	refusal = r->refusal != REFUSE_none ? r->refusal : r->is_broken ? REFUSE_file_broken : REFUSE_none;
	if (refusal == REFUSE_none) {
		image_scaler_end(&r->scaler, ret);
		image_turn_upright(ret, r->orientation);
	} else {
		image_scaler_drop(&r->scaler);
	}
	jpeg_destroy_decompress(&r->jpeg);
	fclose(r->file);
	free(r->row);
	free(r->rgb);
	free(r);
	return refusal;
}

struct writer {
	struct jpeg_error_mgr errors;
	struct jpeg_compress_struct jpeg;
	jmp_buf failed;
	FILE *file;
	bool ok;
};

static void on_write_error(j_common_ptr c)
{
	struct writer *w = (struct writer *)(void *)c->err;

	longjmp(w->failed, 1);
}

static void write_all(struct writer *w, const struct image *im)
{
	struct jpeg_compress_struct *jpeg = &w->jpeg;

	if (setjmp(w->failed) != 0)
		return;
	jpeg_create_compress(jpeg);
	jpeg_stdio_dest(jpeg, w->file);
	jpeg->image_width = (JDIMENSION)im->width;
	jpeg->image_height = (JDIMENSION)im->height;
	jpeg->input_components = 3;
	jpeg->in_color_space = JCS_RGB;
	jpeg_set_defaults(jpeg);
	jpeg_set_quality(jpeg, QUALITY, TRUE);
	jpeg->optimize_coding = TRUE;
	jpeg_start_compress(jpeg, TRUE);
	while (jpeg->next_scanline < jpeg->image_height) {
		JSAMPROW row = im->pixels + (size_t)jpeg->next_scanline * (size_t)im->width * 3;

		jpeg_write_scanlines(jpeg, &row, 1);
	}
	jpeg_finish_compress(jpeg);
	w->ok = true;
}

bool image_jpeg_write(const char *path, const struct image *im)
{
	struct writer *w = calloc(1, sizeof(*w));
	bool ok;

	if (!w)
		BUG("out of memory");
	BUG_ON(im->channels != 3);
	w->file = fopen(path, "wbxe");
	if (!w->file) {
		free(w);
		return false;
	}
	w->jpeg.err = jpeg_std_error(&w->errors);
	w->errors.error_exit = on_write_error;
	write_all(w, im);
	jpeg_destroy_compress(&w->jpeg);
	ok = fclose(w->file) == 0 && w->ok;
	free(w);
	return ok;
}
