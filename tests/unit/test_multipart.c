/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/rand.h"
#include "web/multipart.h"

/* Writes down what the parser says: "<name[;filename]:data>" per part. */
static bool note_begin(void *arg, const char *name, const char *filename)
{
	struct buf *b = arg;

	buf_printf(b, "<%s", name);
	if (filename)
		buf_printf(b, ";%s", filename);
	buf_char(b, ':');
	return strcmp(name, "stop") != 0;
}

static bool note_data(void *arg, const char *p, size_t n)
{
	buf_add(arg, p, n);
	return true;
}

static bool note_end(void *arg)
{
	buf_char(arg, '>');
	return true;
}

/* Feeds the body in pieces of the given size. */
static enum multipart_result parse(const char *body, size_t n, size_t piece, struct buf *notes)
{
	struct multipart_sink sink = { note_begin, note_data, note_end, notes };
	struct multipart m;
	enum multipart_result r = MULTIPART_OK;

	multipart_init(&m, "XX", &sink);
	for (size_t i = 0; i < n && r == MULTIPART_OK; i += piece)
		r = multipart_feed(&m, body + i, n - i < piece ? n - i : piece);
	return r == MULTIPART_OK ? multipart_finish(&m) : r;
}

#define FIELD(name, data) "--XX\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" data "\r\n"
#define END "--XX--\r\n"

static const struct {
	const char *body;
	enum multipart_result result;
	const char *notes;
} samples[] = {
	{ FIELD("a", "1") END, MULTIPART_OK, "<a:1>" },
	{ FIELD("a", "") END, MULTIPART_OK, "<a:>" },
	{ FIELD("a", "1") FIELD("b", "2") END, MULTIPART_OK, "<a:1><b:2>" },
	{ END, MULTIPART_OK, "" },
	{ "preamble\r\n" FIELD("a", "1") END "epilogue --XX\r\n", MULTIPART_OK, "<a:1>" },
	{ FIELD("a", "x\r\n--X") END, MULTIPART_OK, "<a:x\r\n--X>" },
	{ FIELD("a", "\r\r\n\r\n-") END, MULTIPART_OK, "<a:\r\r\n\r\n->" },
	{ FIELD("a", "--XX--") END, MULTIPART_OK, "<a:--XX-->" },
	{ "--XX  \r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--XX--", MULTIPART_OK, "<a:1>" },
	{ "--XX\r\ncontent-disposition:form-data;name=\"f\" ; filename=\"x y.jpg\"\r\nContent-Type: image/jpeg\r\n\r\nJ\r\n" END,
	  MULTIPART_OK, "<f;x y.jpg:J>" },
	{ "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n\r\n\r\n" END, MULTIPART_OK, "<f;:>" },
	{ "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"C:\\dir\\a.jpg\"\r\n\r\nJ\r\n" END, MULTIPART_OK,
	  "<f;C:\\dir\\a.jpg:J>" },
	{ "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\\\"b\"; filename*=UTF-8''q\r\n\r\nJ\r\n" END,
	  MULTIPART_OK, "<f;a\"b:J>" },
	/* Cut short: told apart from a complete form. */
	{ "", MULTIPART_TRUNCATED, "" },
	{ FIELD("a", "1"), MULTIPART_TRUNCATED, "<a:1" },
	{ FIELD("a", "1") "--XX", MULTIPART_TRUNCATED, "<a:1>" },
	{ FIELD("a", "1") "--XX-", MULTIPART_TRUNCATED, "<a:1>" },
	{ FIELD("a", "1") "--XX\r\nContent-Dispo", MULTIPART_TRUNCATED, "<a:1>" },
	{ "--XY\r\n", MULTIPART_TRUNCATED, "" },
	/* Not the format. */
	{ FIELD("a", "1") "--XXY\r\n", MULTIPART_BAD, "<a:1>" },
	{ FIELD("a", "1") "--XX\n", MULTIPART_BAD, "<a:1>" },
	{ "--XX\r\n\r\n1\r\n" END, MULTIPART_BAD, "" },
	{ "--XX\r\nContent-Type: text/plain\r\n\r\n1\r\n" END, MULTIPART_BAD, "" },
	{ "--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n" END, MULTIPART_BAD, "" },
	{ "--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n" END, MULTIPART_BAD, "" },
	{ "--XX\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n" END, MULTIPART_BAD, "" },
	{ "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n" END,
	  MULTIPART_BAD, "" },
	{ "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==\r\n" END,
	  MULTIPART_BAD, "" },
	{ "--XX\r\nContent-Disposition: form-data; name=\"a\xFF\"\r\n\r\n1\r\n" END, MULTIPART_BAD, "" },
	{ "--XX\r\nContent-Disposition: form-data; name=\"a\"\n\r\n1\r\n" END, MULTIPART_BAD, "" },
	{ "--XX\r\nno colon\r\n\r\n1\r\n" END, MULTIPART_BAD, "" },
	{ FIELD("stop", "1") END, MULTIPART_STOPPED, "<stop:" },
};

