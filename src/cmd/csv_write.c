/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/csv_write.h"

#include <string.h>

void csv_write_cell(FILE *f, size_t i, const char *text)
{
	bool is_formula = text[0] != '\0' && strchr("=+-@\t\r", text[0]);

	if (i > 0)
		putc(',', f);
	if (!is_formula && !strpbrk(text, ",;\"\r\n\t") && text[0] != ' ') {
		fputs(text, f);
		return;
	}
	putc('"', f);
	if (is_formula)
		putc('\'', f);
	for (; *text; text++) {
		if (*text == '"')
			putc('"', f);
		putc(*text, f);
	}
	putc('"', f);
}

void csv_write_end(FILE *f)
{
	fputs("\r\n", f);
}

void csv_write_mark(FILE *f)
{
	fputs("\xEF\xBB\xBF", f);
}
