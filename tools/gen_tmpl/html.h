/* SPDX-License-Identifier: Apache-2.0
 * html - follows the HTML of a template character by character, so that at every directive it is
 * known what a value there would be: text, attribute value, address, or forbidden.
 *
 * It also shrinks whitespace and drops comments on the way. It does not check nesting of elements;
 * the golden pages are validated for that.
 */
#ifndef GEN_TMPL_HTML_H
#define GEN_TMPL_HTML_H

#include "../gen.h"

enum html_state {
	HTML_TEXT,
	HTML_TAG_OPEN,  /* just after "<" or "</" */
	HTML_TAG_NAME,
	HTML_TAG,       /* between attributes, blank seen */
	HTML_TAG_GLUE,  /* after a name or value; a blank must come before the next attribute */
	HTML_ATTR_NAME,
	HTML_ATTR_EQ,
	HTML_VALUE,     /* inside quotes */
	HTML_COMMENT,
	HTML_DECL,      /* <!doctype ...> */
	HTML_RCDATA,    /* title, textarea: text without tags */
	HTML_SCRIPT,    /* must stay empty */
};

struct html {
	const char *file;
	enum html_state state;
	char tag[24], attr[24];
	bool is_closing;
	char quote;
	bool value_begun;   /* something of the attribute's value was written already */
	bool in_pre;
	bool blank_pending; /* whitespace seen, not written yet */
	bool newline_pending;
	char value[16];     /* how the static part of the attribute's value begins */
};

/* Reads n characters that begin on that line and appends what remains of them to out. */
void html_feed(struct html *h, const char *p, size_t n, int line, struct text *out);
/* Before a directive: writes pending whitespace. */
void html_flush(struct html *h, struct text *out);
/* Before if/else/end/for: names end here. Fails where a branch cannot begin or end. */
void html_settle(struct html *h, int line);
/* The attribute being written holds an address. */
bool html_is_url(const struct html *h);
/* Two branches meet: h becomes the common state, or the build fails. */
void html_join(struct html *h, const struct html *other, int line, const char *what);

#endif
