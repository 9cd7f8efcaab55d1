/* SPDX-License-Identifier: Apache-2.0 */
#include "store/sums.h"

#include <stdlib.h>
#include <string.h>

#include "store/driver.h"

#define SUM_PARAMS_MAX 6
#define SUM_TEXT_MAX 40
#define SUMS_MANY 4096

struct sum {
	const struct db_query *q;
	int64_t v[SUM_PARAMS_MAX];
	char text[SUM_TEXT_MAX]; /* of the one text among them, if any */
	int written_at;          /* the depth of the block in which it was written; 0: not yet */
};

void sums_done(struct sums *s)
{
	free(s->list);
	*s = (struct sums){ 0 };
}

static void note_query(struct sums *s, const struct db_query *q)
{
	for (size_t i = 0; i < s->n_queries; i++)
		if (s->query[i] == q)
			return;
	BUG_ON(s->n_queries == SUMS_QUERIES_MAX);
	s->query[s->n_queries++] = q;
}

void sums_add(struct db *db, const struct db_query *q, const struct db_value *params)
{
	struct sums *s = &db->sums;
	struct sum *x;

	if (s->n == s->cap) {
		s->cap = s->cap > 0 ? s->cap * 2 : 256;
		s->list = realloc(s->list, s->cap * sizeof(*s->list));
		if (!s->list)
			BUG("out of memory");
	}
	x = &s->list[s->n++];
	memset(x, 0, sizeof(*x));
	x->q = q;
	BUG_ON(q->n_params > SUM_PARAMS_MAX);
	for (int i = 0; i < q->n_params; i++) {
		BUG_ON(params[i].type != DB_INT && params[i].type != DB_TEXT);
		x->v[i] = params[i].i;
		if (params[i].type == DB_INT)
			continue;
		BUG_ON(params[i].n >= SUM_TEXT_MAX || x->text[0]);
		memcpy(x->text, params[i].p, params[i].n);
	}
	note_query(s, q);
	s->n_pending++;
}

bool sums_are_many(const struct sums *s)
{
	return s->n_pending >= SUMS_MANY;
}

/* By the name of the table, wherever it stands. */
bool sums_matter(const struct sums *s, const struct db_query *q)
{
	for (size_t i = 0; s->n_pending > 0 && i < s->n_queries; i++) {
		const char *from = strstr(s->query[i]->sql[DB_SQLITE], "INTO ") + 5;
		char table[SUM_TEXT_MAX] = { 0 };
		size_t n = strcspn(from, " (");

		BUG_ON(n >= sizeof(table));
		memcpy(table, from, n);
		if (strstr(q->sql[DB_SQLITE] ? q->sql[DB_SQLITE] : q->sql[DB_PGSQL], table))
			return true;
	}
	return false;
}

static bool is_added(const struct sum *x, int i)
{
	return (x->q->sums >> i & 1) != 0;
}

/* One order for all, by what they count in. */
static int compare(const void *a, const void *b)
{
	const struct sum *x = a, *y = b;
	int texts;

	if (x->q != y->q)
		return strcmp(x->q->name, y->q->name);
	texts = strcmp(x->text, y->text);
	if (texts != 0)
		return texts;
	for (int i = 0; i < x->q->n_params; i++)
		if (!is_added(x, i) && x->v[i] != y->v[i])
			return x->v[i] < y->v[i] ? -1 : 1;
	return 0;
}

static enum rc write_one(struct db *db, const struct sum *x)
{
	struct db_value params[SUM_PARAMS_MAX];
	bool is_nothing = true;

	for (int i = 0; i < x->q->n_params; i++) {
		params[i] = (struct db_value){ .type = DB_INT, .i = x->v[i] };
		if (x->q->param_types[i] == 't')
			params[i] = (struct db_value){ .type = DB_TEXT, .p = x->text, .n = strlen(x->text) };
		if (is_added(x, i) && x->v[i] != 0)
			is_nothing = false;
	}
	return is_nothing ? RC_OK : db_exec_now(db, x->q, params);
}

static enum rc write_sorted(struct db *db, struct sum *list, size_t n)
{
	size_t next;

	qsort(list, n, sizeof(*list), compare);
	for (size_t i = 0; i < n; i = next) {
		for (next = i + 1; next < n && compare(&list[i], &list[next]) == 0; next++)
			for (int k = 0; k < list[i].q->n_params; k++)
				list[i].v[k] += is_added(&list[i], k) ? list[next].v[k] : 0;
		TRY(write_one(db, &list[i]));
	}
	return RC_OK;
}

enum rc sums_write(struct db *db)
{
	struct sums *s = &db->sums;
	struct sum *list;
	size_t n = 0;
	enum rc rc;

	if (s->n_pending == 0)
		return RC_OK;
	list = malloc(s->n_pending * sizeof(*list));
	if (!list)
		BUG("out of memory");
	for (size_t i = 0; i < s->n; i++) {
		if (s->list[i].written_at != 0)
			continue;
		list[n++] = s->list[i];
		s->list[i].written_at = db->depth;
	}
	s->n_pending = 0;
	rc = write_sorted(db, list, n);
	free(list);
	/* Within a block it may be rolled back together with what was added before the block. */
	if (db->depth == 1)
		s->n = 0;
	return rc;
}

void sums_begin(struct sums *s, int depth)
{
	BUG_ON(depth > SUMS_DEPTH_MAX);
	s->mark[depth] = s->n;
}

void sums_commit(struct sums *s, int depth)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->list[i].written_at == depth)
			s->list[i].written_at = depth - 1;
	if (depth == 1)
		s->n = s->n_pending = 0;
}

void sums_roll_back(struct sums *s, int depth)
{
	if (s->n > s->mark[depth])
		s->n = s->mark[depth];
	s->n_pending = 0;
	for (size_t i = 0; i < s->n; i++) {
		if (s->list[i].written_at >= depth)
			s->list[i].written_at = 0;
		s->n_pending += s->list[i].written_at == 0;
	}
}
