/* SPDX-License-Identifier: Apache-2.0 */
#include "emit.h"

#define LITERAL_LINE 96

static void indent(struct emit *e)
{
	for (size_t i = 0; i < e->depth; i++)
		text_char(&e->body, '\t');
}

static void line_mark(struct emit *e, int line)
{
	text_printf(&e->body, "#line %d \"%s\"\n", line, e->file);
}

static void flush_literal(struct emit *e)
{
	html_flush(&e->html, &e->literal);
	if (e->literal.n == 0)
		return;
	indent(e);
	text_str(&e->body, "out_raw(o, ");
	for (size_t i = 0; i < e->literal.n; i += LITERAL_LINE) {
		size_t n = e->literal.n - i < LITERAL_LINE ? e->literal.n - i : LITERAL_LINE;

		text_str(&e->body, i > 0 ? "\n\t\t\"" : "\"");
		text_c_escape(&e->body, e->literal.p + i, n);
		text_char(&e->body, '"');
	}
	text_str(&e->body, ");\n");
	e->literal.n = 0;
}

static void need(const struct emit *e, const struct piece *d, const char *what)
{
	if (d->n == 0)
		gen_fail(e->file, d->line, "%s is missing", what);
}

static void push(struct emit *e, const struct piece *d)
{
	if (e->depth == EMIT_DEPTH_MAX)
		gen_fail(e->file, d->line, "blocks nested too deep");
	e->blocks[e->depth++] = (struct block){ .kind = d->kind, .line = d->line, .before = e->html };
}

static void statement(struct emit *e, const struct piece *d, const char *before, const char *after)
{
	line_mark(e, d->line);
	indent(e);
	text_str(&e->body, before);
	text_add(&e->body, d->p, d->n);
	text_str(&e->body, after);
}

static void begin_define(struct emit *e, const struct piece *d)
{
	need(e, d, "the function of define");
	if (e->depth > 0)
		gen_fail(e->file, d->line, "define inside of a block; an end is missing before");
	if (!memmem(d->p, d->n, "struct out *o", 13))
		gen_fail(e->file, d->line, "the first parameter of a template is struct out *o");
	text_str(&e->head, "void ");
	text_add(&e->head, d->p, d->n);
	text_str(&e->head, ";\n");
	text_char(&e->body, '\n');
	statement(e, d, "void ", "\n{\n");
	e->html = (struct html){ .file = e->file, .state = HTML_TEXT };
	e->literal.n = 0;
	push(e, d);
}

static void begin_block(struct emit *e, const struct piece *d)
{
	html_settle(&e->html, d->line);
	if (d->kind == PIECE_FOR && e->html.state != HTML_TEXT && e->html.state != HTML_VALUE)
		gen_fail(e->file, d->line, "a loop cannot write attributes");
	need(e, d, d->kind == PIECE_FOR ? "the head of for" : "the condition of if");
	statement(e, d, d->kind == PIECE_FOR ? "for (" : "if (", ") {\n");
	push(e, d);
}

static void next_branch(struct emit *e, const struct piece *d)
{
	struct block *b = e->depth > 0 ? &e->blocks[e->depth - 1] : NULL;

	if (!b || b->kind != PIECE_IF || b->has_else)
		gen_fail(e->file, d->line, "else without if");
	html_settle(&e->html, d->line);
	if (b->has_branch)
		html_join(&b->branch, &e->html, d->line, "the branches");
	else
		b->branch = e->html;
	b->has_branch = true;
	b->has_else = d->kind == PIECE_ELSE;
	e->html = b->before;
	e->html.blank_pending = e->html.newline_pending = false;
	if (d->kind == PIECE_ELSE && d->n > 0)
		gen_fail(e->file, d->line, "else takes nothing; meant else if?");
	if (d->kind == PIECE_ELSE_IF)
		need(e, d, "the condition of else if");
	e->depth--;
	statement(e, d, d->kind == PIECE_ELSE ? "} else {\n" : "} else if (",
		  d->kind == PIECE_ELSE ? "" : ") {\n");
	e->depth++;
}

