/* SPDX-License-Identifier: Apache-2.0 */
#include "web/almanac.h"

#include "app/holidays.h"
#include "app/sop_store.h"
#include "base/log.h"
#include "query_archived.h"
#include "query_lookup.h"
#include "query_shelf.h"

#define LOOK_EVERY_US UINT64_C(30000000)
#define ARENA_MAX ((size_t)64 * 1024 * 1024)

void almanac_init(struct almanac *m, const struct calendar *calendar, const struct sop_shelf *sops)
{
	*m = (struct almanac){ .looked_us = 0 };
	pthread_mutex_init(&m->lock, NULL);
	atomic_store(&m->calendar.current, calendar);
	atomic_store(&m->sops.current, sops);
}

static void part_done(struct almanac_part *p)
{
	for (size_t i = 0; i < ALMANAC_KEPT; i++)
		arena_free(p->arenas[i]);
}

void almanac_done(struct almanac *m)
{
	part_done(&m->calendar);
	part_done(&m->sops);
	part_done(&m->directory);
	part_done(&m->archives);
	part_done(&m->figures);
	pthread_mutex_destroy(&m->lock);
}

const struct calendar *almanac_calendar(struct almanac *m)
{
	return atomic_load(&m->calendar.current);
}

const struct sop_shelf *almanac_sops(struct almanac *m)
{
	return atomic_load(&m->sops.current);
}

const struct directory *almanac_directory(struct almanac *m)
{
	return atomic_load(&m->directory.current);
}

const struct archive_years *almanac_archives(struct almanac *m)
{
	return atomic_load(&m->archives.current);
}

const struct figures_past *almanac_figures(struct almanac *m)
{
	return atomic_load(&m->figures.current);
}

void almanac_expire(struct almanac *m)
{
	atomic_store(&m->looked_us, 0);
}

/* What the makers are given; a is thrown away when nothing changed. */
struct look {
	struct db *db;
	struct arena *a;
	const struct settings *settings;
	struct instant now;
};

static enum rc hash_holidays(const struct look *l, struct hash *ret)
{
	struct holiday_version_row at = { 0 };
	struct hash_state s;
	bool found;

	TRY(q_holiday_version(l->db, l->a, &at, &found));
	hash_begin(&s, NULL);
	hash_int(&s, at.version);
	*ret = hash_end(&s);
	return RC_OK;
}

/* Texts never change, so the last one tells that there are new ones. */
static enum rc hash_sops(const struct look *l, struct hash *ret)
{
	struct shelf_newest_row newest;
	struct shelf_uses_row *rows;
	struct hash_state s;
	size_t n;

	TRY(q_shelf_newest(l->db, l->a, &newest));
	TRY(q_shelf_uses(l->db, l->a, &rows, &n));
	hash_begin(&s, NULL);
	hash_int(&s, newest.n);
	for (size_t i = 0; i < n; i++) {
		hash_int(&s, rows[i].agency_id.v);
		hash_int(&s, rows[i].sop_id.v);
		hash_int(&s, rows[i].valid_from.n);
		hash_int(&s, rows[i].valid_until.n);
	}
	*ret = hash_end(&s);
	return RC_OK;
}

static enum rc make_calendar(const struct look *l, const void **ret, struct err *err)
{
	const struct calendar *fresh;

	(void)err;
	TRY(holidays_load(l->db, l->a, l->settings, &fresh));
	*ret = fresh;
	return RC_OK;
}

static enum rc make_sops(const struct look *l, const void **ret, struct err *err)
{
	const struct sop_shelf *fresh;

	TRY(sop_store_load(l->db, l->a, &fresh, err));
	*ret = fresh;
	return RC_OK;
}

static enum rc hash_directory(const struct look *l, struct hash *ret)
{
	return directory_digest(l->db, l->a, l->settings->region_code, ret);
}

static enum rc make_directory(const struct look *l, const void **ret, struct err *err)
{
	const struct directory *fresh;

	(void)err;
	TRY(directory_load(l->db, l->a, l->settings->region_code, &fresh));
	*ret = fresh;
	return RC_OK;
}

static enum rc hash_archives(const struct look *l, struct hash *ret)
{
	struct archived_years_row *rows;
	struct hash_state s;
	size_t n;

