/* SPDX-License-Identifier: Apache-2.0
 * pages - every page of the product filled with samples, rendered without a server or a database.
 *
 * Two kinds of samples: the friendly ones make the golden files; the hostile ones put an attack into
 * every string that could come from a stranger, and the page must come out harmless.
 */
#ifndef TESTS_GOLDEN_PAGES_H
#define TESTS_GOLDEN_PAGES_H

#include "view/layout.h"

struct samples {
	bool is_hostile;
	struct out out;
	struct buf b;
	struct layout layout;
	const char *folder, *suffix;
	int pages, bad;
};

#define HOSTILE "\"'><script>alert(1)</script> onmouseover=\"x\" javascript:alert(2) &amp;"
/* A text from a stranger. */
static inline const char *say(const struct samples *s, const char *friendly)
{
	return s->is_hostile ? HOSTILE : friendly;
}
/* An address made by us; a hostile one must end as "#". */
static inline const char *path_of(const struct samples *s, const char *friendly)
{
	return s->is_hostile ? "//evil.example/\"><script>alert(1)</script>" : friendly;
}
struct instant sample_time(const char *text);

/* Begins a page in its frame; page_end() writes it to folder/NAMEsuffix.html and looks at it. */
void page_begin(struct samples *s, const char *title, bool is_desk);
void page_end(struct samples *s, const char *name);

void pages_public(struct samples *s);
void pages_steps(struct samples *s);
void pages_desk(struct samples *s);
void pages_office(struct samples *s);
void pages_sop(struct samples *s);
void pages_periodic(struct samples *s);
void pages_ombudsman(struct samples *s);
void pages_intake(struct samples *s);

#endif
