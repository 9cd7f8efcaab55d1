/* SPDX-License-Identifier: Apache-2.0
 * cmd_sop - SOPs from the command line: checking files, printing them, listing those that come with lapor or are
 * installed.
 */
#include <stdio.h>
#include <string.h>

#include "app/sop_load.h"
#include "app/yamlfile.h"
#include "base/utf8.h"
#include "cmd/cmd_sop.h"
#include "cmd/command.h"
#include "cmd/sop_files.h"
#include "query_shelf.h"

#define ARENA_MAX ((size_t)8 << 20)
/* Below "what". */
#define INDENT "                                                              "

/* ---- lint */

static void print_finding(FILE *to, const char *path, const struct sop_finding *f)
{
	fprintf(to, "%s:%d:%d: %s", path, f->line > 0 ? f->line : 1, f->column > 0 ? f->column : 1,
		f->is_error ? "error: " : "warning: ");
	if (f->conflict > 0)
		fprintf(to, "E%d: ", f->conflict);
	fprintf(to, "%s\n", f->text);
}

/* Prints what is wrong with one file; returns the number of errors. */
static size_t lint_file(const struct args *args, const char *path, size_t *warnings)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct sop_findings *found = arena_new_one(a, struct sop_findings);
	struct err err = { 0 };
	const struct sop *s;
	size_t errors = 1;

	if (sop_load_file(a, path, &s, &err) != RC_OK) {
		command_fail_err(args, &err);
	} else {
		sop_lint(a, s, rules_on(instant_day(options_now(args), ZONE_WIB)), found);
		for (size_t i = 0; i < found->n; i++)
			print_finding(stdout, path, &found->v[i]);
		errors = found->errors;
		*warnings += found->n - found->errors;
	}
	arena_free(a);
	return errors;
}

int cmd_sop_lint_run(const struct args *args)
{
	size_t warnings = 0, errors = lint_file(args, args->operand[0], &warnings);

	for (size_t i = 0; i < args->more_n; i++)
		errors += lint_file(args, args->more[i], &warnings);
	if (errors > 0)
		return 1;
	printf("%zu %s, no errors, %zu %s\n", args->more_n + 1, args->more_n ? "files" : "file", warnings,
	       warnings == 1 ? "warning" : "warnings");
	return 0;
}

/* ---- show */

/* The width of a text in columns: our texts are Latin. */
static void print_cell(const char *text, int width)
{
	int n = (int)utf8_length(text);

	printf("%s%*s", text, n < width ? width - n : 1, "");
}

static void print_head_line(const char *name, const char *text)
{
	if (text[0] == '\0')
		return;
	print_cell(name, 16);
	printf("%s\n", text);
}

static void print_list(const char *name, struct sop_texts texts)
{
	for (size_t i = 0; i < texts.n; i++)
		print_head_line(i == 0 ? name : " ", texts.v[i]);
}

static void print_head(const struct sop *s)
{
	printf("%s: %s\n\n", s->id, s->title);
	print_head_line("number", s->number);
	print_head_line("government", s->government);
	print_head_line("office", s->office);
	print_head_line("signed by", s->signed_by);
	print_head_line("made", s->made_on);
	print_head_line("ratified", s->ratified_on);
	print_head_line("in force", s->effective_on);
	for (size_t i = 0; i < s->law_n; i++) {
		const struct sop_citation *c = &s->laws[i];

		print_cell(i == 0 ? "legal basis" : " ", 16);
		printf("%s, %s%s%s\n", c->printed, c->title, c->reads[0] ? "; read: " : "", c->reads);
	}
	print_list("qualifications", s->qualifications);
	print_list("related", s->related);
	print_list("equipment", s->equipment);
	print_list("warnings", s->warnings);
	print_list("records", s->records);
}

static void time_text(struct sop_time t, char *out, size_t size)
{
	static const char *const units[] = {
		[LIMIT_MINUTES] = "menit", [LIMIT_HOURS] = "jam", [LIMIT_WORKDAYS] = "hari kerja", [LIMIT_DAYS] = "hari",
	};

	if (t.every_months > 0)
		snprintf(out, size, "setiap %d bulan", t.every_months);
	else if (!sop_time_is_given(t))
		snprintf(out, size, "-");
	else if (t.min == t.max)
		snprintf(out, size, "%d %s", t.max, units[t.unit]);
	else
		snprintf(out, size, "%d-%d %s", t.min, t.max, units[t.unit]);
}

