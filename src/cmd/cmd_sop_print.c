/* SPDX-License-Identifier: Apache-2.0
 * cmd_sop_print - an SOP as one HTML file that needs nothing else: the page of view/sop.tmpl with its style in it.
 */
#include <string.h>

#include "cmd/cmd_sop.h"
#include "cmd/command.h"
#include "tmpl_sop.h"
#include "view/sop_fill.h"

#define ARENA_MAX ((size_t)64 << 20)
#define PAGE_MAX ((size_t)32 << 20)

static int print(struct arena *a, const struct args *args, const struct sop *s, enum lang lang)
{
	struct sop_page page;
	struct out o;
	struct buf b;
	bool is_whole;

	sop_fill(a, s, lang, &page);
	buf_init(&b, PAGE_MAX);
	out_begin(&o, &b, lang, ZONE_WIB);
	view_sop_print(&o, &page, sop_fill_style(a));
	out_end(&o);
	is_whole = !b.overflow;
	if (is_whole)
		fwrite(b.p, 1, b.n, stdout);
	buf_done(&b);
	return is_whole ? 0 : command_fail(args, "the SOP is too large for a page");
}

int cmd_sop_print_run(const struct args *args)
{
	const char *word = options_text(args, "lang");
	struct arena *a = arena_new(ARENA_MAX);
	struct err err = { 0 };
	const struct sop *s;
	int status;

	if (word && strcmp(word, "id") != 0 && strcmp(word, "en") != 0)
		status = command_fail(args, "--lang is id or en, not \"%.40s\"", word);
	else if (cmd_sop_load(a, args->operand[0], &s, &err) == RC_OK)
		status = print(a, args, s, word && strcmp(word, "en") == 0 ? LANG_EN : LANG_ID);
	else
		status = command_fail_err(args, &err);
	arena_free(a);
	return status;
}
