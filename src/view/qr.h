/* SPDX-License-Identifier: Apache-2.0
 * qr - a QR code as inline SVG: one path, no style, readable on paper (libqrencode behind it).
 */
#ifndef VIEW_QR_H
#define VIEW_QR_H

#include "base/arena.h"
#include "view/out.h"

/* label: what a screen reader says. Empty markup when the text does not fit into a QR code. */
struct html qr_svg(struct arena *a, const char *text, const char *label);

#endif
