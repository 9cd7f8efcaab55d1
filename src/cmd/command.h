/* SPDX-License-Identifier: Apache-2.0
 * command - the table of commands (main.c), and what the commands share: opening the database with its
 * settings and calendar, saying what went wrong.
 *
 * Standard output carries a command's result and nothing else; the rest goes to standard error.
 */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include "app/ctx.h"
#include "app/file_store.h"
#include "app/settings.h"
#include "cmd/options.h"

#define EXIT_USAGE 2

/* Options that many commands have. */
#define OPTION_DB \
	{ .name = "db", .type = OPTION_TEXT, .required = true, .value = "URL", \
	  .help = "the database: sqlite:/var/lib/lapor/lapor.db, or postgresql://USER@HOST/DATABASE" }
#define OPTION_CONFIG \
	{ .name = "config", .type = OPTION_TEXT, .value = "FILE", .help = "the configuration (docs/operate.md)" }
#define OPTION_NOW \
	{ .name = "now", .type = OPTION_TIME, .value = "TIME", \
	  .help = "take this for the present, e.g. \"2026-11-22 14:05 WIB\"" }

/* The commands: each in the file of its name. */
int serve_run(const struct args *args);
int init_run(const struct args *args);
int demo_run(const struct args *args);
int work_run(const struct args *args);
int import_run(const struct args *args);
int export_run(const struct args *args);
int check_run(const struct args *args);
int cmd_backup_run(const struct args *args);
int cmd_files_run(const struct args *args);
int cmd_dossier_run(const struct args *args);
int cmd_copy_run(const struct args *args);
int cmd_archive_run(const struct args *args);
int user_add_run(const struct args *args);
int user_list_run(const struct args *args);
int user_password_run(const struct args *args);
int user_disable_run(const struct args *args);
int cmd_calendar_list_run(const struct args *args);
int cmd_calendar_import_run(const struct args *args);
int cmd_calendar_add_run(const struct args *args);
int cmd_sop_lint_run(const struct args *args);
int cmd_sop_show_run(const struct args *args);
int cmd_sop_list_run(const struct args *args);
int cmd_sop_install_run(const struct args *args);
int cmd_sop_retire_run(const struct args *args);
int cmd_sop_print_run(const struct args *args);
int cmd_sop_simulate_run(const struct args *args);

/* "lapor import: SENTENCE" on standard error; returns the exit status 1. */
int command_fail(const struct args *args, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* The same from an err: its detail, or what its rc means. */
int command_fail_err(const struct args *args, const struct err *err);

/* An open database with everything a use case needs. Zero-initialised before command_open. */
struct session {
	struct arena *a;
	struct db *db;
	struct ctx c;
	struct settings settings;
	struct file_stores files;
	struct s3 *s3; /* the object store, when there is one */
};

enum session_need { NEED_CURRENT, NEED_NOTHING };

/*
 * Opens --db (and --config when the command has it), checks the schema's version unless NEED_NOTHING,
 * loads the calendar and the SOPs. c.who is the system, c.now is --now or the clock's. On failure everything was said; returns
 * the exit status, 0 when open.
 */
int command_open(const struct args *args, enum db_mode mode, enum session_need need, struct session *ret);
void command_close(struct session *s);
/* Loads the calendar again, after holidays or the region changed. */
CHECKED enum rc command_load_calendar(struct session *s);
/* Loads the SOPs again, after they were installed or retired. */
CHECKED enum rc command_load_sops(struct session *s);

/* A password of 12 characters that can be read aloud; out: 15 bytes ("abcd-efgh-jkmn"). */
void command_make_password(char out[15]);

#endif
