/* SPDX-License-Identifier: Apache-2.0
 * lex - a template cut into text and directives, {{ ... }}.
 *
 * A directive that opens, closes or declares and stands alone on its line takes the line with it.
 */
#ifndef GEN_TMPL_LEX_H
#define GEN_TMPL_LEX_H

#include "../gen.h"

enum piece_kind {
	PIECE_TEXT,
	PIECE_COMMENT, /* {{# ... }} */
	PIECE_INCLUDE,
	PIECE_DEFINE,
	PIECE_IF,
	PIECE_ELSE_IF,
	PIECE_ELSE,
	PIECE_FOR,
	PIECE_LET,
	PIECE_END,
	PIECE_TR,
	PIECE_ICON,
	PIECE_ASSET,
	PIECE_RENDER,
	PIECE_VALUE,
};

struct piece {
	enum piece_kind kind;
	const char *p;  /* text, or what follows the directive's word; trimmed for directives */
	size_t n;
	int line;
};

struct pieces {
	struct piece *p;
	size_t n;
};

struct pieces lex_template(const char *file, const struct text *source);

#endif
