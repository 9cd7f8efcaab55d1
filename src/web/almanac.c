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

void almanac_expire(struct almanac *m)
{
	atomic_store(&m->looked_us, 0);
}

static enum rc hash_holidays(struct db *db, struct arena *a, const struct settings *settings, struct hash *ret)
{
	struct holiday_version_row at = { 0 };
	struct hash_state s;
	bool found;

	(void)settings;
	TRY(q_holiday_version(db, a, &at, &found));
	hash_begin(&s, NULL);
	hash_int(&s, at.version);
	*ret = hash_end(&s);
	return RC_OK;
}

/* Texts never change, so the last one tells that there are new ones. */
static enum rc hash_sops(struct db *db, struct arena *a, const struct settings *settings, struct hash *ret)
{
	struct shelf_newest_row newest;
	struct shelf_uses_row *rows;
	struct hash_state s;
	size_t n;

	(void)settings;
	TRY(q_shelf_newest(db, a, &newest));
	TRY(q_shelf_uses(db, a, &rows, &n));
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

static enum rc make_calendar(struct db *db, struct arena *a, const struct settings *s, const void **ret, struct err *err)
{
	const struct calendar *fresh;

	(void)err;
	TRY(holidays_load(db, a, s, &fresh));
	*ret = fresh;
	return RC_OK;
}

static enum rc make_sops(struct db *db, struct arena *a, const struct settings *s, const void **ret, struct err *err)
{
	const struct sop_shelf *fresh;

	(void)s;
	TRY(sop_store_load(db, a, &fresh, err));
	*ret = fresh;
	return RC_OK;
}

static enum rc hash_directory(struct db *db, struct arena *a, const struct settings *s, struct hash *ret)
{
	return directory_digest(db, a, s->region_code, ret);
}

static enum rc make_directory(struct db *db, struct arena *a, const struct settings *s, const void **ret, struct err *err)
{
	const struct directory *fresh;

	(void)err;
	TRY(directory_load(db, a, s->region_code, &fresh));
	*ret = fresh;
	return RC_OK;
}

static enum rc hash_archives(struct db *db, struct arena *a, const struct settings *settings, struct hash *ret)
{
	struct archived_years_row *rows;
	struct hash_state s;
	size_t n;

	(void)settings;
	TRY(q_archived_years(db, a, &rows, &n));
	hash_begin(&s, NULL);
	for (size_t i = 0; i < n; i++)
		hash_int(&s, rows[i].year);
	*ret = hash_end(&s);
	return RC_OK;
}

static enum rc make_archives(struct db *db, struct arena *a, const struct settings *s, const void **ret, struct err *err)
{
	struct archive_years *fresh = arena_new_one(a, struct archive_years);
	struct archived_years_row *rows;
	int *years;

	(void)s;
	(void)err;
	TRY(q_archived_years(db, a, &rows, &fresh->n));
	years = arena_new_many(a, int, fresh->n + 1);
	for (size_t i = 0; i < fresh->n; i++)
		years[i] = (int)rows[i].year;
	fresh->p = years;
	*ret = fresh;
	return RC_OK;
}

struct maker {
	const char *name;
	enum rc (*hash)(struct db *db, struct arena *a, const struct settings *s, struct hash *ret);
	enum rc (*make)(struct db *db, struct arena *a, const struct settings *s, const void **ret, struct err *err);
};
static const struct maker calendar_maker = { "holidays", hash_holidays, make_calendar };
static const struct maker sops_maker = { "SOPs", hash_sops, make_sops };
static const struct maker directory_maker = { "agencies and categories", hash_directory, make_directory };
static const struct maker archives_maker = { "archives", hash_archives, make_archives };

/* The arena holds the new thing if there is one, else it is thrown away. */
static enum rc look(struct almanac_part *p, const struct maker *by, struct db *db, const struct settings *s,
		    struct arena *a, bool *ret_is_new, struct err *err)
{
	const void *fresh;
	struct hash rows;

	TRY(by->hash(db, a, s, &rows));
	if (hash_equal(&rows, &p->rows))
		return RC_OK;
	TRY(by->make(db, a, s, &fresh, err));
	p->rows = rows;
	atomic_store(&p->current, fresh);
	*ret_is_new = true;
	return RC_OK;
}

static void refresh_part(struct almanac_part *p, const struct maker *by, struct db *db, const struct settings *s)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct err err = { 0 };
	bool is_new = false;

	/* The old one serves on when the table cannot be read just now. */
	if (look(p, by, db, s, a, &is_new, &err) != RC_OK)
		log_warn("the %s could not be read: %s %s", by->name, err.detail, db_message(db));
	if (!is_new) {
		arena_free(a);
		return;
	}
	arena_free(p->arenas[p->next]);
	p->arenas[p->next] = a;
	p->next = (p->next + 1) % ALMANAC_KEPT;
}

void almanac_refresh(struct almanac *m, struct db *db, const struct settings *s, uint64_t now_us)
{
	uint64_t looked = atomic_load_explicit(&m->looked_us, memory_order_relaxed);

	if ((looked != 0 && now_us - looked < LOOK_EVERY_US) || pthread_mutex_trylock(&m->lock) != 0)
		return;
	atomic_store(&m->looked_us, now_us);
	refresh_part(&m->calendar, &calendar_maker, db, s);
	refresh_part(&m->sops, &sops_maker, db, s);
	refresh_part(&m->directory, &directory_maker, db, s);
	refresh_part(&m->archives, &archives_maker, db, s);
	pthread_mutex_unlock(&m->lock);
}
