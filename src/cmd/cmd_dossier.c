/* SPDX-License-Identifier: Apache-2.0
 * cmd_dossier - lapor dossier: is this file the dossier that was made? Opens no database, so that whoever was given the file
 * can ask.
 */
#include "app/dossier.h"
#include "base/parse.h"
#include "cmd/command.h"

#include <stdio.h>
#include <stdlib.h>

#define FILE_MAX ((size_t)64 << 20)
#define ARENA_MAX (3 * FILE_MAX)

/* NULL: cannot be read, or is larger than any dossier. free() it. */
static char *read_all(const char *path, size_t *ret_n)
{
	FILE *f = fopen(path, "rbe");
	char *text = f ? malloc(FILE_MAX + 1) : NULL;
	size_t n = text ? fread(text, 1, FILE_MAX + 1, f) : 0;
	bool ok = text && !ferror(f) && n <= FILE_MAX;

	if (f)
		fclose(f);
	if (!ok) {
		free(text);
		return NULL;
	}
	*ret_n = n;
	return text;
}

static int report(const struct args *args, const struct dossier_verdict *v)
{
	char hex[2 * HASH_BYTES + 1];

	if (!v->is_dossier)
		return command_fail(args, "%s is no dossier", args->operand[0]);
	parse_hex_encode(v->digest.b, HASH_BYTES, hex);
	printf("report %s: %lld events, %lld of them with their text withheld\n", v->number ? v->number : "?",
	       (long long)v->events, (long long)v->withheld);
	printf("digest %s\n", hex);
	if (!v->digest_fits)
		return command_fail(args, "the digest in the file is another: the dossier was changed after it was made");
	if (v->bad_seq > 0)
		return command_fail(args, "event %lld does not follow from the one before it", (long long)v->bad_seq);
	puts("the digest fits, every event follows from the one before it");
	return 0;
}

int cmd_dossier_run(const struct args *args)
{
	struct arena *a;
	size_t n = 0;
	char *text = read_all(args->operand[0], &n);
	int status;

	if (!text)
		return command_fail(args, "cannot read %s, or it is larger than 64 MB", args->operand[0]);
	a = arena_new(ARENA_MAX);
	struct dossier_verdict v = dossier_verify(a, text, n);
	status = report(args, &v);
	arena_free(a);
	free(text);
	return status;
}
