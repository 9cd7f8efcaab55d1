/* SPDX-License-Identifier: Apache-2.0
 * mail_out - a plain text message as RFC 5322 wants it. Transport is in net.c and folder.c.
 *
 * Nothing that comes from a stranger reaches a header unchecked: addresses with blanks, control characters or
 * brackets are refused, other texts are encoded.
 */
#ifndef CHANNEL_MAIL_OUT_H
#define CHANNEL_MAIL_OUT_H

#include "base/buf.h"
#include "base/day.h"

struct mail {
	const char *from_name, *from, *to; /* bare addresses */
	const char *subject, *text;        /* UTF-8; lines end in \n */
	const char *language;              /* "id" */
	const char *key;                   /* makes the Message-ID: the same key gives the same one */
	struct instant date;
	enum zone zone;
};

/* One address that may stand in a header and in an SMTP command. */
bool mail_out_address_is_safe(const char *address);
/* RC_INVALID for an unsafe address. Lines end in CRLF. */
CHECKED enum rc mail_out_compose(struct buf *b, const struct mail *m, struct err *err);

#endif
