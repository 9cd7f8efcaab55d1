/* SPDX-License-Identifier: Apache-2.0
 * Tables from outside (CSV): every cell is clean text, lines only grow, and the end is reached.
 */
#include "fuzz.h"

#include <string.h>

#include "base/utf8.h"
#include "cmd/sheet_csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new((size_t)64 << 20);
	struct sheet_csv csv;
	struct sheet_row row;
	int64_t line = 0, rows = 0;

	sheet_csv_begin(&csv, (const char *)data, n, "Tracking ID");
	while (sheet_csv_next(&csv, a, &row)) {
		BUG_ON(row.line < line || row.n > SHEET_COLUMNS_MAX);
		BUG_ON(++rows > (int64_t)n + 1);
		line = row.line;
		for (size_t i = 0; i < row.n; i++)
			BUG_ON(!utf8_is_valid(row.cell[i].text, strlen(row.cell[i].text)));
		arena_reset(a);
	}
	arena_free(a);
	return 0;
}
