/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "web/body.h"

#define PART(head, data) "--XX\r\nContent-Disposition: form-data; " head "\r\n\r\n" data "\r\n"
#define REPLY PART("name=\"balas\"", "Masih mati")

/* Reads a whole form whose files would go below tmp_parent; the status of a refusal, 0 for none. */
static int read_form(struct arena *a, const char *tmp_parent, const char *bytes, struct body *b, struct request *req)
{
	*b = (struct body){ 0 };
	*req = (struct request){ 0 };
	assert_true(body_begin(b, a, tmp_parent, "multipart/form-data; boundary=XX", (int64_t)strlen(bytes), 1 << 20));
	if (body_feed(b, bytes, strlen(bytes)) && body_finish(b, req))
		return 0;
	return b->status;
}

static void a_form_without_a_file_leaves_the_disk_alone(void **state)
{
	static const char nowhere[] = "/nonexistent/folder";
	struct arena *a = arena_new(64 * 1024);
	struct request req;
	struct body b;

	(void)state;
	assert_int_equal(read_form(a, nowhere, REPLY PART("name=\"lampiran\"; filename=\"\"", "") "--XX--\r\n", &b, &req), 0);
	assert_int_equal(req.n_form, 1);
	assert_string_equal(request_form(&req, "balas"), "Masih mati");
	assert_int_equal(req.n_uploads, 0);
	body_done(&b);
	/* What is a file needs the folder, also one of no bytes. */
	assert_int_equal(read_form(a, nowhere, PART("name=\"lampiran\"; filename=\"a.png\"", "") "--XX--\r\n", &b, &req), 503);
	body_done(&b);
	assert_int_equal(read_form(a, nowhere, PART("name=\"lampiran\"; filename=\"a.png\"", "x") "--XX--\r\n", &b, &req), 503);
	body_done(&b);
	arena_free(a);
}

static void files_are_written_and_removed(void **state)
{
	static const char form[] = PART("name=\"lampiran\"; filename=\"\"", "") PART("name=\"lampiran\"; filename=\"a.png\"", "PNG")
				   PART("name=\"lampiran\"; filename=\"b.png\"", "") REPLY "--XX--\r\n";
	char tmp[] = "/tmp/lapor-test-body-XXXXXX";
	struct arena *a = arena_new(64 * 1024);
	struct request req;
	struct body b;

	(void)state;
	assert_non_null(mkdtemp(tmp));
	assert_int_equal(read_form(a, tmp, form, &b, &req), 0);
	assert_int_equal(req.n_uploads, 2);
	assert_string_equal(req.uploads[0].filename, "a.png");
	assert_int_equal(req.uploads[0].size_bytes, 3);
	assert_int_equal(access(req.uploads[0].path, R_OK), 0);
	assert_string_equal(req.uploads[1].filename, "b.png");
	assert_int_equal(access(req.uploads[1].path, R_OK), 0);
	body_done(&b);
	/* Nothing is left in it. */
	assert_int_equal(rmdir(tmp), 0);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_form_without_a_file_leaves_the_disk_alone),
		cmocka_unit_test(files_are_written_and_removed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
