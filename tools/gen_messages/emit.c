/* SPDX-License-Identifier: Apache-2.0 */
#include "emit.h"

static const char *const lang_names[LANGUAGE_COUNT] = { "LANG_ID", "LANG_EN" };

static bool has_params(const struct message *m)
{
	return m->in[LANGUAGE_ID].n_params > 0;
}

static void signature(const struct message *m, struct text *out)
{
	const struct wording *w = &m->in[LANGUAGE_ID];

	text_printf(out, "void msg_%s(struct buf *b, enum lang lang, enum zone zone", m->name);
	for (size_t i = 0; i < w->n_params; i++)
		text_printf(out, ", %s%s", types[w->params[i].type].c_type, w->params[i].name);
	text_char(out, ')');
}

void emit_header(const struct catalogue *c, struct text *out)
{
	text_str(out, "/* Made from the catalogues in src/i18n. */\n#ifndef MESSAGES_H\n#define MESSAGES_H\n"
		      "#include \"base/buf.h\"\n#include \"base/day.h\"\n#include \"base/lang.h\"\n\n"
		      "/* Messages without parameters. */\nenum msg {\n\tMSG_NONE,\n");
	for (size_t i = 0; i < c->n; i++)
		if (!has_params(&c->m[i]))
			text_printf(out, "\tMSG_%s,\n", c->m[i].name);
	text_str(out, "\tMSG_COUNT\n};\n\n"
		      "/* \"\" for MSG_NONE and for numbers out of range. */\n"
		      "const char *msg_text(enum lang lang, enum msg m);\n"
		      "const char *msg_name(enum msg m);\n"
		      "/* MSG_NONE when there is none. */\nenum msg msg_by_name(const char *name);\n\n");
	for (size_t i = 0; i < c->n; i++) {
		const struct message *m = &c->m[i];

		if (has_params(m)) {
			signature(m, out);
			text_str(out, ";\n");
		} else {
			text_printf(
				out,
				"static inline const char *msg_%s(enum lang lang) "
				"{ return msg_text(lang, MSG_%s); }\n",
				m->name, m->name);
		}
	}
	text_str(out, "#endif\n");
}

/* Writes static words as C; \n is a newline, \{ a brace. */
static void emit_words(const struct wording *w, const char *p, size_t n, struct text *out)
{
	struct text words = { 0 };

	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\\' && i + 1 < n) {
			i++;
			if (p[i] == 'n')
				text_char(&words, '\n');
			else if (p[i] == '{' || p[i] == '}' || p[i] == '\\')
				text_char(&words, p[i]);
			else
				gen_fail(w->file, w->line, "unknown escape \\%c", p[i]);
			continue;
		}
		if (p[i] == '{' || p[i] == '}')
			gen_fail(w->file, w->line, "a lone %c: write \\%c", p[i], p[i]);
		text_char(&words, p[i]);
	}
	text_c_escape(out, words.p ? words.p : "", words.n);
}

static const struct param *find_param(const struct wording *w, const char *name, size_t n)
{
	for (size_t i = 0; i < w->n_params; i++)
		if (strlen(w->params[i].name) == n && memcmp(w->params[i].name, name, n) == 0)
			return &w->params[i];
	gen_fail(w->file, w->line, "{%.*s} is no parameter", (int)n, name);
}

static void emit_literal(const struct wording *w, const char *p, size_t n, struct text *out)
{
	if (n == 0)
		return;
	text_str(out, "\t\tbuf_lit(b, \"");
	emit_words(w, p, n, out);
	text_str(out, "\");\n");
}

static void emit_param(const struct param *p, struct text *out)
{
	const char *call = types[p->type].call;

	text_str(out, "\t\t");
	for (; *call; call++) {
		if (call[0] == '%' && call[1] == 's') {
			text_str(out, p->name);
			call++;
		} else {
			text_char(out, *call);
		}
	}
	text_str(out, ";\n");
}

/* {n?singular|plural} */
static void emit_plural(const struct wording *w, const char *p, size_t n, struct text *out)
{
	const char *mark = memchr(p, '?', n), *bar = memchr(p, '|', n);
	const struct param *param = find_param(w, p, (size_t)(mark - p));

	if (!bar)
		gen_fail(w->file, w->line, "| is missing in {%.*s}", (int)n, p);
	if (param->type != TYPE_INT && param->type != TYPE_PLAIN)
		gen_fail(w->file, w->line, "%s is not a count", param->name);
	text_printf(out, "\t\tbuf_str(b, %s == 1 ? \"", param->name);
	emit_words(w, mark + 1, (size_t)(bar - mark - 1), out);
	text_str(out, "\" : \"");
	emit_words(w, bar + 1, (size_t)(p + n - bar - 1), out);
	text_str(out, "\");\n");
}

