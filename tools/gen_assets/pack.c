/* SPDX-License-Identifier: Apache-2.0 */
#include "pack.h"

#include <brotli/encode.h>
#include <sodium.h>
#include <zlib.h>

char *pack_digest(const struct text *t)
{
	unsigned char hash[crypto_generichash_BYTES];
	struct text hex = { 0 };

	crypto_generichash(hash, sizeof(hash), (const unsigned char *)t->p, t->n, NULL, 0);
	for (size_t i = 0; i < 4; i++)
		text_printf(&hex, "%02x", hash[i]);
	return hex.p;
}

/* Fonts are compressed already: a gain below a tenth is not worth a second form. */
static struct text keep_if_smaller(struct text packed, size_t n)
{
	return packed.n < n - n / 10 ? packed : (struct text){ 0 };
}

struct text pack_brotli(const struct text *t)
{
	struct text out = { 0 };
	size_t n = BrotliEncoderMaxCompressedSize(t->n);

	out.p = gen_grow(NULL, n + 1);
	if (!BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_GENERIC, t->n,
				   (const uint8_t *)t->p, &n, (uint8_t *)out.p))
		gen_fail("gen_assets", 0, "brotli failed");
	out.n = n;
	return keep_if_smaller(out, t->n);
}

struct text pack_gzip(const struct text *t)
{
	struct text out = { 0 };
	z_stream z = { 0 };

	/* 15 + 16: a gzip header, without a time, so that builds repeat. */
	if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		gen_fail("gen_assets", 0, "zlib failed");
	out.cap = deflateBound(&z, t->n);
	out.p = gen_grow(NULL, out.cap + 1);
	z.next_in = (unsigned char *)t->p;
	z.avail_in = (unsigned)t->n;
	z.next_out = (unsigned char *)out.p;
	z.avail_out = (unsigned)out.cap;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		gen_fail("gen_assets", 0, "zlib failed");
	out.n = z.total_out;
	deflateEnd(&z);
	return keep_if_smaller(out, t->n);
}