/* What it takes, whom it tells: all on one line. */
static void print_joined(const char *label, struct sop_texts texts)
{
	for (size_t i = 0; i < texts.n; i++)
		printf("%s%s", i > 0 ? "; " : label, texts.v[i]);
	if (texts.n > 0)
		putchar('\n');
}

static void print_under(const char *label, const char *text)
{
	if (text[0] != '\0')
		printf(INDENT "%s%s\n", label, text);
}

static void print_step(const struct sop *s, const struct sop_step *step)
{
	char in_force[40];

	time_text(step->in_force, in_force, sizeof(in_force));
	print_cell(step->id, 5);
	print_cell(s->actors[step->by[0]].name, 26);
	print_cell(step->printed[0] ? step->printed : "-", 14);
	print_cell(in_force, 17);
	printf("%s\n", step->name);
	for (size_t i = 1; i < step->by_n; i++)
		printf("%5s%s\n", "", s->actors[step->by[i]].name);
	print_joined(INDENT "needs ", step->requirements);
	print_under("gives ", step->output);
	print_joined(INDENT "tells ", step->tells);
	for (size_t i = 0; i < step->branch_n; i++)
		printf(INDENT "-> %s: %s\n", step->branches[i].to_id, step->branches[i].when);
	print_under("note: ", step->note);
}

static void print_sop(const struct sop *s)
{
	print_head(s);
	printf("\n%-5s%-26s%-14s%-17s%s\n", "step", "by", "printed", "in force", "what");
	for (size_t i = 0; i < s->step_n; i++)
		print_step(s, &s->steps[i]);
	if (s->total_printed[0])
		printf("%-31s%s\n", "total", s->total_printed);
	if (s->decision_n > 0)
		printf("\ndecisions\n");
	for (size_t i = 0; i < s->decision_n; i++) {
		printf("E%-4d%s\n", s->decisions[i].conflict, s->decisions[i].decision);
		if (s->decisions[i].printed[0])
			printf("     (%s)\n", s->decisions[i].printed);
	}
}

/* The text of one that comes with lapor, or of a file. */
static enum rc find_text(struct arena *a, const char *id, struct yamlfile_text *ret, struct err *err)
{
	struct sop_store_file f;

	if (!strpbrk(id, "/.") && sop_files_find(id, &f)) {
		*ret = (struct yamlfile_text){ arena_strdup(a, f.id), f.text, f.n };
		return RC_OK;
	}
	if (!strpbrk(id, "/."))
		return err_set(err, RC_NOT_FOUND, 0, "there is no SOP %.60s; \"lapor sop list\" names them", id);
	return yamlfile_read(a, id, SOP_FILE_BYTES_MAX, ret, err);
}

enum rc cmd_sop_load(struct arena *a, const char *id, const struct sop **ret, struct err *err)
{
	struct yamlfile_text text;

	TRY(find_text(a, id, &text, err));
	return sop_load_text(a, text.name, text.p, text.n, ret, err);
}

int cmd_sop_show_run(const struct args *args)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct err err = { 0 };
	const struct sop *s;
	int status = 0;

	if (cmd_sop_load(a, args->operand[0], &s, &err) == RC_OK)
		print_sop(s);
	else
		status = command_fail_err(args, &err);
	arena_free(a);
	return status;
}

/* ---- list */

static int list_built_in(const struct args *args)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct err err = { 0 };
	struct sop_store_file f;
	int status = 0;

	for (size_t i = 0; status == 0 && sop_files_at(i, &f); i++) {
		const struct sop *s;

		if (sop_load_text(a, f.id, f.text, f.n, &s, &err) == RC_OK)
			printf("%s\t%s\t%s\t%s\n", s->id, s->number, s->government, s->title);
		else
			status = command_fail_err(args, &err);
	}
	arena_free(a);
	return status;
}

static enum rc print_uses(struct session *s)
{
	struct shelf_all_uses_row *rows;
	size_t n;

