/* SPDX-License-Identifier: Apache-2.0
 * world - builds the regency, remembers names, and checks at the end that the records are sound.
 */
#include "world.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/account.h"
#include "app/holidays.h"
#include "base/hash.h"
#include "core/project.h"
#include "query_account.h"
#include "query_event.h"
#include "query_lookup.h"
#include "query_outbox.h"
#include "query_report.h"
#include "store/migrate.h"

static const char fixture[] =
	"INSERT INTO agency (id, parent_id, level, name, short_name, slug) VALUES"
	" (1, NULL, 1, 'Admin Nasional', 'Nasional', 'nasional'),"
	" (2, 1, 2, 'Pemerintah Kabupaten Mekar Jaya', 'Mekar Jaya', 'mekar-jaya'),"
	" (3, 1, 2, 'Pemerintah Kabupaten Lain', 'Lain', 'kab-lain'),"
	" (4, 2, 3, 'Dinas Pekerjaan Umum', 'PU', 'pu'),"
	" (5, 2, 3, 'Dinas Kesehatan', 'Dinkes', 'dinkes'),"
	" (6, 3, 3, 'Dinas Lain', 'Lain', 'dinas-lain'),"
	" (7, 4, 4, 'Bidang Jalan', 'Jalan', 'bidang-jalan'),"
	" (8, 4, 4, 'Bidang Air', 'Air', 'bidang-air');"
	"INSERT INTO category (id, parent_id, name, slug) VALUES (1, NULL, 'Infrastruktur', 'infrastruktur'),"
	" (2, 1, 'Lampu jalan', 'lampu-jalan'), (3, NULL, 'Kesehatan', 'kesehatan');"
	"INSERT INTO region (code, parent_code, name) VALUES ('35.99', NULL, 'Mekar Jaya');";

bool world_query(struct world *w, const char *sql, const int64_t args[2], int64_t ret[4])
{
	struct db_value v[2] = { { .type = DB_INT, .i = args[0] }, { .type = DB_INT, .i = args[1] } };
	char *pgsql = arena_strdup(w->a, sql);
	struct db_cursor cur;
	bool row = false;
	int n = strstr(sql, "?2") ? 2 : strstr(sql, "?1") ? 1 : 0;

	for (char *p = pgsql; (p = strchr(p, '?')) != NULL;)
		*p = '$';
	const struct db_query q = { .name = "scenario", .index = -1, .sql = { sql, pgsql }, .n_params = n,
				    .n_columns = 4 };
	if (db_start(w->db, w->a, &q, v, &cur) != RC_OK)
		return world_fail(w, "%s: %s", sql, db_message(w->db));
	bool ok = db_step(&cur, &row) == RC_OK && row;
	for (int i = 0; ok && i < 4; i++)
		ret[i] = db_column_int(&cur, i);
	db_finish(&cur);
	return ok;
}

bool world_fail(struct world *w, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(w->why, sizeof(w->why), fmt, ap);
	va_end(ap);
	return false;
}

static bool must(struct world *w, enum rc rc, const char *what)
{
	return rc == RC_OK || world_fail(w, "%s: %s %s %s", what, rc_name(rc), w->err.detail, db_message(w->db));
}

/* tanggal,jenis,nama,...: the calendar that the product ships. */
static bool load_holidays(struct world *w)
{
	FILE *f = fopen("data/holidays.csv", "r");
	char line[512], date[16], kind[32], name[128], sure[32], sql[320];
	bool ok = f != NULL;

	while (ok && fgets(line, sizeof(line), f)) {
		struct day on;
		if (sscanf(line, "%10[^,],%31[^,],%127[^,],%31[^,]", date, kind, name, sure) != 4 || !day_parse(date, &on))
			continue;
		snprintf(sql, sizeof(sql), "INSERT INTO holiday (on_day, scope, kind, name, source) VALUES "
			 "(%d, '', %d, '%s', '%s')", (int)on.n,
			 strcmp(kind, "libur_nasional") == 0 ? HOLIDAY_NATIONAL : HOLIDAY_CUTI_BERSAMA, name, sure);
		ok = db_script(w->db, sql) == RC_OK;
	}
	if (f)
		fclose(f);
	return ok || world_fail(w, "data/holidays.csv cannot be loaded: %s", db_message(w->db));
}

