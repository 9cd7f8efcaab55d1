/* SPDX-License-Identifier: Apache-2.0 */
#include "app/image.h"

#include <stdlib.h>
#include <string.h>

void image_free(struct image *im)
{
	free(im->pixels);
	*im = (struct image){ 0 };
}

static void *must(void *p)
{
	if (!p)
		BUG("out of memory");
	return p;
}

enum refusal image_check_size(int64_t width, int64_t height, bool must_be_whole)
{
	if (width < 1 || height < 1)
		return REFUSE_file_broken;
	if (width > IMAGE_SIDE_MAX || height > IMAGE_SIDE_MAX || width * height > IMAGE_PIXELS_MAX)
		return REFUSE_image_too_large;
	if (must_be_whole && width * height > IMAGE_WHOLE_PIXELS_MAX)
		return REFUSE_image_too_large;
	return REFUSE_none;
}

void image_scaler_begin(struct image_scaler *s, int width, int height, int channels)
{
	int longer = width > height ? width : height;

	*s = (struct image_scaler){ .width = width, .height = height };
	s->out = (struct image){ .width = width, .height = height, .channels = channels };
	if (longer > IMAGE_SIDE_KEPT) {
		s->out.width = (int)((int64_t)width * IMAGE_SIDE_KEPT / longer);
		s->out.height = (int)((int64_t)height * IMAGE_SIDE_KEPT / longer);
		s->out.width += s->out.width == 0;
		s->out.height += s->out.height == 0;
	}
	s->out.pixels = must(malloc((size_t)s->out.width * (size_t)s->out.height * (size_t)channels));
	s->sums = must(calloc((size_t)s->out.width * (size_t)channels, sizeof(float)));
	s->line = must(calloc((size_t)s->out.width * (size_t)channels, sizeof(float)));
}

void image_scaler_drop(struct image_scaler *s)
{
	image_free(&s->out);
	free(s->sums);
	free(s->line);
	s->sums = s->line = NULL;
}

/* One pixel as floats; colour weighs by its opacity, so that clear pixels do not darken their neighbours. */
static void load_pixel(const unsigned char *p, int channels, float out[4])
{
	float alpha = channels == 4 ? (float)p[3] / 255.0F : 1.0F;

	for (int k = 0; k < 3; k++)
		out[k] = (float)p[k] * alpha;
	out[3] = channels == 4 ? (float)p[3] : 0.0F;
}

/*
 * Averages a source row into out.width pixels. Both rows are width * out.width units long: a source pixel
 * covers out.width of them, an output pixel covers width.
 */
static void scale_line(struct image_scaler *s, const unsigned char *p)
{
	int channels = s->out.channels, at = 0, room = s->width;
	float unit = 1.0F / (float)s->width, pixel[4];

	memset(s->line, 0, (size_t)s->out.width * (size_t)channels * sizeof(float));
	for (int x = 0; x < s->width; x++, p += channels) {
		int left = s->out.width;

		load_pixel(p, channels, pixel);
		while (left > 0) {
			int part = left < room ? left : room;

			for (int k = 0; k < channels; k++)
				s->line[at * channels + k] += pixel[k] * (float)part * unit;
			left -= part;
			room -= part;
			if (room == 0) {
				at++;
				room = s->width;
			}
		}
	}
}

static unsigned char to_byte(float v)
{
	return v <= 0.0F ? 0 : v >= 254.5F ? 255 : (unsigned char)(v + 0.5F);
}

static void emit_row(struct image_scaler *s)
{
	int channels = s->out.channels;
	unsigned char *out = s->out.pixels + (size_t)s->out_row * (size_t)s->out.width * (size_t)channels;

	for (int x = 0; x < s->out.width; x++, out += channels) {
		const float *sum = s->sums + x * channels;
		float alpha = channels == 4 ? sum[3] / 255.0F : 1.0F;

		for (int k = 0; k < 3; k++)
			out[k] = alpha > 0.0F ? to_byte(sum[k] / alpha) : 0;
		if (channels == 4)
			out[3] = to_byte(sum[3]);
	}
	s->out_row++;
	memset(s->sums, 0, (size_t)s->out.width * (size_t)channels * sizeof(float));
}

static void add_line(struct image_scaler *s, float weight)
{
	size_t n = (size_t)s->out.width * (size_t)s->out.channels;

	for (size_t i = 0; i < n; i++)
		s->sums[i] += s->line[i] * weight;
}