static void end_block(struct emit *e, const struct piece *d)
{
	struct block *b = e->depth > 0 ? &e->blocks[e->depth - 1] : NULL;

	if (!b)
		gen_fail(e->file, d->line, "end without a block");
	if (b->kind == PIECE_DEFINE) {
		if (e->html.state != HTML_TEXT)
			gen_fail(e->file, d->line, "the template ends inside of a tag or a value");
	} else {
		html_settle(&e->html, d->line);
		if (b->has_branch)
			html_join(&e->html, &b->branch, d->line, "the branches");
		if (!b->has_else)
			html_join(&e->html, &b->before, d->line,
				  b->kind == PIECE_FOR ? "turns of the loop" : "the branches");
	}
	e->depth--;
	indent(e);
	text_str(&e->body, "}\n");
}

/* A value may stand here? Fails with the reason when not. */
static void check_place(struct emit *e, int line)
{
	switch (e->html.state) {
	case HTML_TEXT:
	case HTML_RCDATA:
	case HTML_VALUE: return;
	case HTML_TAG_OPEN:
	case HTML_TAG_NAME: gen_fail(e->file, line, "dynamic tag name");
	case HTML_TAG:
	case HTML_TAG_GLUE:
	case HTML_ATTR_NAME: gen_fail(e->file, line, "dynamic attribute name");
	case HTML_ATTR_EQ: gen_fail(e->file, line, "the value of attribute %s must be quoted", e->html.attr);
	case HTML_SCRIPT: gen_fail(e->file, line, "nothing may stand in <script>");
	case HTML_COMMENT:
	case HTML_DECL: gen_fail(e->file, line, "a value cannot stand here");
	}
}

/* Takes "| name" off the end of an expression. Returns "" when there is none. */
static const char *take_filter(struct piece *d)
{
	size_t i = d->n;
	const char *name;

	while (i > 0 && gen_is_word(d->p[i - 1]))
		i--;
	name = gen_strndup(d->p + i, d->n - i);
	while (i > 0 && gen_is_blank(d->p[i - 1]))
		i--;
	if (!*name || i < 2 || d->p[i - 1] != '|' || d->p[i - 2] == '|')
		return "";
	d->n = i - 1;
	while (d->n > 0 && gen_is_blank(d->p[d->n - 1]))
		d->n--;
	return name;
}

static const char *url_function(struct emit *e, const char *filter, int line)
{
	if (strcmp(filter, "url") == 0)
		return "out_url_value(o, (";
	if (strcmp(filter, "path") != 0)
		gen_fail(e->file, line, "a value in %s needs | url or | path", e->html.attr);
	if (e->html.value_begun)
		gen_fail(e->file, line, "| path is a whole address and stands first in %s", e->html.attr);
	return "out_path(o, (";
}

static const char *value_function(struct emit *e, const char *filter, int line)
{
	check_place(e, line);
	if (html_is_url(&e->html))
		return url_function(e, filter, line);
	if (strcmp(filter, "") == 0)
		return e->html.state == HTML_TEXT ? "out_value(o, (" : "out_attr_value(o, (";
	if (strcmp(filter, "url") == 0)
		return "out_url_value(o, (";
	if (strcmp(filter, "lines") == 0 && e->html.state == HTML_TEXT)
		return "out_lines(o, (";
	gen_fail(e->file, line, "| %s cannot be used here", filter);
}

static void value(struct emit *e, const struct piece *d)
{
	struct piece expr = *d;
	const char *filter = take_filter(&expr), *function = value_function(e, filter, d->line);

	need(e, &expr, "the value");
	statement(e, &expr, function, "));\n");
	e->html.value_begun = true;
}

static void translated(struct emit *e, const struct piece *d)
{
	const char *open = memchr(d->p, '(', d->n);
	struct piece args;

	need(e, d, "the message");
	check_place(e, d->line);
	if (html_is_url(&e->html))
		gen_fail(e->file, d->line, "a message cannot be part of %s", e->html.attr);
	e->html.value_begun = true;
	if (!open) {
		statement(e, d, "out_text(o, msg_", "(o->lang));\n");
		return;
	}
	if (d->p[d->n - 1] != ')')
		gen_fail(e->file, d->line, "tr: ) is missing");
	args = *d;
	args.p = open + 1;
	args.n = (size_t)(d->p + d->n - 1 - args.p);
	line_mark(e, d->line);
	indent(e);
	text_str(&e->body, "msg_");
	text_add(&e->body, d->p, (size_t)(open - d->p));
	text_str(&e->body, "(out_scratch(o), o->lang, o->zone, ");
	text_add(&e->body, args.p, args.n);
	text_str(&e->body, "), out_scratch_text(o);\n");
}