static const struct officer {
	const char *login;
	enum role role;
	int64_t agency;
} officers[] = {
	{ "nasional", ROLE_NATIONAL_ADMIN, 1 },
	{ "mekar-jaya", ROLE_AGENCY_ADMIN, 2 },
	{ "kab-lain", ROLE_AGENCY_ADMIN, 3 },
	{ "pu", ROLE_LIAISON, 4 },
	{ "dinkes", ROLE_LIAISON, 5 },
	{ "dinas-lain", ROLE_LIAISON, 6 },
	{ "bidang-jalan", ROLE_UNIT_OFFICER, 7 },
	{ "bidang-air", ROLE_UNIT_OFFICER, 8 },
	/* Around the line. */
	{ "kepala-pu", ROLE_OPD_HEAD, 4 },
	{ "tim", ROLE_INTAKE, 2 },
	{ "pengelola-pu", ROLE_OPD_INTAKE, 4 },
	{ "kasi", ROLE_SECTION_HEAD, 2 },
	{ "kabid", ROLE_DIVISION_HEAD, 2 },
	{ "kadis", ROLE_OFFICE_HEAD, 2 },
	{ "bupati", ROLE_REGENT, 2 },
	{ "apip", ROLE_OVERSIGHT, 2 },
	{ "koordinator", ROLE_COORDINATOR, 2 },
};

static bool add_officers(struct world *w)
{
	struct ctx c = { .db = w->db, .a = w->a, .now = { 1 }, .settings = &w->settings };
	struct account_id id;

	for (size_t i = 0; i < ARRAY_LEN(officers); i++) {
		const struct account_in in = {
			.login = officers[i].login, .name = officers[i].login, .role = officers[i].role,
			.email = arena_printf(w->a, "%s@contoh.test", officers[i].login), .password_hash = "-",
			.agency = { officers[i].agency } };
		if (!must(w, account_create(&c, &in, &id), "account"))
			return false;
	}
	return true;
}

/* With LAPOR_PGSQL, the address of a PostgreSQL of the tests, in a schema of its own there; else in a file. */
static bool make_place(struct world *w)
{
	const char *server = getenv("LAPOR_PGSQL");
	struct db *db = NULL;
	char name[32];

	if (!server) {
		snprintf(w->url, sizeof(w->url), "sqlite:%s/a.db", w->folder);
		return true;
	}
	/* The letters of the folder are its own. */
	snprintf(name, sizeof(name), "w_%s", strrchr(w->folder, '-') + 1);
	snprintf(w->url, sizeof(w->url), "%s&options=-csearch_path%%3D%%22%s%%22", server, name);
	bool ok = must(w, db_open(server, DB_WRITE, &db, &w->err), "open") &&
		  must(w, db_script(db, arena_printf(w->a, "CREATE SCHEMA \"%s\"", name)), "schema");
	db_close(db);
	return ok;
}

/* Rows that came with their ids do not count in PostgreSQL's counter of ids. */
static bool load_fixture(struct world *w)
{
	if (!must(w, db_script(w->db, fixture), "fixture"))
		return false;
	return db_engine_of(w->db) == DB_SQLITE ||
	       must(w, db_script(w->db, "SELECT setval(pg_get_serial_sequence('agency', 'id'), 8),"
					" setval(pg_get_serial_sequence('category', 'id'), 3)"), "fixture");
}

