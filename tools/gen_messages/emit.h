/* SPDX-License-Identifier: Apache-2.0
 * emit - a checked catalogue becomes messages.h and messages.c.
 */
#ifndef GEN_MESSAGES_EMIT_H
#define GEN_MESSAGES_EMIT_H

#include "catalogue.h"

void emit_header(const struct catalogue *c, struct text *out);
void emit_code(const struct catalogue *c, struct text *out);

#endif
