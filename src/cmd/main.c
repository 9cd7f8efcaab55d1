/* SPDX-License-Identifier: Apache-2.0
 * main - the table of commands, and finding the one that was asked for. What a command does is in the file
 * of its name.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "cmd/command.h"

#define END { .name = NULL }

static const struct option serve_options[] = {
	OPTION_DB,
	{ .name = "listen", .type = OPTION_TEXT, .required = true, .value = "ADDR:PORT",
	  .help = "where to answer, e.g. 127.0.0.1:8080" },
	{ .name = "db-read", .type = OPTION_TEXT, .value = "URL",
	  .help = "a replica of that PostgreSQL, for public pages; who has just written is answered by --db" },
	{ .name = "archive", .type = OPTION_TEXT, .repeats = true, .value = "URL",
	  .help = "a yearly archive; may be given several times" },
	OPTION_CONFIG, OPTION_NOW, END,
};
static const struct option init_options[] = { OPTION_DB, OPTION_CONFIG, END };
static const struct option demo_options[] = {
	OPTION_DB,
	{ .name = "reports", .type = OPTION_INT, .value = "N", .lo = 0, .hi = 20000000,
	  .help = "how many reports (2000)" },
	{ .name = "seed", .type = OPTION_INT, .value = "S", .lo = 0, .hi = INT64_MAX,
	  .help = "the same number gives the same data (1)" },
	{ .name = "sop", .type = OPTION_TEXT, .value = "ID,...|all",
	  .help = "governments that work by these SOPs (\"lapor sop list\"), instead of the invented regency" },
	OPTION_NOW, OPTION_CONFIG, END,
};
static const struct option work_options[] = {
	OPTION_DB,
	{ .name = "once", .type = OPTION_FLAG, .help = "do what is due and end" },
	OPTION_CONFIG, OPTION_NOW, END,
};
#define OPTION_FORMAT \
	{ .name = "format", .type = OPTION_TEXT, .required = true, .value = "lapor", \
	  .help = "the columns of LAPOR!'s own export" }
static const struct option import_options[] = {
	OPTION_FORMAT, OPTION_DB,
	{ .name = "reject", .type = OPTION_TEXT, .value = "FILE",
	  .help = "where rows go that cannot be taken (FILE.reject.csv beside the input)" },
	OPTION_CONFIG, OPTION_NOW, END,
};
static const struct option export_options[] = {
	OPTION_FORMAT, OPTION_DB,
	{ .name = "out", .type = OPTION_TEXT, .value = "FILE",
	  .help = "FILE.xlsx or FILE.csv; CSV on standard output when left out" },
	{ .name = "with-secrets", .type = OPTION_FLAG,
	  .help = "also the texts of secret reports and the names of anonymous reporters" },
	OPTION_CONFIG, END,
};
static const struct option check_options[] = { OPTION_DB, OPTION_CONFIG, END };
static const struct option backup_options[] = {
	OPTION_DB,
	{ .name = "out", .type = OPTION_TEXT, .required = true, .value = "FILE", .help = "a file that is not there yet" },
	END,
};
static const struct option files_options[] = {
	{ .name = "to", .type = OPTION_TEXT, .required = true, .value = "PLACE", .help = "database, folder or s3" },
	OPTION_DB, OPTION_CONFIG, END,
};
static const struct option copy_options[] = {
	{ .name = "from", .type = OPTION_TEXT, .required = true, .value = "URL", .help = "the installation, which stays as it is" },
	{ .name = "to", .type = OPTION_TEXT, .required = true, .value = "URL",
	  .help = "an empty database: sqlite:PATH or postgresql://USER@HOST/DATABASE" },
	END,
};
static const struct option archive_options[] = {
	OPTION_DB,
	{ .name = "year", .type = OPTION_INT, .required = true, .value = "YEAR", .lo = 1990, .hi = 2200,
	  .help = "the reports that ended in this year" },
	{ .name = "to", .type = OPTION_TEXT, .value = "URL",
	  .help = "the archive of that year: an empty database, or the one from before" },
	{ .name = "dry-run", .type = OPTION_FLAG, .help = "count only" },
	OPTION_CONFIG, OPTION_NOW, END,
};
static const struct option user_add_options[] = {
	OPTION_DB,
	{ .name = "role", .type = OPTION_TEXT, .required = true, .value = "ROLE",
	  .help = "national_admin, agency_admin, liaison, unit_officer, opd_head or operator" },
	{ .name = "name", .type = OPTION_TEXT, .required = true, .value = "NAME", .help = "the person's name" },
	{ .name = "agency", .type = OPTION_TEXT, .value = "SLUG", .help = "short address name of the agency (dinas-kesehatan)" },
	{ .name = "email", .type = OPTION_TEXT, .value = "ADDRESS", .help = "where notices go" },
	{ .name = "password-stdin", .type = OPTION_FLAG, .help = "read the password from standard input instead of making one" },
	END,
};
static const struct option user_list_options[] = { OPTION_DB, END };
static const struct option user_password_options[] = {
	OPTION_DB,
	{ .name = "password-stdin", .type = OPTION_FLAG, .help = "read the password from standard input instead of making one" },
	END,
};
static const struct option user_disable_options[] = { OPTION_DB, END };

static const struct option calendar_list_options[] = {
	OPTION_DB,
	{ .name = "year", .type = OPTION_INT, .value = "YEAR", .lo = 1990, .hi = 2200, .help = "this year only" },
	END,
};
static const struct option calendar_import_options[] = { OPTION_DB, OPTION_CONFIG, END };
static const struct option calendar_add_options[] = {
	OPTION_DB,
	{ .name = "day", .type = OPTION_TEXT, .required = true, .value = "YYYY-MM-DD", .help = "the day" },
	{ .name = "name", .type = OPTION_TEXT, .required = true, .value = "NAME", .help = "what it is" },
	{ .name = "kind", .type = OPTION_TEXT, .value = "KIND", .help = "libur_nasional, cuti_bersama or daerah (daerah)" },
	{ .name = "region", .type = OPTION_TEXT, .value = "CODE", .help = "region code; the nation when left out" },
	{ .name = "source", .type = OPTION_TEXT, .value = "TEXT", .help = "the decree" },
	OPTION_CONFIG, END,
};

static const struct option sop_lint_options[] = { OPTION_NOW, END };
static const struct option sop_options[] = { END };
static const struct option sop_simulate_options[] = {
	{ .name = "arrivals", .type = OPTION_INT, .required = true, .value = "N", .lo = 1, .hi = 20000, .help = "how many come" },
	{ .name = "days", .type = OPTION_INT, .required = true, .value = "D", .lo = 1, .hi = 3660, .help = "within how many days" },
	{ .name = "officers", .type = OPTION_INT, .required = true, .value = "N", .lo = 1, .hi = 10000,
	  .help = "how many officers each role has" },
	{ .name = "from", .type = OPTION_TEXT, .value = "YYYY-MM-DD", .help = "the first day (today)" },
	{ .name = "seed", .type = OPTION_INT, .value = "S", .lo = 0, .hi = INT64_MAX,
	  .help = "the same number gives the same course (1)" },
	{ .name = "effort", .type = OPTION_INT, .value = "PERCENT", .lo = 1, .hi = 100,
	  .help = "share of a time in days that keeps an officer busy (20)" },
	OPTION_NOW, END,
};
static const struct option sop_print_options[] = {
	{ .name = "lang", .type = OPTION_TEXT, .value = "id|en", .help = "the words around the SOP's own (id)" },
	END,
};
static const struct option dossier_options[] = { END };
static const struct option sop_list_options[] = {
	{ .name = "db", .type = OPTION_TEXT, .value = "URL", .help = "list what is installed there and who uses it" },
	OPTION_CONFIG, END,
};
static const struct option sop_use_options[] = {
	{ .name = "agency", .type = OPTION_TEXT, .required = true, .value = "SLUG", .help = "which government works by it" },
	{ .name = "from", .type = OPTION_TEXT, .value = "YYYY-MM-DD", .help = "the first day (today)" },
	OPTION_DB, OPTION_CONFIG, OPTION_NOW, END,
};

static const struct command commands[] = {
	{ "serve", "Answers in the browser and runs the jobs",
	  "Ends in good order on SIGTERM or Ctrl-C. Put a reverse proxy with TLS before it.",
	  serve_options, { NULL }, serve_run },
	{ "init", "Makes a new database, or brings an older one up to date",
	  "Loads regions, holidays and categories and prints the first operator account once.",
	  init_options, { NULL }, init_run },
	{ "demo", "Fills a new database with an invented regency",
	  "Prints role, login and password of its accounts on standard output, separated by tabs.",
	  demo_options, { NULL }, demo_run },
	{ "work", "Does what is due: closing, reminders, expiry, mail",
	  "lapor serve does this too; use it alone for cron, or with --now to try a deadline.",
	  work_options, { NULL }, work_run },
	{ "import", "Takes in a file that LAPOR! exported (XLSX or CSV)",
	  "The same file may be taken twice; what is there already is left alone.",
	  import_options, { "FILE" }, import_run },
	{ "export", "Writes all reports in the columns of LAPOR!'s export",
	  "Secret texts and hidden names are left out unless --with-secrets is given.",
	  export_options, { NULL }, export_run },
	{ "check", "Verifies the whole database and lists what is wrong",
	  "Ends with 0 when everything is right, else 1. Changes nothing.",
	  check_options, { NULL }, check_run },
	{ "dossier", "Verifies a dossier for the Ombudsman",
	  "FILE is the JSON that was downloaded. Recomputes its digest and the chain of its events; ends with 0 when both\n"
	  "hold. Needs no database.",
	  dossier_options, { "FILE" }, cmd_dossier_run },
	{ "backup", "Writes a consistent copy while the server runs", NULL, backup_options, { NULL }, cmd_backup_run },
	{ "files", "Moves the attachments into the database, the folder or the object store",
	  "While the server runs; each is compared with its digest first. What was killed goes on when it is run again. --config\n"
	  "says where the folder and the object store are, and has to name the old place as well as the new one.",
	  files_options, { NULL }, cmd_files_run },
	{ "copy", "Moves an installation from SQLite to PostgreSQL, or back",
	  "Stop everything that uses the source first; while it is in use it is not copied, and it is locked meanwhile.\n"
	  "What was killed goes on when it is run again. Prints table, rows and digest, and ends with 0 only when every\n"
	  "table is equal on both sides. Files in files_dir stay where they are.",
	  copy_options, { NULL }, cmd_copy_run },
	{ "archive", "Moves the reports of a year that are over into a database of their own",
	  "They are copied and proved before they leave, in small steps, while lapor serve goes on; what was killed goes on\n"
	  "when it is run again. Prints how many moved and what keeps the others. lapor serve --archive shows them.\n"
	  "On PostgreSQL as the owner of the tables.",
	  archive_options, { NULL }, cmd_archive_run },
	{ "user add", "Makes an account for an officer",
	  "Prints role, login and password on standard output.", user_add_options, { "LOGIN" }, user_add_run },
	{ "user list", "Lists the accounts", NULL, user_list_options, { NULL }, user_list_run },
	{ "user password", "Sets a new password and ends the person's sessions", NULL, user_password_options,
	  { "LOGIN" }, user_password_run },
	{ "user disable", "Shuts an account and ends its sessions", NULL, user_disable_options, { "LOGIN" },
	  user_disable_run },
	{ "calendar list", "Lists the holidays", NULL, calendar_list_options, { NULL }, cmd_calendar_list_run },
	{ "calendar import", "Takes in holidays from a CSV file",
	  "Columns: tanggal,jenis,nama; jenis is libur_nasional or cuti_bersama. Days that are there are replaced.",
	  calendar_import_options, { "FILE" }, cmd_calendar_import_run },
	{ "sop lint", "Checks SOP files: steps, times, laws",
	  "Prints errors and warnings; ends with 1 when there are errors. The form of the files: docs/sop-format.md.",
	  sop_lint_options, { "FILE..." }, cmd_sop_lint_run },
	{ "sop show", "Prints an SOP as a table", "ID is one that comes with lapor (\"lapor sop list\") or a file.",
	  sop_options, { "ID|FILE" }, cmd_sop_show_run },
	{ "sop simulate", "Plays arrivals through an SOP and tells where its times are missed",
	  "Office time and holidays are kept. Prints for each step the cases, how long they waited for an officer and took in\n"
	  "all, and how many were late; then the bottleneck and how many officers would be enough. docs/sop-format.md says\n"
	  "what is assumed.",
	  sop_simulate_options, { "ID|FILE" }, cmd_sop_simulate_run },
	{ "sop list", "Lists the SOPs that come with lapor, or those installed in a database",
	  "With --db, separated by tabs: agency, SOP and version, what it covers, first day, first day no longer.",
	  sop_list_options, { NULL }, cmd_sop_list_run },
	{ "sop install", "Lets an agency work by an SOP from a day on",
	  "ID is one that comes with lapor or a file. What it used for the same purpose ends that day; reports keep the\n"
	  "version they began with.", sop_use_options, { "ID|FILE" }, cmd_sop_install_run },
	{ "sop retire", "Ends the use of an SOP by an agency", NULL, sop_use_options, { "ID" }, cmd_sop_retire_run },
	{ "sop print", "Writes an SOP as the official page, for A4 across",
	  "One HTML file with its style on standard output: head, table with the flowchart, decisions. ID is one that comes\n"
	  "with lapor or a file.",
	  sop_print_options, { "ID|FILE" }, cmd_sop_print_run },
	{ "calendar add", "Adds or replaces one holiday", NULL, calendar_add_options, { NULL }, cmd_calendar_add_run },
};

static void print_overview(FILE *out)
{
	fputs("lapor " LAPOR_VERSION ": complaints of citizens, from the report to the answer.\n\n", out);
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		fprintf(out, "  lapor %-16s %s\n", commands[i].name, commands[i].summary);
	fputs("  lapor help COMMAND     Explains one command\n"
	      "  lapor version          Prints the version\n\n"
	      "To look around: lapor demo --db sqlite:demo.db, then\n"
	      "lapor serve --db sqlite:demo.db --listen 127.0.0.1:8080\n", out);
}

/* The command whose words argv begins with; ret_words: how many. */
static const struct command *find_command(int argc, char **argv, int *ret_words)
{
	char two[64];

	for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
		*ret_words = 1;
		if (strcmp(argv[0], commands[i].name) == 0)
			return &commands[i];
		*ret_words = 2;
		if (argc > 1 && (size_t)snprintf(two, sizeof(two), "%s %s", argv[0], argv[1]) < sizeof(two) &&
		    strcmp(two, commands[i].name) == 0)
			return &commands[i];
	}
	return NULL;
}

