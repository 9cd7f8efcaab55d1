/* SPDX-License-Identifier: Apache-2.0
 * desk_parts - small makers that the officers' pages share: option lists, deadlines, texts with their
 * personal data marked.
 */
#ifndef WEB_DESK_PARTS_H
#define WEB_DESK_PARTS_H

#include "app/ctx.h"
#include "view/desk.h"

/* Options being gathered; p and n are what a select prints. */
struct desk_list_of_options {
	struct ctx *c;
	struct desk_option *p;
	size_t n, cap;
};
void desk_parts_add(struct desk_list_of_options *o, const char *value, const char *text, bool selected, bool is_sub);
void desk_parts_add_id(struct desk_list_of_options *o, int64_t id, const char *text, bool selected, bool is_sub);
static inline struct desk_options desk_parts_options(const struct desk_list_of_options *o)
{
	return (struct desk_options){ .p = o->p, .n = o->n };
}

/* first: the text of the empty choice ("Semua", "Pilih..."); NULL: there is none. */
struct desk_options desk_parts_categories(struct ctx *c, const char *first, int64_t selected);
struct desk_options desk_parts_regions(struct ctx *c, const char *first, const char *selected);
/* What lies directly below a node. */
struct desk_options desk_parts_children(struct ctx *c, struct agency_id node, const char *first, int64_t selected);
struct desk_options desk_parts_children_but(struct ctx *c, struct agency_id node, int64_t selected, struct agency_id skip);
struct desk_options desk_parts_classes(struct ctx *c, enum class_ selected);
/* From least on: nobody makes a report more open than its reporter asked. */
struct desk_options desk_parts_visibilities(struct ctx *c, enum visibility least, enum visibility selected);
struct desk_options desk_parts_reasons(struct ctx *c, enum action action, const char *selected);

/* How a clock stands, as a label. */
struct desk_due desk_parts_due(const struct ctx *c, const struct clock *k);
/* The same from the two instants a list knows: since when it is held, until when. */
struct desk_due desk_parts_due_held(const struct ctx *c, struct instant since, struct instant due);

/* The text in pieces; personal data is masked unless open. ret_found: how many places. */
struct desk_text desk_parts_marked(struct ctx *c, const char *text, bool open, int *ret_found);

/* A refusal in the person's language. */
const char *desk_parts_refusal(const struct ctx *c);

#endif
