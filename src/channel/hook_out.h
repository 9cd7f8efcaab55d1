/* SPDX-License-Identifier: Apache-2.0
 * hook_out - a message to a group as web hooks take it: {"text": "..."}. Transport is in net.c.
 */
#ifndef CHANNEL_HOOK_OUT_H
#define CHANNEL_HOOK_OUT_H

#include "base/buf.h"

void hook_out_compose(struct buf *b, const char *text);

#endif
