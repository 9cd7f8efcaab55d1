/* SPDX-License-Identifier: Apache-2.0
 * emit - directives and static HTML of one template become C functions.
 *
 * The output function of a value is chosen by its place (html.h) here, and by its C type in
 * view/out.h; what neither allows does not compile.
 */
#ifndef GEN_TMPL_EMIT_H
#define GEN_TMPL_EMIT_H

#include "html.h"
#include "lex.h"

#define EMIT_DEPTH_MAX 32

struct block {
	enum piece_kind kind;
	int line;
	bool has_else;
	struct html before;      /* where the HTML was when it began */
	struct html branch;      /* where the branches so far ended */
	bool has_branch;
};

struct emit {
	const char *file;
	struct text head, body;  /* of the header and the C file */
	struct text literal;     /* static HTML not yet written */
	struct html html;
	struct block blocks[EMIT_DEPTH_MAX];
	size_t depth;
};

void emit_piece(struct emit *e, const struct piece *d);
/* At the end of the file: everything closed? */
void emit_finish(struct emit *e);

#endif
