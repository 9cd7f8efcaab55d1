/* SPDX-License-Identifier: Apache-2.0
 * Messages on the wire: headers that nobody can add to, text that any relay carries.
 */
#include "unit/support.h"

#include "base/hash.h"
#include "channel/mail_out.h"

static struct mail sample(void)
{
	return (struct mail){ .from_name = "LAPOR", .from = "lapor@contoh.test", .to = "warga@contoh.test",
			      .subject = "Laporan Anda selesai - 2025-000001", .text = "Halo,\n\nx = 1\n",
			      .language = "id", .key = "1:2:warga@contoh.test", .date = at("2025-06-02 09:05:07 WIB"),
			      .zone = ZONE_WIB };
}

static void a_message_is_written_as_it_should_be(void **state)
{
	struct mail m = sample();
	struct buf b;

	(void)state;
	buf_init(&b, 65536);
	assert_int_equal(mail_out_compose(&b, &m, NULL), RC_OK);
	assert_non_null(strstr(b.p, "From: LAPOR <lapor@contoh.test>\r\nTo: <warga@contoh.test>\r\n"));
	assert_non_null(strstr(b.p, "Subject: Laporan Anda selesai - 2025-000001\r\n"));
	assert_non_null(strstr(b.p, "Date: Mon, 2 Jun 2025 09:05:07 +0700\r\n"));
	assert_non_null(strstr(b.p, "Auto-Submitted: auto-generated\r\n"));
	assert_non_null(strstr(b.p, "@contoh.test>\r\nMIME-Version: 1.0\r\n"));
	assert_non_null(strstr(b.p, "\r\n\r\nHalo,\r\n\r\nx =3D 1\r\n"));
	buf_done(&b);
}

static void addresses_cannot_carry_headers(void **state)
{
	static const char *const bad[] = {
		"", "warga", "@contoh.test", "warga@", "a@b@c", "a b@c.test", "a@c.test\r\nBcc: x@y.test",
		"a@c.test\n", "<a@c.test>", "a@c.test,b@c.test", "\"a\"@c.test", "w\xC3\xA9@c.test",
	};
	struct buf b;

	(void)state;
	assert_true(mail_out_address_is_safe("siti.w+lapor@dinas.contoh.go.id"));
	assert_false(mail_out_address_is_safe(NULL));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct mail m = sample();
		m.to = bad[i];
		buf_init(&b, 65536);
		assert_false(mail_out_address_is_safe(bad[i]));
		assert_int_equal(mail_out_compose(&b, &m, NULL), RC_INVALID);
		assert_int_equal(b.n, 0);
		buf_done(&b);
	}
}

static void a_line_break_in_a_subject_is_only_data(void **state)
{
	struct mail m = sample();
	struct buf b;

	(void)state;
	buf_init(&b, 65536);
	m.subject = "Selesai\r\nBcc: x@y.test";
	m.from_name = "Pemerintah\nX: y";
	assert_int_equal(mail_out_compose(&b, &m, NULL), RC_OK);
	assert_null(strstr(b.p, "\nBcc:"));
	assert_null(strstr(b.p, "\nX:"));
	assert_non_null(strstr(b.p, "Subject: =?UTF-8?B?U2VsZXNhaQ0KQmNjOiB4QHkudGVzdA==?="));
	buf_done(&b);
}

static void no_line_is_too_long_and_no_byte_too_high(void **state)
{
	struct mail m = sample();
	char text[3000] = "", subject[600] = "";
	struct buf b;
	size_t column = 0;

	(void)state;
	for (int i = 0; i < 250; i++)
		strcat(text, i % 40 == 39 ? "ujung \n" : "kata—é ");
	for (int i = 0; i < 40; i++)
		strcat(subject, "panjang—");
	m.text = text;
	m.subject = subject;
	buf_init(&b, 65536);
	assert_int_equal(mail_out_compose(&b, &m, NULL), RC_OK);
	for (size_t i = 0; i < b.n; i++) {
		unsigned char c = (unsigned char)b.p[i];
		assert_true(c < 0x80);
		column = c == '\n' ? 0 : column + 1;
		assert_in_range(column, 0, 77);
		if (c == '\n')
			assert_int_equal(b.p[i - 1], '\r');
		if (c == '\r')
			assert_true(b.p[i - 1] != ' ');
	}
	buf_done(&b);
}

static void the_same_key_gives_the_same_message_id(void **state)
{
	struct mail m = sample();
	struct buf one, two;

	(void)state;
	buf_init(&one, 65536);
	buf_init(&two, 65536);
	assert_int_equal(mail_out_compose(&one, &m, NULL), RC_OK);
	assert_int_equal(mail_out_compose(&two, &m, NULL), RC_OK);
	assert_string_equal(one.p, two.p);
	buf_reset(&two);
	m.key = "1:3:warga@contoh.test";
	assert_int_equal(mail_out_compose(&two, &m, NULL), RC_OK);
	assert_string_not_equal(one.p, two.p);
	/* The key holds an address, so it is hashed. */
	assert_null(strstr(one.p, "1:2:"));
	buf_done(&one);
	buf_done(&two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_is_written_as_it_should_be),
		cmocka_unit_test(addresses_cannot_carry_headers),
		cmocka_unit_test(a_line_break_in_a_subject_is_only_data),
		cmocka_unit_test(no_line_is_too_long_and_no_byte_too_high),
		cmocka_unit_test(the_same_key_gives_the_same_message_id),
	};

	hash_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
