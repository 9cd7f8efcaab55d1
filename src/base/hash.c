/* SPDX-License-Identifier: Apache-2.0 */
#include "base/hash.h"

#include <sodium.h>
#include <string.h>

_Static_assert(sizeof(crypto_generichash_state) <= sizeof(struct hash_state), "state fits");

void hash_init(void)
{
	if (sodium_init() < 0)
		BUG("libsodium does not start");
}

struct hash hash_of(const void *p, size_t n, const struct hash *key)
{
	struct hash h;

	crypto_generichash(h.b, sizeof(h.b), p, n, key ? key->b : NULL, key ? HASH_BYTES : 0);
	return h;
}

static crypto_generichash_state *state(struct hash_state *s)
{
	return (crypto_generichash_state *)(void *)s->opaque;
}

void hash_begin(struct hash_state *s, const struct hash *key)
{
	crypto_generichash_init(state(s), key ? key->b : NULL, key ? HASH_BYTES : 0, HASH_BYTES);
}

void hash_piece(struct hash_state *s, const void *p, size_t n)
{
	hash_int(s, (int64_t)n);
	crypto_generichash_update(state(s), p, n);
}

void hash_text(struct hash_state *s, const char *text)
{
	if (text)
		hash_piece(s, text, strlen(text));
	else
		hash_int(s, -1);
}

void hash_int(struct hash_state *s, int64_t v)
{
	unsigned char b[8];

	for (int i = 0; i < 8; i++)
		b[i] = (unsigned char)((uint64_t)v >> (8 * i));
	crypto_generichash_update(state(s), b, sizeof(b));
}

struct hash hash_end(struct hash_state *s)
{
	struct hash h;

	crypto_generichash_final(state(s), h.b, sizeof(h.b));
	return h;
}

bool hash_equal(const struct hash *a, const struct hash *b)
{
	return hash_equal_bytes(a->b, b->b, HASH_BYTES);
}

bool hash_equal_bytes(const void *a, const void *b, size_t n)
{
	return sodium_memcmp(a, b, n) == 0;
}

void hash_sha256_hex(const void *p, size_t n, char out[2 * HASH_BYTES + 1])
{
	unsigned char h[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(h, p, n);
	sodium_bin2hex(out, 2 * HASH_BYTES + 1, h, sizeof(h));
}
