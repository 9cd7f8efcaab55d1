/* SPDX-License-Identifier: Apache-2.0
 * cmd_sop - SOPs from the command line: checking files, printing them, listing those that come with lapor. No database
 * is opened.
 */
#include <stdio.h>
#include <string.h>

#include "app/sop_load.h"
#include "base/utf8.h"
#include "cmd/command.h"
#include "cmd/data.h"
#include "core/sop_lint.h"

#define ARENA_MAX ((size_t)8 << 20)
#define FOLDER "sop/"
#define ENDING ".yaml"
/* Below "what". */
#define INDENT "                                                              "

/* ---- lint */

static void print_finding(const char *path, const struct sop_finding *f)
{
	printf("%s:%d:%d: %s", path, f->line > 0 ? f->line : 1, f->column > 0 ? f->column : 1,
	       f->is_error ? "error: " : "warning: ");
	if (f->conflict > 0)
		printf("E%d: ", f->conflict);
	printf("%s\n", f->text);
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
			print_finding(path, &found->v[i]);
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

static enum rc load_one(struct arena *a, const char *id, const struct sop **ret, struct err *err)
{
	struct data d;

	if (!strpbrk(id, "/.") && data_find(arena_printf(a, FOLDER "%s" ENDING, id), &d))
		return sop_load_text(a, id, d.p, d.n, ret, err);
	if (!strpbrk(id, "/."))
		return err_set(err, RC_NOT_FOUND, 0, "there is no SOP %.60s; \"lapor sop list\" names them", id);
	return sop_load_file(a, id, ret, err);
}

int cmd_sop_show_run(const struct args *args)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct err err = { 0 };
	const struct sop *s;
	int status = 0;

	if (load_one(a, args->operand[0], &s, &err) == RC_OK)
		print_sop(s);
	else
		status = command_fail_err(args, &err);
	arena_free(a);
	return status;
}

/* ---- list */

int cmd_sop_list_run(const struct args *args)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct err err = { 0 };
	int status = 0;

	for (size_t i = 0; data_name(i) && status == 0; i++) {
		const char *name = data_name(i);
		const struct sop *s;
		struct data d;

		if (strncmp(name, FOLDER, strlen(FOLDER)) != 0 || !data_find(name, &d))
			continue;
		if (sop_load_text(a, name, d.p, d.n, &s, &err) == RC_OK)
			printf("%s\t%s\t%s\t%s\n", s->id, s->number, s->government, s->title);
		else
			status = command_fail_err(args, &err);
	}
	arena_free(a);
	return status;
}
