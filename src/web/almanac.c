/* SPDX-License-Identifier: Apache-2.0 */
#include "web/almanac.h"

#include "app/holidays.h"
#include "base/log.h"
#include "query_lookup.h"

#define LOOK_EVERY_US UINT64_C(30000000)
#define ARENA_MAX ((size_t)4 * 1024 * 1024)

void almanac_init(struct almanac *m, const struct calendar *first)
{
	*m = (struct almanac){ .next = 0 };
	pthread_mutex_init(&m->lock, NULL);
	atomic_store(&m->current, first);
}

void almanac_done(struct almanac *m)
{
	for (size_t i = 0; i < ALMANAC_KEPT; i++)
		arena_free(m->arenas[i]);
	pthread_mutex_destroy(&m->lock);
}

const struct calendar *almanac_current(struct almanac *m)
{
	return atomic_load(&m->current);
}

void almanac_expire(struct almanac *m)
{
	atomic_store(&m->looked_us, 0);
}

static enum rc hash_rows(struct db *db, struct arena *a, struct hash *ret)
{
	struct holiday_all_row *rows;
	struct hash_state s;
	size_t n;

	TRY(q_holiday_all(db, a, &rows, &n));
	hash_begin(&s, NULL);
	for (size_t i = 0; i < n; i++) {
		hash_int(&s, rows[i].on_day.n);
		hash_int(&s, rows[i].kind);
		hash_text(&s, rows[i].scope);
		hash_text(&s, rows[i].name);
	}
	*ret = hash_end(&s);
	return RC_OK;
}

/* The arena holds the new calendar if there is one, else it is thrown away. */
static enum rc look(struct almanac *m, struct db *db, const struct settings *s, struct arena *a, bool *ret_is_new)
{
	const struct calendar *fresh;
	struct hash rows;

	TRY(hash_rows(db, a, &rows));
	if (hash_equal(&rows, &m->rows))
		return RC_OK;
	TRY(holidays_load(db, a, s, &fresh));
	m->rows = rows;
	atomic_store(&m->current, fresh);
	*ret_is_new = true;
	return RC_OK;
}

static void keep(struct almanac *m, struct arena *a)
{
	arena_free(m->arenas[m->next]);
	m->arenas[m->next] = a;
	m->next = (m->next + 1) % ALMANAC_KEPT;
}

void almanac_refresh(struct almanac *m, struct db *db, const struct settings *s, uint64_t now_us)
{
	uint64_t looked = atomic_load_explicit(&m->looked_us, memory_order_relaxed);
	struct arena *a;
	bool is_new = false;

	if ((looked != 0 && now_us - looked < LOOK_EVERY_US) || pthread_mutex_trylock(&m->lock) != 0)
		return;
	atomic_store(&m->looked_us, now_us);
	a = arena_new(ARENA_MAX);
	/* The old calendar serves on when the table cannot be read just now. */
	if (look(m, db, s, a, &is_new) != RC_OK)
		log_warn("the holidays could not be read: %s", db_message(db));
	if (is_new)
		keep(m, a);
	else
		arena_free(a);
	pthread_mutex_unlock(&m->lock);
}