bool world_begin(struct world *w)
{
	*w = (struct world){ .settings = *settings_default() };
	w->a = arena_new((size_t)256 * 1024 * 1024);
	snprintf(w->folder, sizeof(w->folder), "%s/lapor-scenario-XXXXXX", "/tmp");
	if (!mkdtemp(w->folder))
		return world_fail(w, "no temporary folder");
	snprintf(w->outbox, sizeof(w->outbox), "%s/outbox", w->folder);
	w->settings.outbox_dir = w->outbox;
	if (!make_place(w) || !must(w, db_open(w->url, DB_WRITE, &w->db, &w->err), "open") ||
	    !must(w, migrate_up(w->db, &w->err), "migrate") || !load_fixture(w))
		return false;
	return load_holidays(w) && add_officers(w) &&
	       must(w, holidays_load(w->db, w->a, &w->settings, &w->calendar), "calendar");
}

void world_end(struct world *w)
{
	char command[128];

	db_close(w->db);
	arena_free(w->a);
	snprintf(command, sizeof(command), "rm -rf '%s'", w->folder);
	if (w->folder[0] && system(command) != 0)
		fprintf(stderr, "left behind: %s\n", w->folder);
}

bool world_agency(struct world *w, const char *slug, struct agency_id *ret, enum level *ret_level)
{
	struct agency_by_slug_row r;

	if (q_agency_by_slug(w->db, w->a, slug, &r) != RC_OK)
		return world_fail(w, "no agency \"%s\"", slug);
	*ret = r.id;
	*ret_level = r.level;
	return true;
}

bool world_category(struct world *w, const char *slug, struct category_id *ret)
{
	struct category_by_slug_row r;

	if (q_category_by_slug(w->db, w->a, slug, &r) != RC_OK)
		return world_fail(w, "no category \"%s\"", slug);
	*ret = r.id;
	return true;
}

bool world_ctx(struct world *w, const char *who, struct ctx *ret)
{
	struct account_by_login_row acc;

	*ret = (struct ctx){ .db = w->db, .a = w->a, .now = w->now, .calendar = w->calendar,
			     .sops = w->sops, .settings = &w->settings };
	if (strcmp(who, "citizen") == 0 || strcmp(who, "visitor") == 0)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(officers); i++)
		if (strcmp(officers[i].login, who) == 0)
			ret->who = (struct who){ .role = officers[i].role, .agency = { officers[i].agency } };
	if (ret->who.role == ROLE_NONE || q_account_by_login(w->db, w->a, who, &acc) != RC_OK)
		return world_fail(w, "no officer \"%s\"", who);
	ret->who.account = acc.id;
	ret->who.name = who;
	return true;
}

struct world_report *world_report(struct world *w, const char *name)
{
	for (size_t i = 0; i < w->n_reports; i++)
		if (strcmp(w->reports[i].name, name) == 0)
			return &w->reports[i];
	return NULL;
}

void world_mark(struct world *w)
{
	int64_t row[4];

	if (world_query(w, "SELECT id, 0, 0, 0 FROM outbox ORDER BY id DESC LIMIT 1", (int64_t[2]){ 0 }, row))
		w->mails_from.v = row[0];
}

/* What the events say, and that each is tied to the one before. */
static bool replay(struct world *w, const struct world_report *rep, struct projection *p)
{
	struct event_chain_row *rows;
	struct hash last;
	size_t n;

	if (!must(w, q_event_chain(w->db, w->a, rep->id, &rows, &n), "events"))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct event_chain_row *r = &rows[i];
		struct agency_by_id_row to = { 0 };
		const struct chain_event e = {
			.report = r->report_id, .seq = r->seq, .at = r->at, .action = r->action, .role = r->role,
			.account = r->account_id, .agency = r->agency_id, .from = r->from_state, .to = r->to_state,
			.to_agency = r->to_agency_id, .audience = r->audience, .reason = r->reason, .note = r->note,
			.data = r->data };
		last = chain_hash(i ? &last : NULL, &e);
		if (r->hash.n != HASH_BYTES || memcmp(last.b, r->hash.p, HASH_BYTES) != 0 || r->seq != (int64_t)i + 1)
			return world_fail(w, "%s: the chain is broken at event %zu", rep->name, i + 1);
		if (!transition_is_legal(e.action, e.from, e.role, e.to))
			return world_fail(w, "%s: event %zu is not in the table", rep->name, i + 1);
		if (e.to_agency.v && !must(w, q_agency_by_id(w->db, w->a, e.to_agency, &to), "agency"))
			return false;
		project_event(p, &e, to.level, w->sops);
	}
	return true;
}

