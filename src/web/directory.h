/* SPDX-License-Identifier: Apache-2.0
 * directory - agencies, categories and the districts of this place, as pages offer and name them. They change a few
 * times a year: the almanac keeps them in memory, with the markup of their selects, and reads them again then.
 *
 * Immutable and shared by threads. What is newer than the directory has no place in a select yet, but a name.
 */
#ifndef WEB_DIRECTORY_H
#define WEB_DIRECTORY_H

#include "app/ctx.h"
#include "base/hash.h"
#include "view/out.h"

/* A line of a select. */
struct directory_item {
	int64_t id;              /* 0 of a district */
	const char *value, *name;
	bool is_sub;             /* below the one before it */
	size_t begin, mark;      /* in the markup: where it begins, where " selected" belongs */
};
/* Lines that stand in one select, in their order. */
struct directory_list {
	const struct directory_item *p;
	size_t n;
	const char *html;        /* that begin and mark count in */
	size_t end;              /* of the last line */
};

/* One that people may choose by its word in the address. */
struct directory_choice {
	int64_t id, parent;
	enum level level; /* of an agency */
	const char *slug, *name;
	bool is_active;
};
/* In the order of their names. */
struct directory_choices {
	const struct directory_choice *p;
	size_t n;
};

struct directory;

/* What the directory would be made from: another digest, another directory. */
CHECKED enum rc directory_digest(struct db *db, struct arena *a, const char *region_code, struct hash *ret);
CHECKED enum rc directory_load(struct db *db, struct arena *a, const char *region_code, const struct directory **ret);

/* Those in use: the tree of categories, the districts of the configured region, what lies directly below an agency. */
struct directory_list directory_categories(const struct directory *d);
struct directory_list directory_regions(const struct directory *d);
struct directory_list directory_below(const struct directory *d, struct agency_id parent);

/* Also those no longer in use. */
struct directory_choices directory_category_choices(const struct directory *d);
struct directory_choices directory_agency_choices(const struct directory *d, enum level level);

/* Also of those no longer in use. ret: NULL for no id. */
CHECKED enum rc directory_category_name(struct ctx *c, struct category_id id, const char **ret);
CHECKED enum rc directory_agency_short(struct ctx *c, struct agency_id id, const char **ret);

#endif
