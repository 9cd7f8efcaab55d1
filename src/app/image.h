/* SPDX-License-Identifier: Apache-2.0
 * image - a stranger's photo made anew: decoded under limits, turned upright, made smaller, encoded without
 * anything but its pixels. So a place or a name hidden in the file cannot get through.
 *
 * Codecs are in image_jpeg.c and image_png.c; here is what lies between them: rows in, a picture out.
 * Rows are scaled as they come, so that memory is bound by the picture that is kept, not by the one sent.
 */
#ifndef APP_IMAGE_H
#define APP_IMAGE_H

#include "core/refusal.h"
#include "base/err.h"

#define IMAGE_PIXELS_MAX (50 * 1000 * 1000)
/* Formats that must be held whole while decoding (progressive, interlaced). */
#define IMAGE_WHOLE_PIXELS_MAX (16 * 1000 * 1000)
#define IMAGE_SIDE_MAX 30000
#define IMAGE_SIDE_KEPT 1920
/* A PNG of at most this size stays a PNG: drawings, screenshots. */
#define IMAGE_PNG_KEPT_BYTES (600 * 1024)

/* channels: 3 RGB, 4 RGBA. */
struct image {
	int width, height, channels;
	unsigned char *pixels; /* malloc'd, rows without padding */
};
void image_free(struct image *im);

/* Header only: are the dimensions bearable? */
enum refusal image_check_size(int64_t width, int64_t height, bool must_be_whole);

/* Takes rows of the source, from top to bottom, and averages them into a picture that fits IMAGE_SIDE_KEPT. */
struct image_scaler {
	struct image out;
	int width, height;    /* of the source */
	int row, out_row;     /* next source row; output row being gathered */
	float *sums;          /* of the output row */
	float *line;          /* one source row, scaled in width */
};
void image_scaler_begin(struct image_scaler *s, int width, int height, int channels);
void image_scaler_row(struct image_scaler *s, const unsigned char *pixels);
/* All rows were given: the picture is ret's. */
void image_scaler_end(struct image_scaler *s, struct image *ret);
void image_scaler_drop(struct image_scaler *s);

/* orientation: the Exif value 1..8; others change nothing. */
void image_turn_upright(struct image *im, int orientation);
bool image_has_transparency(const struct image *im);
/* RGBA to RGB on white. */
void image_flatten(struct image *im);

/* REFUSE_none, file_broken (also truncated) or image_too_large. */
enum refusal image_jpeg_read(const char *path, struct image *ret);
enum refusal image_png_read(const char *path, struct image *ret);
/* False when the file cannot be written. */
bool image_jpeg_write(const char *path, const struct image *im);
bool image_png_write(const char *path, const struct image *im);

/* Pure: the orientation in an APP1 segment ("Exif\0\0" and a TIFF directory); 1 when there is none. */
int image_exif_orientation(const unsigned char *p, size_t n);

#endif
