/* SPDX-License-Identifier: Apache-2.0
 * cmd_calendar - holidays from the command line. When they change, the deadlines that still run are counted anew: a
 * cuti bersama announced late moves them.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/holidays.h"
#include "app/recount.h"
#include "base/utf8.h"
#include "cmd/command.h"
#include "cmd/setup.h"
#include "query_setup.h"

#define FILE_BYTES_MAX (1 << 20)

static const char *kind_name(int64_t kind)
{
	switch (kind) {
	case HOLIDAY_NATIONAL: return "libur_nasional";
	case HOLIDAY_CUTI_BERSAMA: return "cuti_bersama";
	default: return "daerah";
	}
}

int cmd_calendar_list_run(const struct args *args)
{
	int64_t year = options_int(args, "year", 0);
	struct setup_holiday_list_args range = {
		.from_day = day_from_civil(year ? (int)year : 1990, 1, 1),
		.to_day = day_from_civil(year ? (int)year : 2200, 12, 31),
	};
	struct setup_holiday_list_row *rows;
	struct session s;
	size_t n;
	int status = command_open(args, DB_READ, NEED_CURRENT, &s);

	if (status != 0)
		return status;
	if (q_setup_holiday_list(s.db, s.a, &range, &rows, &n) != RC_OK) {
		status = command_fail(args, "the holidays cannot be read: %s", db_message(s.db));
	} else {
		for (size_t i = 0; i < n; i++) {
			char day[11];

			day_format(rows[i].on_day, day);
			printf("%s\t%s\t%s\t%s\t%s\n", day, kind_name(rows[i].kind), rows[i].scope, rows[i].name,
			       rows[i].source);
		}
	}
	command_close(&s);
	return status;
}

/* The calendar again, and what depends on it. */
static enum rc apply(struct session *s, int64_t *ret_moved)
{
	const struct calendar *old = s->c.calendar;

	TRY(command_load_calendar(s));
	return recount_deadlines(&s->c, old, ret_moved);
}

static int finish(const struct args *args, struct session *s, enum rc rc, int64_t n, int64_t moved)
{
	int status = 0;

	if (rc != RC_OK)
		status = s->c.err.detail[0] ? command_fail_err(args, &s->c.err)
					    : command_fail(args, "nothing was changed: %s", db_message(s->db));
	else
		fprintf(stderr, "lapor %s: %lld days; %lld running deadlines moved\n", args->command->name, (long long)n,
			(long long)moved);
	command_close(s);
	return status;
}

static enum rc import_text(struct session *s, char *csv, int64_t *ret_n, int64_t *ret_moved)
{
	TXN(t);

	TRY(txn_begin(s->db, &t));
	TRY(holidays_raise(&s->c));
	TRY(setup_holidays(s, csv, true, ret_n));
	TRY(apply(s, ret_moved));
	return txn_commit(&t);
}

static enum rc read_text(struct session *s, const char *path, char **ret)
{
	char *text = arena_alloc(s->a, FILE_BYTES_MAX + 1);
	FILE *f = fopen(path, "re");
	size_t n;
	bool failed;

	if (!f)
		return err_set(&s->c.err, RC_NOT_FOUND, 0, "cannot open %s: %s", path, strerror(errno));
	n = fread(text, 1, FILE_BYTES_MAX, f);
	failed = ferror(f) || n == FILE_BYTES_MAX || !utf8_is_valid(text, n);
	fclose(f);
	if (failed)
		return err_set(&s->c.err, RC_INVALID, 0, "%s is not a CSV file in UTF-8 of less than a megabyte", path);
	/* A byte order mark, and lines that end in CRLF. */
	*ret = utf8_clean(s->a, strncmp(text, "\xEF\xBB\xBF", 3) == 0 ? text + 3 : text, true);
	return RC_OK;
}

int cmd_calendar_import_run(const struct args *args)
{
	int64_t n = 0, moved = 0;
	struct session s;
	char *text = NULL;
	int status = command_open(args, DB_WRITE, NEED_CURRENT, &s);
	enum rc rc;

	if (status != 0)
		return status;
	rc = read_text(&s, args->operand[0], &text);
	if (rc == RC_OK)
		rc = import_text(&s, text, &n, &moved);
	return finish(args, &s, rc, n, moved);
}

static enum rc add_day(struct session *s, const struct setup_holiday_put_args *h, int64_t *ret_moved)
{
	TXN(t);

	TRY(txn_begin(s->db, &t));
	TRY(holidays_raise(&s->c));
	TRY(q_setup_holiday_put(s->db, h, NULL));
	TRY(apply(s, ret_moved));
	return txn_commit(&t);
}

int cmd_calendar_add_run(const struct args *args)
{
	const char *kind_text = options_text(args, "kind"), *region = options_text(args, "region");
	const char *source = options_text(args, "source");
	enum holiday_kind kind = HOLIDAY_REGIONAL;
	int64_t moved = 0;
	struct session s;
	struct day on;
	int status;
	enum rc rc;

	if (!day_parse(options_text(args, "day"), &on))
		return command_fail(args, "--day needs a date like 2026-03-19, not \"%s\"", options_text(args, "day"));
	if (kind_text && !setup_holiday_kind(kind_text, &kind))
		return command_fail(args, "--kind is libur_nasional, cuti_bersama or daerah, not \"%s\"", kind_text);
	status = command_open(args, DB_WRITE, NEED_CURRENT, &s);
	if (status != 0)
		return status;
	rc = add_day(&s, &(struct setup_holiday_put_args){
		.on_day = on, .scope = region ? region : "", .kind = kind, .name = options_text(args, "name"),
		.source = source ? source : "",
	}, &moved);
	return finish(args, &s, rc, 1, moved);
}
