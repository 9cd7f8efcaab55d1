/* SPDX-License-Identifier: Apache-2.0
 * serve - puts the parts together: the writer, the jobs, the web; and takes them apart in good order when the
 * process is asked to end.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/archive.h"
#include "app/settings.h"
#include "base/log.h"
#include "channel/s3.h"
#include "cmd/command.h"
#include "cmd/sop_files.h"
#include "job/runner.h"
#include "store/migrate.h"
#include "store/writer.h"
#include "web/web.h"

#define JOB_INTERVAL_MS 3000

struct parts {
	struct writer *writer;
	struct job *job;
	struct web *web;
};

/* SIGTERM and SIGINT reach nobody but wait_for_end(): blocked before any thread begins. */
static void block_signals(sigset_t *ret)
{
	sigemptyset(ret);
	sigaddset(ret, SIGTERM);
	sigaddset(ret, SIGINT);
	pthread_sigmask(SIG_BLOCK, ret, NULL);
}

/* Then the balancer is given time to notice; a second signal says that it has had enough. */
static void wait_for_end(const sigset_t *signals, struct web *w, int drain_seconds)
{
	const struct timespec wait = { .tv_sec = drain_seconds };
	int which;

	while (sigwait(signals, &which) != 0)
		;
	log_info("ending on %s", which == SIGTERM ? "SIGTERM" : "SIGINT");
	web_drain(w);
	if (drain_seconds > 0)
		sigtimedwait(signals, NULL, &wait);
}

/* Better now than when the first citizen sends a file. */
static enum rc check_folder(const char *key, const char *path, struct err *err)
{
	struct stat st;

	if (path[0] == '\0')
		return RC_OK;
	if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode))
		return err_set(err, RC_INVALID, 0, "%s: %s is no folder: create it, or change the configuration", key, path);
	if (access(path, W_OK | X_OK) != 0)
		return err_set(err, RC_INVALID, 0, "%s: this user may not write into %s: change its owner or permissions", key,
			       path);
	return RC_OK;
}

/* One that is away is not in the way: the primary does its work. */
static enum rc check_replica(const char *replica, const char *url, struct err *err)
{
	if (!replica || (strncmp(replica, "postgres", 8) == 0 && strncmp(url, "postgres", 8) == 0))
		return RC_OK;
	return err_set(err, RC_INVALID, 0, "--db-read is the address of a replica of the PostgreSQL in --db: leave it out "
		       "with SQLite");
}

/*
 * Links in messages, in answers and in the QR lead to where this is served, unless the configuration says
 * under which name people know it. Nobody can go to "every address of this machine": then to this machine.
 */
static void choose_base_url(const char *listen, struct session *s)
{
	const char *colon = strrchr(listen, ':');

	if (s->settings.base_url != settings_default()->base_url || strncmp(listen, "unix:", 5) == 0 || !colon ||
	    strcmp(colon, ":0") == 0)
		return;
	if (strncmp(listen, "0.0.0.0:", 8) == 0 || strncmp(listen, "[::]:", 5) == 0)
		s->settings.base_url = arena_printf(s->a, "http://127.0.0.1%s", colon);
	else
		s->settings.base_url = arena_printf(s->a, "http://%s", listen);
}

/* Those of the command line and of the configuration. What cannot be shown is said now; it is looked for again when asked for. */
static size_t choose_archives(const struct args *args, struct session *s, const char **list)
{
	size_t n = 0;

	for (size_t i = 0; i < args->repeated_n && n < SETTINGS_ARCHIVES_MAX; i++)
		list[n++] = args->repeated[i];
	for (size_t i = 0; i < s->settings.archive_n && n < SETTINGS_ARCHIVES_MAX; i++)
		list[n++] = s->settings.archives[i];
	for (size_t i = 0; i < n; i++) {
		struct archive_name name;
		struct err err = { 0 };
		struct db *db = NULL;
		char shown[300];

		db_url_show(list[i], shown, sizeof(shown));
		if (db_open(list[i], DB_READ, &db, &err) == RC_OK && archive_look(db, &name, &err) == RC_OK)
			log_info("%s is the archive of %d", shown, name.year);
		else
			log_warn("the archive %s is not shown: %s", shown, err.detail);
		db_close(db);
	}
	return n;
}

static enum rc start_all(const struct args *args, struct session *s, struct parts *p)
{
	const char *url = options_text(args, "db");
	struct err *err = &s->c.err;
	bool is_fixed = options_text(args, "now") != NULL;
	struct sop_store_file *files = arena_new_many(s->a, struct sop_store_file, SOP_FILES_MAX);
	const char **archives = arena_new_many(s->a, const char *, SETTINGS_ARCHIVES_MAX);
	size_t n_archives = choose_archives(args, s, archives);

	TRY(check_replica(options_text(args, "db-read"), url, err));
	TRY(check_folder("files_dir", s->settings.files_dir, err));
	TRY(check_folder("outbox_dir", s->settings.outbox_dir, err));
	TRY(writer_start(s->db, url, &p->writer, err));
	s->db = NULL; /* the writer's now */
	TRY(web_start(&(struct web_options){
		.listen = options_text(args, "listen"), .db_url = url, .replica_url = options_text(args, "db-read"),
		.archive_urls = archives, .archive_n = n_archives,
		.writer = p->writer, .settings = &s->settings, .files = &s->files, .calendar = s->c.calendar, .sops = s->c.sops,
		.sop_files = files, .sop_file_n = sop_files_all(s->a, files),
		.fixed_now = is_fixed ? s->c.now : (struct instant){ 0 },
		.schema_number = migrate_latest(),
	}, &p->web, err));
	/* With a fixed time nothing becomes due by itself: lapor work --now does it when wanted. */
	if (is_fixed)
		return RC_OK;
	return job_start(&(struct job_settings){
		.db_url = url, .writer = p->writer, .settings = &s->settings, .files = &s->files,
		.interval_ms = JOB_INTERVAL_MS,
	}, &p->job, err);
}

/* No new requests, then no new work, then the last batch. */
static void stop_all(struct parts *p)
{
	web_stop(p->web);
	job_stop(p->job);
	if (p->writer)
		writer_stop(p->writer);
}

/* It may be back before the first file is sent: a reason to say so, not to stay away. */
static void try_object_store(const struct session *s)
{
	struct err err = { 0 };

	if (s->s3 && s3_try(s->s3, &err) != RC_OK)
		log_warn("%s", err.detail);
}

int serve_run(const struct args *args)
{
	struct parts parts = { 0 };
	struct session s;
	sigset_t signals;
	int status = command_open(args, DB_WRITE, NEED_CURRENT, &s);

	if (status != 0)
		return status;
	block_signals(&signals);
	choose_base_url(options_text(args, "listen"), &s);
	if (start_all(args, &s, &parts) == RC_OK) {
		log_info("lapor " LAPOR_VERSION " serves http://%s", web_address(parts.web));
		try_object_store(&s);
		wait_for_end(&signals, parts.web, s.settings.drain_seconds);
	} else {
		status = command_fail_err(args, &s.c.err);
	}
	stop_all(&parts);
	command_close(&s);
	return status;
}
