/* SPDX-License-Identifier: Apache-2.0 */
#include "html.h"

#include <strings.h>

static const char *const url_attrs[] = { "href",   "src",  "action", "formaction",
					 "poster", "cite", "data",   "manifest" };
static const char *const banned_attrs[] = { "style", "srcdoc", "srcset", "ping", "background", "http-equiv" };

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name(char c)
{
	return gen_is_word(c) || c == '-' || c == ':';
}

static bool is_one_of(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcasecmp(word, list[i]) == 0)
			return true;
	return false;
}

bool html_is_url(const struct html *h)
{
	return h->state == HTML_VALUE &&
	       is_one_of(h->attr, url_attrs, sizeof(url_attrs) / sizeof(url_attrs[0]));
}

static void name_add(struct html *h, char *name, char c, int line)
{
	size_t n = strlen(name);

	if (n + 1 >= sizeof(h->tag))
		gen_fail(h->file, line, "name too long: %s", name);
	name[n] = c;
	name[n + 1] = '\0';
}

void html_flush(struct html *h, struct text *out)
{
	if (!h->blank_pending)
		return;
	if (h->state != HTML_TEXT || out->n == 0 || !gen_is_blank(out->p[out->n - 1]))
		text_char(out, h->newline_pending && h->state == HTML_TEXT ? '\n' : ' ');
	h->blank_pending = h->newline_pending = false;
}

static void tag_end(struct html *h, int line, struct text *out)
{
	h->blank_pending = h->newline_pending = false;
	text_char(out, '>');
	h->state = HTML_TEXT;
	if (strcasecmp(h->tag, "style") == 0)
		gen_fail(h->file, line, "<style> is not allowed: rules belong in assets/lapor.css");
	if (strcasecmp(h->tag, "pre") == 0)
		h->in_pre = !h->is_closing;
	if (h->is_closing)
		return;
	if (strcasecmp(h->tag, "script") == 0)
		h->state = HTML_SCRIPT;
	if (strcasecmp(h->tag, "title") == 0 || strcasecmp(h->tag, "textarea") == 0)
		h->state = HTML_RCDATA;
	/* The first newline in a textarea is dropped by browsers; ours protects the writer's. */
	if (strcasecmp(h->tag, "textarea") == 0)
		text_char(out, '\n');
}

static void attr_begin(struct html *h, char c, struct text *out)
{
	html_flush(h, out);
	h->attr[0] = c;
	h->attr[1] = '\0';
	h->state = HTML_ATTR_NAME;
	text_char(out, c);
}

static void attr_check(const struct html *h, int line)
{
	if (strncasecmp(h->attr, "on", 2) == 0 && h->attr[2])
		gen_fail(h->file, line, "inline handler %s: the content security policy blocks it", h->attr);
	if (is_one_of(h->attr, banned_attrs, sizeof(banned_attrs) / sizeof(banned_attrs[0])))
		gen_fail(h->file, line, "attribute %s is not allowed", h->attr);
}

static void in_text(struct html *h, char c, char next, int line, struct text *out)
{
	if (gen_is_blank(c) && !h->in_pre) {
		h->blank_pending = true;
		h->newline_pending |= c == '\n';
		return;
	}
	html_flush(h, out);
	if (c == '&' && !is_letter(next) && next != '#')
		gen_fail(h->file, line, "bare & in text: write &amp;");
	if (c == '<') {
		if (!is_letter(next) && next != '/' && next != '!')
			gen_fail(h->file, line, "bare < in text, or a dynamic tag name");
		h->state = HTML_TAG_OPEN;
		h->is_closing = false;
		h->tag[0] = '\0';
	}
	text_char(out, c);
}

static void in_rcdata(struct html *h, char c, const char *rest, size_t n, int line, struct text *out)
{
	size_t len = strlen(h->tag);

	if (c == '<') {
		if (n < len + 2 || rest[1] != '/' || strncasecmp(rest + 2, h->tag, len) != 0)
			gen_fail(h->file, line, "only text may stand in <%s>", h->tag);
		h->state = HTML_TAG_OPEN;
		h->is_closing = false;
		h->tag[0] = '\0';
	} else if (h->state == HTML_SCRIPT) {
		if (!gen_is_blank(c))
			gen_fail(h->file, line,
				 "nothing may stand in <script>: the content security policy blocks it");
		return;
	}
	text_char(out, c);
}

static void in_tag_open(struct html *h, char c, int line, struct text *out)
{
	text_char(out, c);
	if (c == '/') {
		h->is_closing = true;
	} else if (c == '!') {
		h->state = HTML_DECL;
	} else if (is_letter(c)) {
		h->state = HTML_TAG_NAME;
		name_add(h, h->tag, c, line);
	} else {
		gen_fail(h->file, line, "a tag name must follow <");
	}
}

/* Inside a tag, outside of values. */
static void in_tag(struct html *h, char c, int line, struct text *out)
{
	if (gen_is_blank(c)) {
		h->state = HTML_TAG;
		h->blank_pending = true;
	} else if (c == '>') {
		tag_end(h, line, out);
	} else if (c == '/') {
		h->blank_pending = false;
		text_char(out, '/');
	} else if (!is_letter(c)) {
		gen_fail(h->file, line, "unexpected %c in <%s>", c, h->tag);
	} else if (h->state == HTML_TAG_GLUE) {
		gen_fail(h->file, line, "a blank must stand before this attribute of <%s>", h->tag);
	} else if (h->is_closing) {
		gen_fail(h->file, line, "a closing tag has no attributes: </%s>", h->tag);
	} else {
		attr_begin(h, c, out);
	}
}