static void parts_come_out_alike_however_the_bytes_arrive(void **state)
{
	static const size_t pieces[] = { 1, 2, 3, 5, 7, 64, 4096 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
		for (size_t k = 0; k < ARRAY_LEN(pieces); k++) {
			struct buf notes;
			enum multipart_result r;

			buf_init(&notes, 4096);
			r = parse(samples[i].body, strlen(samples[i].body), pieces[k], &notes);
			if (r != samples[i].result || strcmp(buf_cstr(&notes), samples[i].notes) != 0)
				fail_msg("sample %zu in pieces of %zu: result %d, notes %s", i, pieces[k], (int)r,
					 buf_cstr(&notes));
			buf_done(&notes);
		}
	}
}

static void any_bytes_survive_as_the_data_of_a_file(void **state)
{
	static const char alphabet[] = "\r\n-X\0a";
	struct rand_seq seq = { 7 };

	(void)state;
	for (int round = 0; round < 500; round++) {
		struct buf body, notes, want;
		size_t n = rand_below(&seq, 60);

		buf_init(&body, 4096);
		buf_init(&notes, 4096);
		buf_init(&want, 4096);
		buf_lit(&body, "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"b\"\r\n\r\n");
		buf_lit(&want, "<f;b:");
		for (size_t i = 0; i < n; i++) {
			char c = alphabet[rand_below(&seq, 6)];

			buf_char(&body, c);
			buf_char(&want, c);
		}
		buf_lit(&body, "\r\n--XX--");
		buf_char(&want, '>');
		/* Data that holds the boundary by chance ends there: not a case for this test. */
		if (!memmem(buf_cstr(&want), want.n, "\r\n--XX", 6)) {
			assert_int_equal(parse(body.p, body.n, 1 + rand_below(&seq, 9), &notes), MULTIPART_OK);
			assert_int_equal(notes.n, want.n);
			assert_memory_equal(notes.p, want.p, want.n);
		}
		buf_done(&body);
		buf_done(&notes);
		buf_done(&want);
	}
}

static void headers_without_end_are_refused_at_their_limit(void **state)
{
	struct buf body, notes;

	(void)state;
	buf_init(&body, 100000);
	buf_init(&notes, 4096);
	buf_lit(&body, "--XX\r\nContent-Disposition: form-data; name=\"");
	while (body.n < 50000)
		buf_char(&body, 'a');
	assert_int_equal(parse(body.p, body.n, 512, &notes), MULTIPART_BAD);
	buf_done(&body);
	buf_done(&notes);
}

static void the_boundary_is_read_from_the_content_type(void **state)
{
	static const struct { const char *type, *boundary; } types[] = {
		{ "multipart/form-data; boundary=abc", "abc" },
		{ "Multipart/Form-Data;boundary=\"a:b\"", "a:b" },
		{ "multipart/form-data; charset=utf-8; boundary=----WebKit7", "----WebKit7" },
		{ "multipart/form-data", NULL },
		{ "multipart/form-data; boundary=", NULL },
		{ "multipart/form-data; boundary=\"a b\"", NULL },
		{ "multipart/form-data; boundary=a\rb", NULL },
		{ "multipart/form-data; boundary=aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbb12345678901", NULL },
		{ "multipart/mixed; boundary=abc", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		char boundary[MULTIPART_BOUNDARY_MAX + 1];

		assert_int_equal(multipart_boundary(types[i].type, boundary), types[i].boundary != NULL);
		if (types[i].boundary)
			assert_string_equal(boundary, types[i].boundary);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_come_out_alike_however_the_bytes_arrive),
		cmocka_unit_test(any_bytes_survive_as_the_data_of_a_file),
		cmocka_unit_test(headers_without_end_are_refused_at_their_limit),
		cmocka_unit_test(the_boundary_is_read_from_the_content_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
