/* SPDX-License-Identifier: Apache-2.0
 * hash - digests and constant-time comparison (libsodium behind it).
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/err.h"

#define HASH_BYTES 32
struct hash {
	unsigned char b[HASH_BYTES];
};

/* Call once, before threads. */
void hash_init(void);
/* BLAKE2b-256; key may be NULL. */
struct hash hash_of(const void *p, size_t n, const struct hash *key);
/* SHA-256 in hexadecimal, for protocols that ask for it; out: 65 bytes. */
void hash_sha256_hex(const void *p, size_t n, char out[2 * HASH_BYTES + 1]);

/* Several pieces; each is hashed with its length, so that "ab","c" differs from "a","bc". */
struct hash_state {
	_Alignas(64) unsigned char opaque[512];
};
void hash_begin(struct hash_state *s, const struct hash *key);
void hash_piece(struct hash_state *s, const void *p, size_t n);
void hash_text(struct hash_state *s, const char *text); /* NULL and "" differ */
void hash_int(struct hash_state *s, int64_t v);
struct hash hash_end(struct hash_state *s);

bool hash_equal(const struct hash *a, const struct hash *b); /* constant time */
bool hash_equal_bytes(const void *a, const void *b, size_t n);

#endif
