/* SPDX-License-Identifier: Apache-2.0
 * mail_out - headers, encoded words, quoted-printable.
 */
#include "channel/mail_out.h"

#include <string.h>

#include "base/hash.h"
#include "base/parse.h"

bool mail_out_address_is_safe(const char *address)
{
	const char *at = address ? strchr(address, '@') : NULL;
	size_t n = address ? strlen(address) : 0;

	if (!at || at == address || !at[1] || strchr(at + 1, '@') || n > 254)
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)address[i];
		if (c <= 0x20 || c >= 0x7F || strchr("<>()[]\\,;:\"", c))
			return false;
	}
	return true;
}

static bool is_plain(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || (unsigned char)*s >= 0x7F)
			return false;
	return true;
}

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void add_base64(struct buf *b, const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i += 3) {
		unsigned v = (unsigned)p[i] << 16;
		if (i + 1 < n)
			v |= (unsigned)p[i + 1] << 8;
		if (i + 2 < n)
			v |= p[i + 2];
		buf_char(b, base64[v >> 18]);
		buf_char(b, base64[(v >> 12) & 63]);
		buf_char(b, i + 1 < n ? base64[(v >> 6) & 63] : '=');
		buf_char(b, i + 2 < n ? base64[v & 63] : '=');
	}
}

/*
 * Encoded words of at most 39 bytes each, so that the line with its header stays below 76; cut between characters,
 * one a line.
 */
static void add_words(struct buf *b, const char *s)
{
	size_t n = strlen(s);

	for (size_t i = 0; i < n;) {
		size_t len = n - i > 39 ? 39 : n - i;
		while (i + len < n && ((unsigned char)s[i + len] & 0xC0) == 0x80)
			len--;
		if (i > 0)
			buf_lit(b, "\r\n ");
		buf_lit(b, "=?UTF-8?B?");
		add_base64(b, (const unsigned char *)s + i, len);
		buf_lit(b, "?=");
		i += len;
	}
}

/* A text of ours or from the configuration; long or not plain ASCII: encoded words, where a line break is only data. */
static void add_phrase(struct buf *b, const char *s)
{
	if (is_plain(s) && strlen(s) <= 60 && !strpbrk(s, "\"\\=?<>@,;:()"))
		buf_str(b, s);
	else
		add_words(b, s);
}

static void add_date(struct buf *b, struct instant at, enum zone z)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct civil c = instant_civil(at, z);
	int offset = zone_offset_minutes(z);

	buf_printf(b, "Date: %s, %d %s %04d %02d:%02d:%02d +%02d%02d\r\n", days[c.weekday], c.day, months[c.month - 1],
		   c.year, c.hour, c.minute, c.second, offset / 60, offset % 60);
}

static void add_message_id(struct buf *b, const struct mail *m)
{
	struct hash h = hash_of(m->key, strlen(m->key), NULL);
	char hex[33];

	parse_hex_encode(h.b, 16, hex);
	buf_printf(b, "Message-ID: <%s@%s>\r\n", hex, strchr(m->from, '@') + 1);
}

static void add_headers(struct buf *b, const struct mail *m)
{
	buf_lit(b, "From: ");
	if (m->from_name && *m->from_name) {
		add_phrase(b, m->from_name);
		buf_char(b, ' ');
	}
	buf_printf(b, "<%s>\r\nTo: <%s>\r\nSubject: ", m->from, m->to);
	add_phrase(b, m->subject);
	buf_lit(b, "\r\n");
	add_date(b, m->date, m->zone);
	add_message_id(b, m);
	buf_lit(b, "MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n");
	buf_printf(b, "Content-Language: %s\r\n", m->language);
	buf_lit(b, "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
}

/* Lines of at most 76 characters; blanks before a line end are encoded. */
static void add_quoted_printable(struct buf *b, const char *s)
{
	size_t column = 0;

	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		if (c == '\r')
			continue;
		if (c == '\n') {
			buf_lit(b, "\r\n");
			column = 0;
			continue;
		}
		bool at_end = s[1] == '\n' || s[1] == '\r' || !s[1];
		bool plain = (c > 0x20 && c < 0x7F && c != '=') || ((c == ' ' || c == '\t') && !at_end);
		size_t width = plain ? 1 : 3;
		if (column + width > 75) {
			buf_lit(b, "=\r\n");
			column = 0;
		}
		if (plain)
			buf_char(b, (char)c);
		else
			buf_printf(b, "=%02X", c);
		column += width;
	}
	if (column > 0)
		buf_lit(b, "\r\n");
}

enum rc mail_out_compose(struct buf *b, const struct mail *m, struct err *err)
{
	if (!mail_out_address_is_safe(m->from))
		return err_set(err, RC_INVALID, 0, "the sender's address (mail.from) is not a plain address");
	if (!mail_out_address_is_safe(m->to))
		return err_set(err, RC_INVALID, 0, "the recipient's address is not a plain address");
	add_headers(b, m);
	add_quoted_printable(b, m->text);
	return b->overflow ? err_set(err, RC_TOO_LARGE, 0, "message too large") : RC_OK;
}
