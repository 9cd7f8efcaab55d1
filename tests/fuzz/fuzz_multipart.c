/* SPDX-License-Identifier: Apache-2.0
 * Multipart bodies: how the bytes are cut on their way must not change what is read, and names are text.
 */
#include "fuzz.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "web/multipart.h"

/* What came out, written down: two readings are compared as text. */
static bool note_begin(void *arg, const char *name, const char *filename)
{
	BUG_ON(!utf8_is_valid(name, strlen(name)));
	BUG_ON(filename && !utf8_is_valid(filename, strlen(filename)));
	buf_printf(arg, "[%s|%s|", name, filename ? filename : "-");
	return true;
}

static bool note_data(void *arg, const char *p, size_t n)
{
	buf_add(arg, p, n);
	return true;
}

static bool note_end(void *arg)
{
	buf_lit((struct buf *)arg, "]");
	return true;
}

/* step 0: all at once. */
static enum multipart_result read_all(const char *p, size_t n, size_t step, struct buf *out)
{
	struct multipart_sink sink = { note_begin, note_data, note_end, out };
	enum multipart_result rc = MULTIPART_OK;
	struct multipart m;

	multipart_init(&m, "batas", &sink);
	for (size_t at = 0; at < n && rc == MULTIPART_OK;) {
		size_t piece = step == 0 || n - at < step ? n - at : step;

		rc = multipart_feed(&m, p + at, piece);
		at += piece;
	}
	return rc == MULTIPART_OK ? multipart_finish(&m) : rc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const size_t steps[] = { 1, 2, 3, 7, 64 };
	struct buf whole, cut;
	enum multipart_result rc;

	buf_init(&whole, (size_t)1 << 22);
	buf_init(&cut, (size_t)1 << 22);
	rc = read_all((const char *)data, n, 0, &whole);
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		buf_reset(&cut);
		BUG_ON(read_all((const char *)data, n, steps[i], &cut) != rc);
		/* After a refusal only the part read so far may differ. */
		BUG_ON(rc == MULTIPART_OK &&
		       (whole.n != cut.n || memcmp(buf_cstr(&whole), buf_cstr(&cut), cut.n) != 0));
	}
	buf_done(&whole);
	buf_done(&cut);
	return 0;
}