/* Says what commands there are that begin with the word, else points to the help. */
static int say_unknown(const char *word)
{
	size_t n = strlen(word);
	bool is_group = false;

	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		is_group |= strncmp(commands[i].name, word, n) == 0 && commands[i].name[n] == ' ';
	if (!is_group) {
		fprintf(stderr, "lapor: there is no command \"%.40s\"; \"lapor help\" lists them\n", word);
		return EXIT_USAGE;
	}
	fprintf(stderr, "lapor: %s needs one more word:", word);
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (strncmp(commands[i].name, word, n) == 0 && commands[i].name[n] == ' ')
			fprintf(stderr, " \"lapor %s\"", commands[i].name);
	fputc('\n', stderr);
	return EXIT_USAGE;
}

static int help(int argc, char **argv)
{
	const struct command *command;
	int words;

	if (argc == 0) {
		print_overview(stdout);
		return 0;
	}
	command = find_command(argc, argv, &words);
	if (!command)
		return say_unknown(argv[0]);
	options_print_help(command, stdout);
	return 0;
}

static bool asks_for_help(int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			return true;
	return false;
}

static int run(int argc, char **argv)
{
	const struct command *command;
	struct args args;
	char problem[300];
	int words;

	if (strcmp(argv[0], "help") == 0 || strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0)
		return help(argc - 1, argv + 1);
	if (strcmp(argv[0], "version") == 0 || strcmp(argv[0], "--version") == 0) {
		puts("lapor " LAPOR_VERSION);
		return 0;
	}
	command = find_command(argc, argv, &words);
	if (!command)
		return say_unknown(argv[0]);
	if (asks_for_help(argc - words, argv + words)) {
		options_print_help(command, stdout);
		return 0;
	}
	if (!options_parse(command, argc - words, argv + words, &args, problem, sizeof(problem))) {
		fprintf(stderr, "lapor %s: %s\n", command->name, problem);
		return EXIT_USAGE;
	}
	return command->run(&args);
}

int main(int argc, char **argv)
{
	int status;

	/* A reader that goes away is an ordinary write error. */
	signal(SIGPIPE, SIG_IGN);
	/* Databases, exports, backups, messages: none of them is for everybody on the machine. */
	umask(umask(0) | S_IRWXO);
	hash_init();
	if (argc < 2) {
		print_overview(stderr);
		return EXIT_USAGE;
	}
	status = run(argc - 1, argv + 1);
	errno = 0;
	if (fflush(stdout) != 0 || ferror(stdout)) {
		/* "| head" has seen enough: nobody needs to be told. */
		if (errno != EPIPE)
			fputs("lapor: cannot write to standard output: is the disk full?\n", stderr);
		return 1;
	}
	return status;
}
