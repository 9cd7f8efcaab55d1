/* SPDX-License-Identifier: Apache-2.0
 * worddiff - what was changed between two texts, word by word: the public wording beside the citizen's (SOP tjt-20#2b).
 */
#ifndef CORE_WORDDIFF_H
#define CORE_WORDDIFF_H

#include "base/arena.h"

enum worddiff_kind { WORDDIFF_SAME, WORDDIFF_REMOVED, WORDDIFF_ADDED };

struct worddiff_piece {
	enum worddiff_kind kind;
	const char *text;    /* words with the blanks between them; line ends of the new text (of the old one, when removed) */
};

struct worddiff {
	struct worddiff_piece *p;
	size_t n;
	bool is_equal;       /* apart from blanks */
};

/*
 * Pieces in order; the same and the added ones together are the new text, the same and the removed ones the old one (but
 * for blanks). The fewest words change; of texts too different to compare, all of both.
 */
struct worddiff worddiff_make(struct arena *a, const char *old_text, const char *new_text);

#endif
