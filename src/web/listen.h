/* SPDX-License-Identifier: Apache-2.0
 * listen - the socket a server listens on, from what an operator types.
 */
#ifndef WEB_LISTEN_H
#define WEB_LISTEN_H

#include "base/err.h"

#define LISTEN_TEXT_MAX 128

/*
 * where: "127.0.0.1:8080", "[::1]:8080", "unix:/run/lapor/web.sock"; port 0 takes a free one. ret_text: where it
 * really listens. The error says what to do.
 */
CHECKED enum rc listen_open(const char *where, int *ret_fd, char ret_text[LISTEN_TEXT_MAX], struct err *err);
/* Removes the file of a unix socket; the descriptor is the caller's to close. */
void listen_done(const char *text);

#endif
