/* SPDX-License-Identifier: Apache-2.0
 * marks - what the search index knows of a report beside its texts, as words that stand behind them: where it is, what it
 * is about, when it came. A search in a scope is then one intersection inside the index, on every database engine.
 */
#ifndef CORE_MARKS_H
#define CORE_MARKS_H

#include "base/arena.h"
#include "core/report.h"

/* Letters to the engines' tokenizers, signs to words_normal: nobody can type a word that begins so. */
#define MARKS_BEGIN "\xC2\xAA"
/*
 * Of what not everybody may read. Most reports are public, and to leave out costs less than to meet a list of nearly all
 * (tried: a tenth on SQLite).
 */
#define MARKS_HIDDEN MARKS_BEGIN "h"

/* What of a report becomes marks. When one of these changes, it is indexed anew. */
struct marks_facts {
	struct report_id report;
	bool is_public, is_open;
	enum class_ class;
	struct agency_id holder, agency, opd, unit;
	struct category_id category;
	const char *region_code;     /* and all above it */
	struct day received_on;
};
const char *marks_of_report(struct arena *a, const struct marks_facts *f);

/* Reports by their ids: a block holds all whose ids agree but for the last bits. */
#define MARKS_LEVELS 3
extern const int marks_block_bits[MARKS_LEVELS];
const char *marks_block(struct arena *a, int level, int64_t id);

/* What a search asks for beside its words; 0, NULL and false ask for nothing. */
struct marks_scope {
	bool is_public;                  /* not one of MARKS_HIDDEN */
	bool is_open;
	enum class_ class;
	struct agency_id line, place;    /* at either: holder, agency, OPD or unit */
	const int64_t *categories;       /* one of these */
	size_t n_categories;
	const char *region;              /* it, or something below it */
	int year, month;                 /* month 0: the whole year */
};
/* Of each list one mark must be there. */
struct marks_list {
	const char *const *mark;
	size_t n;
};
#define MARKS_LISTS_MAX 8
/* The one mark of the scope that commonly leaves the fewest; NULL: none does. */
const char *marks_narrowest(struct arena *a, const struct marks_scope *scope);
size_t marks_of_scope(struct arena *a, const struct marks_scope *scope, struct marks_list ret[MARKS_LISTS_MAX]);

#endif