static bool report_is_sound(struct world *w, const struct world_report *rep)
{
	struct projection p = { 0 };
	struct report_lock_row r;

	if (!must(w, q_report_lock(w->db, w->a, rep->id, &r), "report") || !replay(w, rep, &p))
		return false;
	bool same = p.version == r.version && p.state == r.state && p.resume_state == r.resume_state &&
		    p.queue == r.queue && p.is_open == r.is_open && p.needs_action == r.needs_action &&
		    p.holder.v == r.holder_id.v && p.agency.v == r.agency_id.v && p.opd.v == r.opd_id.v &&
		    p.unit.v == r.unit_id.v && p.taken_by.v == r.taken_by.v && p.class == r.class &&
		    p.category.v == r.category_id.v && p.visibility == r.visibility && p.is_public == r.is_public &&
		    p.is_blocked == r.is_blocked && p.is_escalated == r.is_escalated && p.transfers == r.transfers &&
		    p.closer == r.closer && p.rating == r.rating && p.verified_at.ms == r.verified_at.ms &&
		    p.first_follow_up_at.ms == r.first_follow_up_at.ms && p.closed_at.ms == r.closed_at.ms;
	return same || world_fail(w, "%s: the events do not explain the row", rep->name);
}

bool world_is_sound(struct world *w)
{
	static const char wrong[] =
		"SELECT (SELECT count(*) FROM queue_count q WHERE q.n <> (SELECT count(*) FROM report r"
		" WHERE r.holder_id = q.agency_id AND r.queue = q.queue AND r.is_open = 1)),"
		" (SELECT count(*) FROM report r WHERE r.is_open = 1 AND NOT EXISTS (SELECT 1 FROM queue_count q"
		" WHERE q.agency_id = r.holder_id AND q.queue = r.queue)), 0, 0";
	int64_t row[4];

	for (size_t i = 0; i < w->n_reports; i++)
		if (!report_is_sound(w, &w->reports[i]))
			return false;
	if (!world_query(w, wrong, (int64_t[2]){ 0 }, row))
		return false;
	return row[0] + row[1] == 0 || world_fail(w, "%lld queue counters are wrong", (long long)(row[0] + row[1]));
}

/* The verification that operators run, when the runner is told where it is. */
bool world_is_verified(struct world *w)
{
	const char *lapor = getenv("LAPOR");
	char command[512];

	if (!lapor)
		return true;
	snprintf(command, sizeof(command), "'%s' check --db '%s' >'%s/check.txt' 2>&1", lapor, w->url, w->folder);
	if (system(command) == 0)
		return true;
	snprintf(command, sizeof(command), "sed 's/^/# /' '%s/check.txt'", w->folder);
	return system(command) == 0 && world_fail(w, "lapor check found something");
}

static bool mail_is_discreet(struct world *w, const char *path)
{
	static const char *const secrets[] = { "Wulandari", "Keterangan rahasia", "Lampu", "gelap" };
	char text[16384];
	FILE *f = fopen(path, "r");

	if (!f)
		return world_fail(w, "cannot read %s", path);
	size_t n = fread(text, 1, sizeof(text) - 1, f);
	text[n] = '\0';
	fclose(f);
	for (size_t i = 0; i < ARRAY_LEN(secrets); i++)
		if (strstr(text, secrets[i]))
			return world_fail(w, "a message says \"%s\"", secrets[i]);
	return strstr(text, "http://") || world_fail(w, "a message has no link: %s", path);
}

bool world_mails_are_discreet(struct world *w)
{
	DIR *d = opendir(w->outbox);
	struct dirent *e;
	bool ok = true;

	while (d && ok && (e = readdir(d)) != NULL)
		if (strstr(e->d_name, ".eml"))
			ok = mail_is_discreet(w, arena_printf(w->a, "%s/%s", w->outbox, e->d_name));
	if (d)
		closedir(d);
	return ok;
}
