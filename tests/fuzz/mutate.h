/* SPDX-License-Identifier: Apache-2.0
 * mutate - repeatable damage to an input: the same seed gives the same bytes on every machine.
 */
#ifndef TESTS_MUTATE_H
#define TESTS_MUTATE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MUTATE_MAX ((size_t)256 * 1024)

struct input {
	char *p;
	size_t n;
};

/* Bytes that mean something to one of the parsers. */
static const char *const mutate_tokens[] = {
	"", "\"", "'", "<", ">", "&", "=", "%", "%0", "%00", "+", ";", ",", "\t", "\n", "\r\n", "\r", "--",
	"\r\n--", ":", "{{", "}}", "{{ end }}", "{{ if x }}", "{{ else }}", "<!--", "-->", "<script>",
	"<textarea>", "|", "{", "}", "\\", "?", "\xff", "\xc3", "\xe2\x80\xa6", "\xed\xa0\x80", "/*", "*/",
	"-- name: x :one\n", ":x", "$$", "(", ")", "filename=\"", "name=\"", "2026-11-22",
	"9223372036854775808", "-1", "/", "//", "Z", "+07:00",
};

static inline unsigned mutate_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33);
}

static inline struct input mutate_read(const char *path)
{
	struct input in = { 0 };
	FILE *f = fopen(path, "rb");

	if (!f)
		return in;
	in.p = malloc(MUTATE_MAX);
	if (in.p)
		in.n = fread(in.p, 1, MUTATE_MAX, f);
	fclose(f);
	return in;
}

/* Writes a damaged copy of in to out, which has room for MUTATE_MAX bytes; returns its length. */
static inline size_t mutate(const struct input *in, uint64_t *seed, char *out)
{
	size_t n = in->n, from = 0;

	if (n > 2000 && mutate_random(seed) % 2) {
		from = mutate_random(seed) % n;
		n = 1 + mutate_random(seed) % 2000;
		if (n > in->n - from)
			n = in->n - from;
	}
	memcpy(out, in->p + from, n);
	for (unsigned turns = 1 + mutate_random(seed) % 5; turns > 0; turns--) {
		size_t tokens = sizeof(mutate_tokens) / sizeof(mutate_tokens[0]);
		const char *token = mutate_tokens[mutate_random(seed) % tokens];
		size_t add = strlen(token), at = mutate_random(seed) % (n + 1), cut = mutate_random(seed) % 12;

		if (mutate_random(seed) % 4 == 0 && n > 0) {
			out[mutate_random(seed) % n] = (char)mutate_random(seed);
			continue;
		}
		if (cut > n - at)
			cut = n - at;
		if (n - cut + add > MUTATE_MAX)
			continue;
		memmove(out + at + add, out + at + cut, n - at - cut);
		memcpy(out + at, token, add);
		n = n - cut + add;
	}
	return n;
}

#endif
