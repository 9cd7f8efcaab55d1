/* SPDX-License-Identifier: Apache-2.0
 * app_support - a small regency in a database of its own, for the tests of use cases and jobs.
 */
#ifndef APP_SUPPORT_H
#define APP_SUPPORT_H

#include "unit/support.h"

#include <unistd.h>

#include "app/act.h"
#include "app/holidays.h"
#include "app/settings.h"
#include "app/submit.h"
#include "store/migrate.h"
#include "unit/place_support.h"

struct town {
	char folder[64], outbox[96], files[96];
	struct settings settings;
	struct ctx c; /* a visitor, Monday 2025-06-02 09:00 WIB */
};

/* A literal statement of a test. */
static inline void town_sql(struct town *t, const char *sql)
{
	if (db_script(t->c.db, sql) != RC_OK)
		fail_msg("%s: %s", sql, db_message(t->c.db));
}

/* The first column of the first row; -1 when there is none. */
static inline int64_t town_int(struct town *t, const char *sql)
{
	const struct db_query q = { .name = "town", .index = -1, .sql = { sql, sql }, .n_columns = 1 };
	struct db_cursor cur;
	bool row = false;
	int64_t n = -1;

	if (db_start(t->c.db, t->c.a, &q, NULL, &cur) != RC_OK)
		fail_msg("%s: %s", sql, db_message(t->c.db));
	assert_int_equal(db_step(&cur, &row), RC_OK);
	if (row)
		n = db_column_int(&cur, 0);
	db_finish(&cur);
	return n;
}

/* The report that the search finds by a word; -1: none. */
static inline int64_t town_find_word(struct town *t, const char *word)
{
	char sql[160];

	if (place_is_pgsql())
		snprintf(sql, sizeof(sql), "SELECT rowid FROM report_words WHERE tsv @@ plainto_tsquery('simple', '%s')", word);
	else
		snprintf(sql, sizeof(sql), "SELECT rowid FROM report_words WHERE report_words MATCH '%s'", word);
	return town_int(t, sql);
}

static inline void town_begin(struct town *t)
{
	char url[256];
	struct err err = { 0 };

	*t = (struct town){ .settings = *settings_default() };
	snprintf(t->folder, sizeof(t->folder), "/tmp/lapor-town-XXXXXX");
	assert_non_null(mkdtemp(t->folder));
	snprintf(t->outbox, sizeof(t->outbox), "%s/outbox", t->folder);
	snprintf(t->files, sizeof(t->files), "%s/files", t->folder);
	place_url(t->folder, url, sizeof(url));
	t->c.a = arena_new((size_t)256 * 1024 * 1024);
	t->c.settings = &t->settings;
	t->c.now = at("2025-06-02 09:00 WIB");
	if (db_open(url, DB_WRITE, &t->c.db, &err) != RC_OK || migrate_up(t->c.db, &err) != RC_OK)
		fail_msg("%s", err.detail);
	town_sql(t, "INSERT INTO agency (id, parent_id, level, name, short_name, slug) VALUES"
		    " (1, NULL, 1, 'Nasional', 'Nasional', 'nasional'), (2, 1, 2, 'Mekar Jaya', 'MJ', 'mekar-jaya'),"
		    " (3, 2, 3, 'Dinas PU', 'PU', 'pu');"
		    "INSERT INTO category (id, name, slug) VALUES (1, 'Jalan', 'jalan')");
	/* Rows that came with their ids do not count in PostgreSQL's counter of ids. */
	if (place_is_pgsql())
		town_sql(t, "SELECT setval(pg_get_serial_sequence('agency', 'id'), 1000),"
			    " setval(pg_get_serial_sequence('category', 'id'), 1000)");
	assert_int_equal(holidays_load(t->c.db, t->c.a, &t->settings, &t->c.calendar), RC_OK);
}

static inline void town_end(struct town *t)
{
	char command[128];

	db_close(t->c.db);
	arena_free(t->c.a);
	snprintf(command, sizeof(command), "rm -rf '%s'", t->folder);
	assert_int_equal(system(command), 0);
}

static inline struct submit_in town_report(void)
{
	return (struct submit_in){ .kind = KIND_COMPLAINT, .title = "Lampu jalan mati", .channel = CHANNEL_WEB,
				   .body = "Sudah dua minggu lampu jalan di depan sekolah mati.",
				   .visibility = VISIBILITY_OPEN, .email = "warga@contoh.test" };
}

static inline struct submit_out town_submit(struct town *t, const struct submit_in *in)
{
	struct field_problems problems;
	struct submit_out out;

	if (submit_report(&t->c, in, &out, &problems) != RC_OK)
		fail_msg("%d %s", t->c.err.refusal, t->c.err.detail);
	return out;
}

#endif
