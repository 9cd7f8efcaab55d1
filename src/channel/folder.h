/* SPDX-License-Identifier: Apache-2.0
 * folder - messages as files in a folder: for demonstrations, tests, and relays that pick them up.
 */
#ifndef CHANNEL_FOLDER_H
#define CHANNEL_FOLDER_H

#include "base/err.h"

/* Appears under its name only when it is whole; the same name again replaces it. The folder is made when missing. */
CHECKED enum rc folder_write(const char *dir, const char *name, const char *p, size_t n, struct err *err);

#endif
