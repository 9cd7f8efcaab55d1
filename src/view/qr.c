/* SPDX-License-Identifier: Apache-2.0 */
#include "view/qr.h"

#include <qrencode.h>
#include <string.h>

#define QR_SVG_MAX (64 * 1024)
#define QR_SIZE_PX 176

/* Runs of dark modules in a row become one rectangle of the path. */
static void add_path(struct buf *b, const QRcode *q)
{
	for (int y = 0; y < q->width; y++)
		for (int x = 0; x < q->width;) {
			int run = 0;

			while (x + run < q->width && (q->data[y * q->width + x + run] & 1))
				run++;
			if (run > 0)
				buf_printf(b, "M%d %dh%dv1H%dz", x, y, run, x);
			x += run > 0 ? run : 1;
		}
}

struct html qr_svg(struct arena *a, const char *text, const char *label)
{
	QRcode *q = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	struct html html = { "", 0 };
	struct out o;
	struct buf b;

	if (!q)
		return html;
	buf_init(&b, QR_SVG_MAX);
	out_begin(&o, &b, LANG_ID, ZONE_WIB);
	buf_printf(&b,
		   "<svg class=\"qr\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" "
		   "aria-label=\"",
		   q->width, q->width, QR_SIZE_PX, QR_SIZE_PX);
	out_text(&o, label);
	buf_lit(&b, "\" shape-rendering=\"crispEdges\"><path fill=\"#000\" d=\"");
	add_path(&b, q);
	buf_lit(&b, "\"/></svg>");
	if (!b.overflow)
		html = (struct html){ arena_strndup(a, b.p, b.n), b.n };
	out_end(&o);
	buf_done(&b);
	QRcode_free(q);
	return html;
}
