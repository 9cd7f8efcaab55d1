/* SPDX-License-Identifier: Apache-2.0
 * fuzz_image - the same bytes as JPEG, as PNG and as Exif: a picture within its limits or a refusal.
 */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/image.h"
#include "fuzz.h"

static void check(enum refusal r, struct image *im)
{
	if (r != REFUSE_none)
		return;
	BUG_ON(im->width < 1 || im->height < 1 || im->width > IMAGE_SIDE_KEPT || im->height > IMAGE_SIDE_KEPT);
	image_flatten(im);
	image_free(im);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	int orientation = image_exif_orientation(p, n), fd = memfd_create("picture", MFD_CLOEXEC);
	struct image im = { 0 };
	char path[40];

	BUG_ON(orientation < 1 || orientation > 8);
	BUG_ON(fd < 0 || write(fd, p, n) != (ssize_t)n);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	check(image_jpeg_read(path, &im), &im);
	check(image_png_read(path, &im), &im);
	close(fd);
	return 0;
}
