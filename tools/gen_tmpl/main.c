/* SPDX-License-Identifier: Apache-2.0
 * gen_tmpl IN OUTDIR: compiles a .tmpl into tmpl_<stem>.h and tmpl_<stem>.c.
 */
#include "emit.h"

static void check_stem(const char *path, const char *stem, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!gen_is_word(stem[i]))
			gen_fail(path, 0, "the file name must be letters, digits and _");
}

int main(int argc, char **argv)
{
	struct text source, header = { 0 }, code = { 0 }, name = { 0 };
	struct emit e = { 0 };
	struct pieces pieces;
	const char *stem;
	size_t n;

	if (argc != 3)
		gen_fail("gen_tmpl", 0, "usage: gen_tmpl IN OUTDIR");
	stem = gen_base_name(argv[1], &n);
	check_stem(argv[1], stem, n);
	source = gen_read_text(argv[1]);
	e.file = argv[1];
	pieces = lex_template(argv[1], &source);
	for (size_t i = 0; i < pieces.n; i++)
		emit_piece(&e, &pieces.p[i]);
	emit_finish(&e);

	text_printf(
		&header,
		"/* Made from %s. */\n#ifndef TMPL_%.*s_H\n#define TMPL_%.*s_H\n#include \"view/out.h\"\n",
		argv[1], (int)n, stem, (int)n, stem);
	text_add(&header, e.head.p ? e.head.p : "", e.head.n);
	text_str(&header, "#endif\n");
	text_printf(
		&code,
		"/* Made from %s. */\n#include \"tmpl_%.*s.h\"\n"
		    "#include \"assets.h\"\n#include \"messages.h\"\n",
		argv[1], (int)n, stem);
	text_add(&code, e.body.p ? e.body.p : "", e.body.n);
	text_printf(&name, "tmpl_%.*s.h", (int)n, stem);
	gen_write(argv[2], name.p, &header);
	name.p[name.n - 1] = 'c';
	gen_write(argv[2], name.p, &code);
	return 0;
}
