/* SPDX-License-Identifier: Apache-2.0
 * public_common - what several pages of citizens are made from: limits, channels, items, files, problems.
 *
 * Only fills view structs (view/public.h) out of settings, rules and generated read queries; it decides
 * nothing about who may see what: the queries and core/access do.
 */
#ifndef WEB_PUBLIC_COMMON_H
#define WEB_PUBLIC_COMMON_H

#include "app/submit.h"
#include "core/rules.h"
#include "view/public.h"
#include "web/page.h"

#define PUBLIC_FILE_MB ((int)(REPORT_FILE_BYTES_MAX / (1024 * 1024)))
struct day public_today(const struct ctx *c);
struct pub_limits public_limits(const struct ruleset *r);
struct pub_channels public_channels(const struct ctx *c);

/* "Dinas Perhubungan" of "Dinas Perhubungan Kabupaten Mekar Jaya": everybody here knows where they are. */
const char *public_agency_name(struct ctx *c, const char *name);

/* A story shows its newest events only: the seq after which they begin, given the report's version. */
#define PUBLIC_EVENTS_MAX 500
static inline int64_t public_events_after(int64_t version)
{
	return version > PUBLIC_EVENTS_MAX ? version - PUBLIC_EVENTS_MAX : 0;
}

/* What the pages of a report read once they know it: asked for at once (db_ahead). */
void public_story_ahead(struct ctx *c, struct report_id id, int64_t version, enum audience widest);

/* Lines of a list in the order of ids, without reports that are not public (any more). */
CHECKED enum rc public_items_load(struct ctx *c, const struct report_id *ids, size_t n, struct pub_items *ret);

/* "Karangsari Kidul, Karangsari, Kabupaten Mekar Jaya"; NULL for no or an unknown code. */
CHECKED enum rc public_region_name(struct ctx *c, const char *code, const char **ret);

/* The problems of a form with their sentences, each at the id of its control. */
struct pub_problems public_problems(struct ctx *c, const struct field_problems *f);
/* Adds one with words of its own; anchor and text must outlive the page. */
void public_problem_add(struct ctx *c, struct pub_problems *f, const char *anchor, const char *text);

/* "Galat: ..." is the layout's; these are the words of a file that was refused. */
const char *public_refused_words(struct ctx *c, enum refusal refused);
/* Images are shown in the page, other files are links. href begins with base: "/lapor/berkas/". */
struct pub_file public_file_line(struct ctx *c, int64_t id, const char *name, const char *mime,
				 int64_t size_bytes, const char *base);

#endif
