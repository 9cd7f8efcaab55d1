/* SPDX-License-Identifier: Apache-2.0
 * periodic_text - a form (core/periodic_form.h) as the canonical JSON that its digest is made over, and back.
 */
#ifndef APP_PERIODIC_TEXT_H
#define APP_PERIODIC_TEXT_H

#include "base/arena.h"
#include "core/periodic_form.h"

const char *periodic_text_write(struct arena *a, const struct periodic_form *f);
/* RC_FAILED: it is no such text. */
CHECKED enum rc periodic_text_read(struct arena *a, const char *content, struct periodic_form *ret, struct err *err);

#endif
