/* SPDX-License-Identifier: Apache-2.0
 * hook_out - JSON of one field.
 */
#include "channel/hook_out.h"

void hook_out_compose(struct buf *b, const char *text)
{
	buf_lit(b, "{\"text\":\"");
	for (const char *s = text; *s; s++) {
		unsigned char ch = (unsigned char)*s;

		if (ch == '"' || ch == '\\')
			buf_char(b, '\\');
		if (ch < 0x20)
			buf_printf(b, "\\u%04x", (unsigned)ch);
		else
			buf_char(b, *s);
	}
	buf_lit(b, "\"}");
}
