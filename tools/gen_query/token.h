/* SPDX-License-Identifier: Apache-2.0
 * token - SQL as words, with their places. Knows strings, comments and the blocks that are
 * meant for one engine; knows nothing of SQL's grammar.
 */
#ifndef GEN_QUERY_TOKEN_H
#define GEN_QUERY_TOKEN_H

#include "util.h"

enum engine { SQLITE, PGSQL, ENGINES };

enum token_kind {
	TOKEN_WORD, TOKEN_NUMBER, TOKEN_STRING, TOKEN_PARAM, TOKEN_PUNCT,
	TOKEN_COMMENT, /* a C comment, without its delimiters */
	TOKEN_LINE,    /* a line comment, without its dashes */
	TOKEN_END,
};

struct token {
	enum token_kind kind;
	const char *s; /* NUL-terminated; a parameter without its colon */
	int line;
	bool space, newline; /* what stood before it */
};

struct tokens {
	const char *file;
	struct token *v; /* v[n] and the next few are TOKEN_END */
	size_t n;
};

struct tokens tokens_read(const char *file, const char *sql);
/* v[from .. to) of all for one engine: its blocks opened, the other's gone. */
struct tokens tokens_for(const struct tokens *all, size_t from, size_t to, enum engine engine,
			 bool keep_comments);
/* The inside of a block, as a text of its own. */
struct tokens tokens_inside(const char *file, const char *block, int line);
void tokens_add(struct tokens *t, struct token token);
void tokens_end(struct tokens *t, int line); /* after the last one */
/* A word (any case) or punctuation. */
bool token_is(const struct token *t, const char *s);
bool token_is_one_of(const struct token *t, const char *const *words);
/* The index after the bracket that closes the one at i. */
size_t tokens_skip_brackets(const struct tokens *t, size_t i);

#endif