static const char *find_brace(const char *p)
{
	for (; *p && *p != '{'; p++)
		if (*p == '\\' && p[1])
			p++;
	return p;
}

static void emit_wording(const struct wording *w, struct text *out)
{
	const char *p = w->text;
	bool used[PARAMS_MAX] = { false };

	while (*p) {
		const char *open = find_brace(p), *close;

		emit_literal(w, p, (size_t)(open - p), out);
		if (!*open)
			break;
		close = strchr(open, '}');
		if (!close)
			gen_fail(w->file, w->line, "{ without }");
		p = open + 1;
		if (memchr(p, '?', (size_t)(close - p))) {
			emit_plural(w, p, (size_t)(close - p), out);
			used[find_param(w, p, strcspn(p, "?")) - w->params] = true;
		} else {
			const struct param *param = find_param(w, p, (size_t)(close - p));

			emit_param(param, out);
			used[param - w->params] = true;
		}
		p = close + 1;
	}
	for (size_t i = 0; i < w->n_params; i++)
		if (!used[i])
			gen_fail(w->file, w->line, "parameter %s is not used", w->params[i].name);
}

static void emit_function(const struct message *m, struct text *out)
{
	text_char(out, '\n');
	signature(m, out);
	text_str(out, "\n{\n\t(void)zone;\n\tswitch (lang) {\n");
	for (int lang = 0; lang < LANGUAGE_COUNT; lang++) {
		text_printf(out, "\tcase %s:\n", lang_names[lang]);
		emit_wording(&m->in[lang], out);
		text_str(out, "\t\treturn;\n");
	}
	text_str(out, "\tcase LANG_COUNT:\n\t\tbreak;\n\t}\n\tBUG(\"no such language\");\n}\n");
}

static void emit_table(const struct catalogue *c, struct text *out)
{
	text_str(
		out,
		"static const char *const words[MSG_COUNT][LANG_COUNT] = {\n"
		 "\t[MSG_NONE] = { \"\", \"\" },\n");
	for (size_t i = 0; i < c->n; i++) {
		const struct message *m = &c->m[i];

		if (has_params(m))
			continue;
		text_printf(out, "\t[MSG_%s] = {\n\t\t\"", m->name);
		emit_words(&m->in[LANGUAGE_ID], m->in[LANGUAGE_ID].text, strlen(m->in[LANGUAGE_ID].text),
			   out);
		text_str(out, "\",\n\t\t\"");
		emit_words(&m->in[LANGUAGE_EN], m->in[LANGUAGE_EN].text, strlen(m->in[LANGUAGE_EN].text),
			   out);
		text_str(out, "\" },\n");
	}
	text_str(out, "};\n\nstatic const char *const names[MSG_COUNT] = {\n\t[MSG_NONE] = \"\",\n");
	for (size_t i = 0; i < c->n; i++)
		if (!has_params(&c->m[i]))
			text_printf(out, "\t[MSG_%s] = \"%s\",\n", c->m[i].name, c->m[i].name);
	text_str(out, "};\n");
}

void emit_code(const struct catalogue *c, struct text *out)
{
	text_str(
		out,
		"/* Made from the catalogues in src/i18n. */\n#include \"messages.h\"\n"
		 "#include \"i18n/format.h\"\n\n");
	emit_table(c, out);
	text_str(
		out,
		"\nconst char *msg_text(enum lang lang, enum msg m)\n{\n"
		"\treturn (unsigned)m < MSG_COUNT && (unsigned)lang < LANG_COUNT\n"
		 "\t\t? words[m][lang] : \"\";\n}\n"
		"\nconst char *msg_name(enum msg m)\n{\n"
		 "\treturn (unsigned)m < MSG_COUNT ? names[m] : \"\";\n}\n"
		"\nenum msg msg_by_name(const char *name)\n{\n"
		"\tsize_t lo = 1, hi = MSG_COUNT;\n\n"
		"\twhile (lo < hi) {\n\t\tsize_t mid = lo + (hi - lo) / 2;\n"
		"\t\tint order = strcmp(name, names[mid]);\n\n"
		"\t\tif (order == 0)\n\t\t\treturn (enum msg)mid;\n"
		"\t\tif (order < 0)\n\t\t\thi = mid;\n\t\telse\n\t\t\tlo = mid + 1;\n\t}\n"
		"\treturn MSG_NONE;\n}\n");
	for (size_t i = 0; i < c->n; i++)
		if (has_params(&c->m[i]))
			emit_function(&c->m[i], out);
}
