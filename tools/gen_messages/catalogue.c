/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue.h"

const struct type_info types[TYPE_COUNT] = {
	[TYPE_INT] = { "int", "int64_t ", "format_int(b, lang, %s)" },
	[TYPE_PLAIN] = { "plain", "int64_t ", "buf_int(b, %s)" },
	[TYPE_STR] = { "str", "const char *", "buf_str(b, %s ? %s : \"\")" },
	[TYPE_DAY] = { "day", "struct day ", "format_day(b, lang, %s)" },
	[TYPE_DAYSHORT] = { "dayshort", "struct day ", "format_day_short(b, lang, %s)" },
	[TYPE_TIME] = { "time", "struct instant ", "format_time(b, lang, zone, %s)" },
	[TYPE_TIMESHORT] = { "timeshort", "struct instant ", "format_time_short(b, lang, zone, %s)" },
	[TYPE_CLOCK] = { "clock", "struct instant ", "format_clock(b, lang, zone, %s)" },
	[TYPE_BYTES] = { "bytes", "int64_t ", "format_bytes(b, lang, %s)" },
	[TYPE_DEC1] = { "dec1", "int64_t ", "format_dec1(b, lang, %s)" },
};

/* One line being read. */
struct cursor {
	const char *file;
	int line;
	const char *p, *end;
};

static void skip_blanks(struct cursor *c)
{
	while (c->p < c->end && gen_is_blank(*c->p))
		c->p++;
}

static char *take_word(struct cursor *c, const char *what)
{
	const char *begin;

	skip_blanks(c);
	begin = c->p;
	while (c->p < c->end && gen_is_word(*c->p) && (*c->p < 'A' || *c->p > 'Z'))
		c->p++;
	if (c->p == begin || (*begin >= '0' && *begin <= '9'))
		gen_fail(c->file, c->line, "%s is missing (a-z, 0-9 and _)", what);
	return gen_strndup(begin, (size_t)(c->p - begin));
}

static bool take_char(struct cursor *c, char want)
{
	skip_blanks(c);
	if (c->p == c->end || *c->p != want)
		return false;
	c->p++;
	return true;
}

static void take_params(struct cursor *c, struct wording *w)
{
	if (!take_char(c, '('))
		return;
	do {
		struct param *p = &w->params[w->n_params];
		char *type;

		if (w->n_params == PARAMS_MAX)
			gen_fail(c->file, c->line, "too many parameters");
		p->name = take_word(c, "the name of a parameter");
		type = take_word(c, "the type of a parameter");
		for (p->type = 0; p->type < TYPE_COUNT; p->type++)
			if (strcmp(type, types[p->type].name) == 0)
				break;
		if (p->type == TYPE_COUNT)
			gen_fail(c->file, c->line, "unknown type %s", type);
		for (size_t i = 0; i < w->n_params; i++)
			if (strcmp(w->params[i].name, p->name) == 0)
				gen_fail(c->file, c->line, "parameter %s twice", p->name);
		w->n_params++;
	} while (take_char(c, ','));
	if (!take_char(c, ')'))
		gen_fail(c->file, c->line, "a ) or , is missing after the parameters");
}

static struct message *find_or_add(struct catalogue *c, char *name)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->m[i].name, name) == 0)
			return &c->m[i];
	c->m = gen_grow(c->m, (c->n + 1) * sizeof(*c->m));
	c->m[c->n] = (struct message){ .name = name };
	return &c->m[c->n++];
}

static void read_line(struct catalogue *all, struct cursor *c, enum language lang)
{
	struct wording w = { .file = c->file, .line = c->line };
	struct message *m;
	char *name;

	while (c->end > c->p && gen_is_blank(c->end[-1]))
		c->end--;
	skip_blanks(c);
	if (c->p == c->end || *c->p == '#')
		return;
	name = take_word(c, "the name of the message");
	if (strcmp(name, "text") == 0 || strcmp(name, "name") == 0 || strcmp(name, "by_name") == 0)
		gen_fail(c->file, c->line, "the name %s is taken by the catalogue itself", name);
	take_params(c, &w);
	if (!take_char(c, '='))
		gen_fail(c->file, c->line, "= is missing after %s", name);
	skip_blanks(c);
	if (c->p == c->end)
		gen_fail(c->file, c->line, "the words of %s are missing", name);
	w.text = gen_strndup(c->p, (size_t)(c->end - c->p));
	m = find_or_add(all, name);
	if (m->in[lang].file)
		gen_fail(c->file, c->line, "%s is already in %s:%d", name, m->in[lang].file,
			 m->in[lang].line);
	m->in[lang] = w;
}

static enum language language_of(const char *file)
{
	const char *slash = strrchr(file, '/');

	if (slash && slash - file >= 2 && (slash - file == 2 || slash[-3] == '/')) {
		if (memcmp(slash - 2, "id", 2) == 0)
			return LANGUAGE_ID;
		if (memcmp(slash - 2, "en", 2) == 0)
			return LANGUAGE_EN;
	}
	gen_fail(file, 0, "the folder of a catalogue is its language: id or en");
}

void catalogue_read(struct catalogue *all, const char *file)
{
	enum language lang = language_of(file);
	struct text source = gen_read_text(file);
	struct cursor c = { .file = file, .line = 1 };
	const char *at = source.p, *last = source.p + source.n;

	while (at < last) {
		const char *end = memchr(at, '\n', (size_t)(last - at));

		c.p = at;
		c.end = end ? end : last;
		at = end ? end + 1 : last;
		read_line(all, &c, lang);
		c.line++;
	}
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct message *)a)->name, ((const struct message *)b)->name);
}

static bool same_params(const struct wording *a, const struct wording *b)
{
	if (a->n_params != b->n_params)
		return false;
	for (size_t i = 0; i < a->n_params; i++)
		if (strcmp(a->params[i].name, b->params[i].name) != 0 ||
		    a->params[i].type != b->params[i].type)
			return false;
	return true;
}

void catalogue_check(struct catalogue *c)
{
	static const char *const names[LANGUAGE_COUNT] = { "Indonesian", "English" };
	int bad = 0;

	qsort(c->m, c->n, sizeof(*c->m), by_name);
	for (size_t i = 0; i < c->n; i++) {
		const struct wording *id = &c->m[i].in[LANGUAGE_ID], *en = &c->m[i].in[LANGUAGE_EN];
		const struct wording *there = id->file ? id : en;

		if (!id->file || !en->file) {
			fprintf(stderr, "%s:%d: %s is missing in %s\n", there->file, there->line,
				c->m[i].name, names[id->file ? LANGUAGE_EN : LANGUAGE_ID]);
			bad++;
		} else if (!same_params(id, en)) {
			fprintf(stderr, "%s:%d: %s has other parameters than in %s:%d\n", en->file, en->line,
				c->m[i].name, id->file, id->line);
			bad++;
		}
	}
	if (bad > 0)
		exit(1);
}