	TRY(q_archived_years(l->db, l->a, &rows, &n));
	hash_begin(&s, NULL);
	for (size_t i = 0; i < n; i++)
		hash_int(&s, rows[i].year);
	*ret = hash_end(&s);
	return RC_OK;
}

static enum rc make_archives(const struct look *l, const void **ret, struct err *err)
{
	struct archive_years *fresh = arena_new_one(l->a, struct archive_years);
	struct archived_years_row *rows;
	int *years;

	(void)err;
	TRY(q_archived_years(l->db, l->a, &rows, &fresh->n));
	years = arena_new_many(l->a, int, fresh->n + 1);
	for (size_t i = 0; i < fresh->n; i++)
		years[i] = (int)rows[i].year;
	fresh->p = years;
	*ret = fresh;
	return RC_OK;
}

static enum rc hash_figures(const struct look *l, struct hash *ret)
{
	const struct figures_past *f;
	struct hash_state s;

	TRY(figures_past_load(l->db, l->a, instant_day(l->now, l->settings->zone), &f));
	hash_begin(&s, NULL);
	hash_int(&s, f->until.n);
	for (size_t i = 0; i < f->categories.n; i++) {
		hash_int(&s, f->categories.p[i].category);
		hash_int(&s, f->categories.p[i].n);
	}
	*ret = hash_end(&s);
	return RC_OK;
}

static enum rc make_figures(const struct look *l, const void **ret, struct err *err)
{
	const struct figures_past *fresh;

	(void)err;
	TRY(figures_past_load(l->db, l->a, instant_day(l->now, l->settings->zone), &fresh));
	*ret = fresh;
	return RC_OK;
}

struct maker {
	const char *name;
	enum rc (*hash)(const struct look *l, struct hash *ret);
	enum rc (*make)(const struct look *l, const void **ret, struct err *err);
};
static const struct maker calendar_maker = { "holidays", hash_holidays, make_calendar };
static const struct maker sops_maker = { "SOPs", hash_sops, make_sops };
static const struct maker directory_maker = { "agencies and categories", hash_directory, make_directory };
static const struct maker archives_maker = { "archives", hash_archives, make_archives };
static const struct maker figures_maker = { "figures", hash_figures, make_figures };

/* The arena holds the new thing if there is one, else it is thrown away. */
static enum rc take(struct almanac_part *p, const struct maker *by, const struct look *l, bool *ret_is_new, struct err *err)
{
	const void *fresh;
	struct hash rows;

	TRY(by->hash(l, &rows));
	if (hash_equal(&rows, &p->rows))
		return RC_OK;
	TRY(by->make(l, &fresh, err));
	p->rows = rows;
	atomic_store(&p->current, fresh);
	*ret_is_new = true;
	return RC_OK;
}

static void refresh_part(struct almanac_part *p, const struct maker *by, struct look l)
{
	struct err err = { 0 };
	bool is_new = false;

	l.a = arena_new(ARENA_MAX);
	/* The old one serves on when the table cannot be read just now. */
	if (take(p, by, &l, &is_new, &err) != RC_OK)
		log_warn("the %s could not be read: %s %s", by->name, err.detail, db_message(l.db));
	if (!is_new) {
		arena_free(l.a);
		return;
	}
	arena_free(p->arenas[p->next]);
	p->arenas[p->next] = l.a;
	p->next = (p->next + 1) % ALMANAC_KEPT;
}

void almanac_refresh(struct almanac *m, struct db *db, const struct settings *s, struct instant now, uint64_t now_us)
{
	uint64_t looked = atomic_load_explicit(&m->looked_us, memory_order_relaxed);
	const struct look l = { .db = db, .settings = s, .now = now };

	if ((looked != 0 && now_us - looked < LOOK_EVERY_US) || pthread_mutex_trylock(&m->lock) != 0)
		return;
	atomic_store(&m->looked_us, now_us);
	refresh_part(&m->calendar, &calendar_maker, l);
	refresh_part(&m->sops, &sops_maker, l);
	refresh_part(&m->directory, &directory_maker, l);
	refresh_part(&m->archives, &archives_maker, l);
	refresh_part(&m->figures, &figures_maker, l);
	pthread_mutex_unlock(&m->lock);
}