/* "pen-line" or "lapor.css" as the rest of a C name. */
static void c_name(struct emit *e, const struct piece *d)
{
	for (size_t i = 0; i < d->n; i++) {
		char c = d->p[i];

		if (!gen_is_word(c) && c != '-' && c != '.')
			gen_fail(e->file, d->line, "not a name: %.*s", (int)d->n, d->p);
		text_char(&e->body, gen_is_word(c) ? c : '_');
	}
}

static void named(struct emit *e, const struct piece *d)
{
	bool is_icon = d->kind == PIECE_ICON;

	need(e, d, is_icon ? "the name of the icon" : "the name of the asset");
	check_place(e, d->line);
	if (is_icon && e->html.state != HTML_TEXT)
		gen_fail(e->file, d->line, "an icon can stand between tags only");
	if (!is_icon && e->html.value_begun)
		gen_fail(e->file, d->line, "an asset is a whole address and stands first");
	line_mark(e, d->line);
	indent(e);
	text_str(&e->body, is_icon ? "out_icon(o, ICON_" : "out_raw(o, ASSET_");
	c_name(e, d);
	text_str(&e->body, ");\n");
	e->html.value_begun = true;
}

static void include(struct emit *e, const struct piece *d)
{
	if (e->depth > 0)
		gen_fail(e->file, d->line, "include inside of a block");
	if (d->n < 3 || d->p[0] != '"' || d->p[d->n - 1] != '"')
		gen_fail(e->file, d->line, "include takes a file name in quotes");
	text_str(&e->head, "#include ");
	text_add(&e->head, d->p, d->n);
	text_char(&e->head, '\n');
}

static void text(struct emit *e, const struct piece *d)
{
	int line = d->line;

	if (e->depth > 0) {
		html_feed(&e->html, d->p, d->n, d->line, &e->literal);
		return;
	}
	for (size_t i = 0; i < d->n; i++) {
		if (!gen_is_blank(d->p[i]))
			gen_fail(e->file, line, "text outside of define");
		line += d->p[i] == '\n';
	}
}

static void render(struct emit *e, const struct piece *d)
{
	need(e, d, "the call of render");
	if (e->html.state != HTML_TEXT)
		gen_fail(e->file, d->line, "render can stand between tags only");
	statement(e, d, "", ";\n");
}

void emit_piece(struct emit *e, const struct piece *d)
{
	if (d->kind == PIECE_TEXT) {
		text(e, d);
		return;
	}
	flush_literal(e);
	if (e->depth == 0 && d->kind != PIECE_INCLUDE && d->kind != PIECE_DEFINE && d->kind != PIECE_END)
		gen_fail(e->file, d->line, "directive outside of define");
	switch (d->kind) {
	case PIECE_TEXT:
	case PIECE_COMMENT: break;
	case PIECE_INCLUDE: include(e, d); break;
	case PIECE_DEFINE: begin_define(e, d); break;
	case PIECE_IF:
	case PIECE_FOR: begin_block(e, d); break;
	case PIECE_ELSE_IF:
	case PIECE_ELSE: next_branch(e, d); break;
	case PIECE_END: end_block(e, d); break;
	case PIECE_LET:
		need(e, d, "the declaration of let");
		statement(e, d, "", ";\n");
		break;
	case PIECE_TR: translated(e, d); break;
	case PIECE_ICON:
	case PIECE_ASSET: named(e, d); break;
	case PIECE_RENDER: render(e, d); break;
	case PIECE_VALUE: value(e, d); break;
	}
}

void emit_finish(struct emit *e)
{
	if (e->depth > 0)
		gen_fail(e->file, e->blocks[e->depth - 1].line, "this block has no end");
}
