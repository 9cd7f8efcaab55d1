/* SPDX-License-Identifier: Apache-2.0
 * static - the files carried inside the program: style, script, icons, font. Their names hold a hash
 * of their bytes, so browsers keep them for good.
 */
#ifndef WEB_STATIC_H
#define WEB_STATIC_H

#include "web/exchange.h"

/* Answers the exchange when its path is an asset's (GET only); false when it is not. */
bool static_answer(struct exchange *ex);

#endif
