/* SPDX-License-Identifier: Apache-2.0 */
#include "web/seal.h"

#include <string.h>

#include "base/parse.h"

void seal_make(const struct hash *key, const char *purpose, const char *text, char out[SEAL_LEN + 1])
{
	struct hash_state s;
	struct hash h;

	hash_begin(&s, key);
	hash_text(&s, purpose);
	hash_text(&s, text);
	h = hash_end(&s);
	parse_hex_encode(h.b, sizeof(h.b), out);
}

bool seal_matches(const struct hash *key, const char *purpose, const char *text, const char *mark, size_t n)
{
	char right[SEAL_LEN + 1];

	BUG_ON(n < 32 || n > SEAL_LEN);
	if (strlen(mark) != n)
		return false;
	seal_make(key, purpose, text, right);
	return hash_equal_bytes(right, mark, n);
}
