/* SPDX-License-Identifier: Apache-2.0
 * Messages: whatever the address, the subject and the text are, the headers are ours and nobody else's, every line is
 * short and plain. And what the search index gets is plain words, the same when made from itself.
 */
#include "fuzz.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "channel/mail_out.h"
#include "core/words.h"

/* The names of the header lines, one letter each; a folded line begins with a blank. */
static void check_headers(const char *p, const char *end)
{
	static const char *const ours[] = { "From: ", "To: <", "Subject: ", "Date: ", "Message-ID: <", "MIME-Version: 1.0",
					    "Auto-Submitted: ", "X-Auto-Response-Suppress: ", "Content-Language: ",
					    "Content-Type: text/plain", "Content-Transfer-Encoding: " };
	size_t next = 0;

	while (p < end) {
		if (*p != ' ') {
			BUG_ON(next == ARRAY_LEN(ours));
			BUG_ON(strncmp(p, ours[next], strlen(ours[next])) != 0);
			next++;
		}
		p = strstr(p, "\r\n") + 2;
	}
	BUG_ON(next != ARRAY_LEN(ours));
}

static void check_lines(const struct buf *b)
{
	size_t column = 0;

	for (size_t i = 0; i < b->n; i++) {
		unsigned char c = (unsigned char)b->p[i];
		BUG_ON(c >= 0x7F || (c < 0x20 && c != '\t' && c != '\r' && c != '\n'));
		BUG_ON(c == '\n' && (i == 0 || b->p[i - 1] != '\r'));
		BUG_ON(c == '\r' && b->p[i + 1] != '\n');
		column = c == '\n' ? 0 : column + 1;
		BUG_ON(column > 998);
	}
}

static void check_mail(const char *to, const char *subject, const char *text)
{
	const struct mail m = { .from_name = subject, .from = "lapor@contoh.test", .to = to, .subject = subject, .text = text,
				.language = "id", .key = text, .date = { 1748829600000 }, .zone = ZONE_WIB };
	struct buf b;

	buf_init(&b, (size_t)8 << 20);
	bool safe = mail_out_address_is_safe(to);
	enum rc rc = mail_out_compose(&b, &m, NULL);
	BUG_ON(rc != (safe ? RC_OK : RC_INVALID));
	if (rc == RC_OK) {
		check_headers(b.p, strstr(b.p, "\r\n\r\n") + 2);
		check_lines(&b);
	}
	buf_done(&b);
}

static void check_words(struct arena *a, const char *text)
{
	const char *once = words_normal(a, text);

	BUG_ON(!utf8_is_valid(once, strlen(once)));
	BUG_ON(strlen(once) > strlen(text));
	BUG_ON(strcmp(words_normal(a, once), once) != 0);
	BUG_ON(strstr(once, "  ") || once[0] == ' ');
	for (const char *p = once; *p; p++)
		BUG_ON((*p >= 'A' && *p <= 'Z') || (*p > 0 && *p < '0' && *p != ' '));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new((size_t)64 << 20);
	char *text = utf8_repair(a, (const char *)data, n), *subject, *body;

	hash_init();
	check_words(a, text);
	/* Address, subject and text, divided by two form feeds. */
	subject = strchr(text, '\f');
	body = subject ? strchr(subject + 1, '\f') : NULL;
	if (body) {
		*subject++ = '\0';
		*body++ = '\0';
		check_mail(text, subject, body);
	}
	check_mail("warga@contoh.test", text, text);
	arena_free(a);
	return 0;
}
