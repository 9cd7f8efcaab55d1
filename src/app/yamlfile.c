/* SPDX-License-Identifier: Apache-2.0
 * yamlfile - loading by libcyaml, its complaints in one line, and places in the text, which it does not keep.
 */
#include "app/yamlfile.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

/* What libcyaml says goes wrong: its first line names the trouble, the first one with a place names where. */
struct complaint {
	char what[160], where[80];
};

static void note_complaint(cyaml_log_t level, void *ctx, const char *fmt, va_list args)
{
	struct complaint *c = ctx;
	char line[256];
	const char *at;

	if (level < CYAML_LOG_ERROR)
		return;
	vsnprintf(line, sizeof(line), fmt, args);
	line[strcspn(line, "\n")] = '\0';
	at = strstr(line, "(line: ");
	if (at && c->where[0] == '\0')
		snprintf(c->where, sizeof(c->where), "%.*s", (int)strcspn(at + 1, ")"), at + 1);
	else if (!at && c->what[0] == '\0' && strstr(line, "ENUM value: "))
		snprintf(c->what, sizeof(c->what), "must be yes or no, not \"%.60s\"", strrchr(line, ' ') + 1);
	else if (!at && c->what[0] == '\0' && strncmp(line, "Load: Backtrace", 15) != 0)
		snprintf(c->what, sizeof(c->what), "%.150s", strncmp(line, "Load: ", 6) == 0 ? line + 6 : line);
}

/* Is the word at p a key: at a beginning, with a colon behind it? */
static bool is_key(const char *start, const char *p, const char *key, size_t n)
{
	const char *behind = p + n;

	if (strncmp(p, key, n) != 0 || (p > start && !strchr(" \"'{,-", p[-1])))
		return false;
	behind += *behind == '"' || *behind == '\'';
	return *behind == ':' && (behind[1] == ' ' || behind[1] == '\n' || behind[1] == '\r' || behind[1] == '\0');
}

/* The column of a key in the line from start to end, 0 when it is not there. */
static int key_column(const char *start, const char *end, const char *key)
{
	size_t n = strlen(key);

	for (const char *p = start; n > 0 && p + n < end; p++)
		if (is_key(start, p, key, n))
			return (int)(p - start) + 1;
	return 0;
}

static const char *line_end(const char *p)
{
	return p + strcspn(p, "\n");
}

/* libcyaml points at the value before an unknown key: the key is looked for from there on. */
static void find_unknown_key(const struct yamlfile_text *text, struct complaint *c)
{
	const char *key = strrchr(c->what, ' ');
	int from = 1, column = 0, at = 1;

	if (!key || sscanf(c->where, "line: %d", &from) != 1)
		return;
	for (const char *p = text->p; column == 0; p = line_end(p) + 1, at++) {
		if (at >= from)
			column = key_column(p, line_end(p) + 1, key + 1);
		if (column > 0)
			snprintf(c->where, sizeof(c->where), "line: %d, column: %d", at, column);
		if (*line_end(p) == '\0')
			return;
	}
}

static cyaml_config_t config_for(struct complaint *c)
{
	return (cyaml_config_t){
		.log_fn = note_complaint,
		.log_ctx = c,
		.mem_fn = cyaml_mem,
		.log_level = CYAML_LOG_ERROR,
		.flags = CYAML_CFG_NO_ALIAS,
	};
}

enum rc yamlfile_load(const struct yamlfile_text *text, const cyaml_schema_value_t *schema, void **ret, struct err *err)
{
	struct complaint trouble = { "", "" };
	const cyaml_config_t config = config_for(&trouble);
	cyaml_err_t e = cyaml_load_data((const uint8_t *)text->p, text->n, &config, schema, (cyaml_data_t **)ret, NULL);