static void in_name(struct html *h, char c, int line, struct text *out)
{
	bool is_attr = h->state == HTML_ATTR_NAME;

	if (is_name(c)) {
		name_add(h, is_attr ? h->attr : h->tag, c, line);
		text_char(out, c);
		return;
	}
	if (is_attr)
		attr_check(h, line);
	if (is_attr && c == '=') {
		h->state = HTML_ATTR_EQ;
		text_char(out, c);
		return;
	}
	h->state = HTML_TAG_GLUE;
	in_tag(h, c, line, out);
}

static void in_value(struct html *h, char c, char next, int line, struct text *out)
{
	text_char(out, c);
	if (c == h->quote) {
		h->state = HTML_TAG_GLUE;
		return;
	}
	if (c == '&' && !is_letter(next) && next != '#')
		gen_fail(h->file, line, "bare & in attribute %s: write &amp;", h->attr);
	h->value_begun = true;
	if (strlen(h->value) + 1 < sizeof(h->value))
		memcpy(h->value + strlen(h->value), (char[2]){ c, '\0' }, 2);
	if (html_is_url(h) && strncasecmp(h->value, "javascript:", 11) == 0)
		gen_fail(h->file, line, "javascript: address in %s", h->attr);
}

static void in_attr_eq(struct html *h, char c, int line, struct text *out)
{
	if (c != '"' && c != '\'')
		gen_fail(h->file, line, "the value of attribute %s must be quoted", h->attr);
	h->quote = c;
	h->value_begun = false;
	memset(h->value, 0, sizeof(h->value));
	h->state = HTML_VALUE;
	text_char(out, c);
}

/* Comments are dropped; called with "<!" already written and p at the dashes. */
static size_t skip_comment(struct html *h, const char *p, size_t n, int line, struct text *out)
{
	for (size_t i = 2; i + 2 < n; i++)
		if (memcmp(p + i, "-->", 3) == 0) {
			out->n -= 2;
			out->p[out->n] = '\0';
			h->state = HTML_TEXT;
			return i + 3;
		}
	gen_fail(h->file, line, "comment without end, or with a directive in it");
}

void html_feed(struct html *h, const char *p, size_t n, int line, struct text *out)
{
	for (size_t i = 0; i < n; i++) {
		char c = p[i], next = i + 1 < n ? p[i + 1] : '\0';

		switch (h->state) {
		case HTML_TEXT: in_text(h, c, next, line, out); break;
		case HTML_TAG_OPEN: in_tag_open(h, c, line, out); break;
		case HTML_TAG_NAME:
		case HTML_ATTR_NAME: in_name(h, c, line, out); break;
		case HTML_TAG:
		case HTML_TAG_GLUE: in_tag(h, c, line, out); break;
		case HTML_ATTR_EQ: in_attr_eq(h, c, line, out); break;
		case HTML_VALUE: in_value(h, c, next, line, out); break;
		case HTML_COMMENT: break;
		case HTML_DECL:
			if (c == '-' && next == '-') {
				size_t skip = skip_comment(h, p + i, n - i, line, out);

				for (size_t j = i; j < i + skip; j++)
					line += p[j] == '\n';
				i += skip - 1;
				continue;
			}
			text_char(out, c);
			if (c == '>')
				h->state = HTML_TEXT;
			break;
		case HTML_RCDATA:
		case HTML_SCRIPT: in_rcdata(h, c, p + i, n - i, line, out); break;
		}
		line += c == '\n';
	}
}

void html_settle(struct html *h, int line)
{
	if (h->state == HTML_ATTR_NAME)
		attr_check(h, line);
	if (h->state == HTML_TAG_NAME || h->state == HTML_ATTR_NAME)
		h->state = HTML_TAG_GLUE;
	if (h->state == HTML_TAG_OPEN || h->state == HTML_ATTR_EQ || h->state == HTML_DECL)
		gen_fail(h->file, line, "a directive cannot stand here: tag names and quotes are static");
	if (h->state == HTML_SCRIPT)
		gen_fail(h->file, line, "nothing may stand in <script>");
}

static bool is_tag_state(enum html_state s)
{
	return s == HTML_TAG || s == HTML_TAG_GLUE;
}

void html_join(struct html *h, const struct html *other, int line, const char *what)
{
	bool same = h->state == other->state || (is_tag_state(h->state) && is_tag_state(other->state));

	if (same && h->state != HTML_TEXT)
		same = strcmp(h->tag, other->tag) == 0 && h->is_closing == other->is_closing;
	if (same && h->state == HTML_VALUE)
		same = strcmp(h->attr, other->attr) == 0 && h->quote == other->quote;
	if (!same || h->in_pre != other->in_pre)
		gen_fail(h->file, line, "%s end at different places of the HTML", what);
	if (h->state == HTML_TAG && other->state == HTML_TAG_GLUE)
		h->state = HTML_TAG_GLUE;
	h->value_begun |= other->value_begun;
}