void image_scaler_row(struct image_scaler *s, const unsigned char *pixels)
{
	int64_t begin = (int64_t)s->row * s->out.height, left = s->out.height;
	size_t row_bytes = (size_t)s->width * (size_t)s->out.channels;

	BUG_ON(s->row >= s->height);
	s->row++;
	if (s->out.width == s->width && s->out.height == s->height) {
		memcpy(s->out.pixels + (size_t)s->out_row++ * row_bytes, pixels, row_bytes);
		return;
	}
	scale_line(s, pixels);
	while (left > 0) {
		int64_t room = (int64_t)(s->out_row + 1) * s->height - begin, part = left < room ? left : room;

		add_line(s, (float)part / (float)s->height);
		left -= part;
		begin += part;
		if (part == room)
			emit_row(s);
	}
}

void image_scaler_end(struct image_scaler *s, struct image *ret)
{
	BUG_ON(s->row != s->height || s->out_row != s->out.height);
	*ret = s->out;
	s->out.pixels = NULL;
	image_scaler_drop(s);
}

/* Where the pixel (x, y) of the upright picture stands in the one that was sent, by Exif value. */
static size_t source_index(int orientation, int x, int y, int w, int h)
{
	int sx = x, sy = y;

	switch (orientation) {
	case 2: sx = w - 1 - x; break;
	case 3: sx = w - 1 - x; sy = h - 1 - y; break;
	case 4: sy = h - 1 - y; break;
	case 5: sx = y; sy = x; break;
	case 6: sx = y; sy = h - 1 - x; break;
	case 7: sx = w - 1 - y; sy = h - 1 - x; break;
	case 8: sx = w - 1 - y; sy = x; break;
	default: break;
	}
	return (size_t)sy * (size_t)w + (size_t)sx;
}

void image_turn_upright(struct image *im, int orientation)
{
	bool swaps = orientation >= 5 && orientation <= 8;
	int w = im->width, h = im->height, channels = im->channels;
	int new_w = swaps ? h : w, new_h = swaps ? w : h;
	unsigned char *turned, *out;

	if (orientation < 2 || orientation > 8)
		return;
	turned = out = must(malloc((size_t)w * (size_t)h * (size_t)channels));
	for (int y = 0; y < new_h; y++) {
		for (int x = 0; x < new_w; x++, out += channels)
			memcpy(out, im->pixels + source_index(orientation, x, y, w, h) * (size_t)channels, (size_t)channels);
	}
	free(im->pixels);
	*im = (struct image){ new_w, new_h, channels, turned };
}

bool image_has_transparency(const struct image *im)
{
	size_t n = (size_t)im->width * (size_t)im->height;

	if (im->channels != 4)
		return false;
	for (size_t i = 0; i < n; i++)
		if (im->pixels[i * 4 + 3] != 255)
			return true;
	return false;
}

void image_flatten(struct image *im)
{
	size_t n = (size_t)im->width * (size_t)im->height;

	if (im->channels != 4)
		return;
	for (size_t i = 0; i < n; i++) {
		const unsigned char *p = im->pixels + i * 4;
		unsigned alpha = p[3];

		/* Writing lags behind reading, so the same memory serves both. */
		for (size_t k = 0; k < 3; k++)
			im->pixels[i * 3 + k] = (unsigned char)((p[k] * alpha + 255 * (255 - alpha) + 127) / 255);
	}
	im->channels = 3;
}

static unsigned get16(const unsigned char *p, bool big)
{
	return big ? (unsigned)p[0] << 8 | p[1] : (unsigned)p[1] << 8 | p[0];
}

static uint32_t get32(const unsigned char *p, bool big)
{
	return big ? (uint32_t)get16(p, big) << 16 | get16(p + 2, big) : (uint32_t)get16(p + 2, big) << 16 | get16(p, big);
}

int image_exif_orientation(const unsigned char *p, size_t n)
{
	bool big;
	uint32_t ifd;
	unsigned entries;

	if (n < 14 || memcmp(p, "Exif\0\0", 6) != 0)
		return 1;
	p += 6;
	n -= 6;
	big = p[0] == 'M';
	if (memcmp(p, big ? "MM" : "II", 2) != 0 || get16(p + 2, big) != 42)
		return 1;
	ifd = get32(p + 4, big);
	if (ifd > n - 2 || ifd < 8)
		return 1;
	entries = get16(p + ifd, big);
	for (unsigned i = 0; i < entries; i++) {
		size_t at = (size_t)ifd + 2 + (size_t)i * 12;

		if (at + 12 > n)
			return 1;
		/* Tag 0x0112, type SHORT, one value. */
		if (get16(p + at, big) == 0x0112 && get16(p + at + 2, big) == 3 && get32(p + at + 4, big) == 1) {
			unsigned v = get16(p + at + 8, big);

			return v >= 1 && v <= 8 ? (int)v : 1;
		}
	}
	return 1;
}