	if (e == CYAML_ERR_INVALID_KEY)
		find_unknown_key(text, &trouble);
	if (e != CYAML_OK)
		return err_set(err, RC_INVALID, 0, "%s, %s: %s", text->name, trouble.where[0] ? trouble.where : "line: 1",
			       trouble.what[0] ? trouble.what : cyaml_strerror(e));
	return RC_OK;
}

void yamlfile_free(const cyaml_schema_value_t *schema, void *data)
{
	struct complaint trouble = { "", "" };
	const cyaml_config_t config = config_for(&trouble);

	if (cyaml_free(&config, schema, data, 0) != CYAML_OK)
		BUG("libcyaml cannot free what it made");
}

/* Into the arena goes only what there is, whatever the maximum. */
static enum rc read_all(struct arena *a, FILE *f, size_t max, struct yamlfile_text *ret, struct err *err)
{
	struct buf b;
	char part[4096];
	size_t n;
	enum rc rc = RC_OK;

	buf_init(&b, max);
	while ((n = fread(part, 1, sizeof(part), f)) > 0 && !b.overflow)
		buf_add(&b, part, n);
	if (b.overflow)
		rc = err_set(err, RC_TOO_LARGE, 0, "%s, line: 1, column: 1: longer than %zu bytes", ret->name, max);
	else if (ferror(f))
		rc = err_set(err, RC_NOT_FOUND, 0, "cannot read %s: is it a file?", ret->name);
	ret->p = arena_memdup(a, buf_cstr(&b), b.n + 1);
	ret->n = b.n;
	buf_done(&b);
	return rc;
}

enum rc yamlfile_read(struct arena *a, const char *path, size_t max, struct yamlfile_text *ret, struct err *err)
{
	FILE *f = fopen(path, "re");
	enum rc rc;

	if (!f)
		return err_set(err, RC_NOT_FOUND, 0, "cannot read %s: %s", path, strerror(errno));
	*ret = (struct yamlfile_text){ .name = path };
	rc = read_all(a, f, max, ret, err);
	fclose(f);
	return rc;
}

/* ---- places */

struct reader {
	const char *p;   /* the line's beginning */
	int line;
};

static bool next_line(struct reader *r)
{
	const char *end = line_end(r->p);

	if (*end == '\0')
		return false;
	r->p = end + 1;
	r->line++;
	return *r->p != '\0';
}

static bool is_item(const char *line)
{
	const char *p = line + strspn(line, " ");

	return p[0] == '-' && p[1] == ' ';
}

/* The line of a key of the top level. */
static bool find_top(struct reader *r, const char *key)
{
	do {
		if (key_column(r->p, line_end(r->p) + 1, key) == 1)
			return true;
	} while (next_line(r));
	return false;
}

/* Moves to the index-th item of the list that begins below. */
static bool find_item(struct reader *r, int index)
{
	size_t indent = SIZE_MAX;

	while (next_line(r)) {
		size_t blanks = strspn(r->p, " ");

		if (!is_item(r->p) || (indent != SIZE_MAX && blanks != indent)) {
			/* Another key of the top level ends the list. */
			if (blanks == 0 && !strchr("#\n", *r->p))
				return false;
			continue;
		}
		indent = blanks;
		if (index-- == 0)
			return true;
	}
	return false;
}

struct yamlfile_place yamlfile_find(const struct yamlfile_text *text, const char *list, int index, const char *key)
{
	struct reader r = { text->p, 1 };
	struct yamlfile_place place = { 1, 1 };
	size_t indent;

	if (!find_top(&r, list))
		return place;
	place.line = r.line;
	if (index < 0 || !find_item(&r, index))
		return place;
	indent = strspn(r.p, " ");
	place = (struct yamlfile_place){ r.line, (int)indent + 3 };
	do {
		int column = key ? key_column(r.p, line_end(r.p) + 1, key) : 0;

		if (column > 0)
			return (struct yamlfile_place){ r.line, column };
	} while (next_line(&r) && (strspn(r.p, " ") > indent || *r.p == '\n' || *r.p == '#'));
	return place;
}