	TRY(q_shelf_all_uses(s->db, s->a, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		char from[11], until[11] = "";

		day_format(rows[i].valid_from, from);
		if (rows[i].valid_until.n != DAY_NONE)
			day_format(rows[i].valid_until, until);
		printf("%s\t%s@%lld\t%s\t%s\t%s\n", rows[i].slug, rows[i].word, (long long)rows[i].version,
		       sop_covers_word((enum sop_covers)rows[i].covers), from, until);
	}
	return RC_OK;
}

int cmd_sop_list_run(const struct args *args)
{
	struct session s;
	int status;

	if (!options_text(args, "db"))
		return list_built_in(args);
	status = command_open(args, DB_READ, NEED_CURRENT, &s);
	if (status != 0)
		return status;
	if (print_uses(&s) != RC_OK)
		status = command_fail(args, "the SOPs cannot be read: %s", db_message(s.db));
	command_close(&s);
	return status;
}

/* ---- install, retire */

static enum rc find_agency(const struct args *args, struct session *s, struct agency_id *ret)
{
	const char *slug = options_text(args, "agency");
	struct shelf_agency_row row;
	enum rc rc = q_shelf_agency(s->db, s->a, slug, &row);

	if (rc == RC_NOT_FOUND)
		return err_set(&s->c.err, RC_NOT_FOUND, 0, "there is no agency \"%.60s\" of the second level", slug);
	*ret = row.id;
	return rc;
}

static enum rc find_day(const struct args *args, struct session *s, struct day *ret)
{
	const char *from = options_text(args, "from");

	*ret = instant_day(s->c.now, s->settings.zone);
	if (from && !day_parse(from, ret))
		return err_set(&s->c.err, RC_INVALID, 0, "--from needs a date like 2026-03-19, not \"%.40s\"", from);
	return RC_OK;
}

static void print_check(const char *name, const struct sop_store_check *check)
{
	if (check->problem)
		fprintf(stderr, "%s\n", check->problem);
	for (size_t i = 0; i < check->found.n; i++)
		if (check->found.v[i].is_error)
			print_finding(stderr, name, &check->found.v[i]);
}

static enum rc install(const struct args *args, struct session *s)
{
	struct sop_store_check check = { 0 };
	struct sop_store_in in = { 0 };
	struct sop_store_done done;
	struct yamlfile_text text;
	enum rc rc;

	TRY(find_agency(args, s, &in.agency));
	TRY(find_day(args, s, &in.from));
	TRY(find_text(s->a, args->operand[0], &text, &s->c.err));
	in.name = text.name;
	in.text = text.p;
	in.n = text.n;
	rc = sop_store_install(&s->c, &in, &check, &done);
	print_check(text.name, &check);
	if (rc == RC_CONFLICT)
		return err_set(&s->c.err, rc, 0, "%s works by this very text already", options_text(args, "agency"));
	if (rc == RC_INVALID)
		return err_set(&s->c.err, rc, 0, "nothing was installed");
	if (rc == RC_OK)
		printf("%s@%d\n", check.sop->id, done.version);
	return rc;
}

static enum rc retire(const struct args *args, struct session *s)
{
	struct agency_id agency;
	struct day from;
	enum rc rc;

	TRY(find_agency(args, s, &agency));
	TRY(find_day(args, s, &from));
	rc = sop_store_retire(&s->c, agency, args->operand[0], from);
	if (rc == RC_NOT_FOUND)
		return err_set(&s->c.err, rc, 0, "%s does not work by %.60s then", options_text(args, "agency"), args->operand[0]);
	return rc;
}

static int change(const struct args *args, enum rc (*run)(const struct args *args, struct session *s))
{
	struct session s;
	int status = command_open(args, DB_WRITE, NEED_CURRENT, &s);

	if (status != 0)
		return status;
	if (run(args, &s) != RC_OK)
		status = s.c.err.detail[0] ? command_fail_err(args, &s.c.err)
					   : command_fail(args, "nothing was changed: %s", db_message(s.db));
	command_close(&s);
	return status;
}

int cmd_sop_install_run(const struct args *args)
{
	return change(args, install);
}

int cmd_sop_retire_run(const struct args *args)
{
	return change(args, retire);
}
