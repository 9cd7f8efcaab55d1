/* SPDX-License-Identifier: Apache-2.0
 * find - walks the hits of a search.
 *
 * SQLite gives hits newest first and stops when it has enough. PostgreSQL has to find all before it knows the newest, so
 * it is asked for spans of ids: some thousand first, then as many as should hold what is missing. The order is the same,
 * and so is the answer.
 */
#include "web/find.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "core/match.h"

/* As many hits as PostgreSQL should have to look up for one answer. */
#define SPAN_HITS 1024
#define SPAN_FIRST_IDS 4096
/* So many blocks of a level in one question, before those of the next level are taken: each is a list more to go through. */
#define SPAN_BLOCKS 4
/* Questions for one page, most of them for a million ids. */
#define SPANS_MAX 64
#define TOP (MARKS_LEVELS - 1)

bool find_read(struct ctx *c, const char *typed, struct find *f)
{
	struct stem *stem = stem_new();

	f->n_terms = words_terms(c->a, stem, typed, f->term);
	stem_free(stem);
	return f->n_terms > 0;
}

/* Where the walk stands. */
struct walk {
	const struct find *f;
	int64_t before;         /* what is older has not been seen */
	int64_t newest;         /* the newest report there is */
	int64_t seen, covered;  /* hits so far, and the ids among which they were, from the newest hit on */
	int spans;
};

/* Blocks of one level, the first to the last of them: the newest ids that have not been seen. */
struct span {
	int level;
	int64_t first, last;
	bool is_all;            /* there are no other reports */
};

static enum rc begin(struct ctx *c, const struct find *f, int64_t before, struct walk *w)
{
	struct find_newest_row row;
	bool found;

	TRY(q_find_newest(c->db, c->a, &row, &found));
	*w = (struct walk){ .f = f, .newest = found ? row.id.v : 0 };
	w->before = before <= w->newest ? before : w->newest + 1;
	return RC_OK;
}

static int64_t ids_of(int level)
{
	return INT64_C(1) << marks_block_bits[level];
}

/* Among how many ids as many hits as are wanted should be, and not more than can be looked up quickly. */
static int64_t ids_for(const struct walk *w, int64_t want)
{
	int64_t hits = want * 2 < SPAN_HITS ? want * 2 : SPAN_HITS;

	if (w->covered == 0)
		return SPAN_FIRST_IDS;
	if (hits > 4 * w->seen)
		return 4 * w->covered;
	return hits * w->covered / w->seen + 1;
}

/* Half of the ids at least, because blocks are taken whole. */
static struct span next_span(const struct walk *w, int64_t want, enum db_engine engine)
{
	int64_t ids = ids_for(w, want), oldest = w->before > ids / 2 ? w->before - ids / 2 : 0;
	struct span s = { .level = engine == DB_PGSQL ? 0 : TOP };
	int64_t most;

	while (s.level < TOP && ids > ids_of(s.level) * SPAN_BLOCKS)
		s.level++;
	/* A million may hold too many, though the last thousands held few. */
	if (engine == DB_PGSQL && s.level == TOP && w->seen * ids_of(TOP) > SPAN_HITS * w->covered)
		s.level--;
	s.last = (w->before - 1) >> marks_block_bits[s.level];
	s.first = oldest >> marks_block_bits[s.level];
	most = s.level < TOP ? SPAN_BLOCKS : 1;
	if (s.first <= s.last - most)
		s.first = s.last - most + 1;
	s.is_all = s.first == 0 && s.last == w->newest >> marks_block_bits[s.level];
	return s;
}

/*
 * The expressions for a span. PostgreSQL goes through what is within and looks the words up: of a few small blocks, else of
 * what narrows the scope most.
 */
static void ask_span(struct ctx *c, const struct walk *w, const struct span *s, enum words_dialect dialect, const char **within,
		     const char **words)
{
	const char *all = *words, *narrow = marks_narrowest(c->a, &w->f->scope);
	const char *mark[SPAN_BLOCKS], *blocks;
	struct marks_list list = { mark, 0 };

	for (int64_t k = s->last; k >= s->first; k--)
		mark[list.n++] = marks_block(c->a, s->level, k << marks_block_bits[s->level]);
	blocks = words_within(c->a, &list, dialect);
	*within = s->is_all ? "" : blocks;
	if (dialect == WORDS_FTS5 || (!s->is_all && s->level < TOP))
		return;
	*within = narrow ? words_within(c->a, &(struct marks_list){ &narrow, 1 }, dialect) : all;
	if (!s->is_all)
		*words = arena_printf(c->a, "%s & %s", all, blocks);
}

/* What is newer than the first hit tells nothing of the rest: it is not public yet, or not yet at that place. */
static void count_hits(struct walk *w, const struct find_hits_row *rows, size_t n, int64_t seen_to)
{
	if (w->seen == 0 && n > 0) {
		w->covered = 0;
		w->before = rows[0].id.v + 1;
	}
	w->seen += (int64_t)n;
	w->covered += w->before - seen_to;
	w->before = seen_to;
}

/* The next hits of the walk, about as many as are wanted and at most max; none: it is over. */
static enum rc next_hits(struct ctx *c, struct walk *w, int64_t want, int64_t max, struct find_hits_row **ret, size_t *ret_n)
{
	enum db_engine engine = db_engine_of(c->db);
	enum words_dialect dialect = engine == DB_PGSQL ? WORDS_TSQUERY : WORDS_FTS5;
	const char *all = words_query(c->a, w->f->term, w->f->n_terms, &w->f->scope, dialect);

	*ret_n = 0;
	while (*ret_n == 0 && w->before > 1 && w->spans++ < SPANS_MAX) {
		struct span s = next_span(w, want, engine);
		int64_t seen_to = s.first << marks_block_bits[s.level];
		const char *within, *words = all;

		ask_span(c, w, &s, dialect, &within, &words);
		TRY(q_find_hits(c->db, c->a, &(struct find_hits_args){
			.within = within, .words = words, .before_id = { w->before }, .max_rows = max }, ret, ret_n));
		if ((int64_t)*ret_n == max)
			seen_to = (*ret)[*ret_n - 1].id.v;
		count_hits(w, *ret, *ret_n, seen_to);
	}
	return RC_OK;
}

/* How many hits should hold what is missing, by how many of those looked at were fit. */
static int64_t hits_for(int64_t missing, int64_t fit, int64_t looked)
{
	if (looked == 0)
		return missing;
	return fit > 0 ? missing * looked / fit + 1 : looked * 4;
}

/* Hits that fit, newest first: want of them, and whether there may be more. */
static enum rc load_newest(struct ctx *c, const struct find *f, int64_t before, size_t want, struct find_hits_row *kept,
			   struct found *ret)
{
	int64_t looked = 0, ask = (int64_t)want + 1;
	struct find_hits_row *rows;
	struct walk w;
	size_t n;

	TRY(begin(c, f, before, &w));
	do {
		TRY(next_hits(c, &w, hits_for((int64_t)(want + 1 - ret->n), (int64_t)ret->n, looked), ask, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			if (!f->fits(f->arg, &rows[i]))
				continue;
			if (ret->n == want) {
				ret->has_next = true;
				ret->next.before = kept[want - 1].id.v;
				return RC_OK;
			}
			kept[ret->n++] = rows[i];
		}
		looked += (int64_t)n;
		ask = ask * 4 < FIND_LOOK_MAX - looked ? ask * 4 : FIND_LOOK_MAX - looked;
	} while (n > 0 && looked < FIND_LOOK_MAX);
	ret->has_next = ret->went_far = w.before > 1;
	ret->next.before = w.before;
	return RC_OK;
}

struct ranked {
	struct report_id id;
	int score;
};

static int better_first(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return x->id.v < y->id.v ? 1 : -1;
}

const char *find_list(struct ctx *c, const struct report_id *ids, size_t n)
{
	const char *list;
	struct buf b;

	buf_init(&b, 64 * 1024);
	buf_char(&b, '[');
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, i == 0 ? "%lld" : ",%lld", (long long)ids[i].v);
	buf_char(&b, ']');
	list = arena_strdup(c->a, buf_cstr(&b));
	buf_done(&b);
	return list;
}

static enum rc rank(struct ctx *c, const struct find *f, const struct find_hits_row *rows, size_t n, struct ranked *ranked)
{
	struct report_id *ids = arena_new_many(c->a, struct report_id, n);
	struct find_texts_row *texts;
	size_t n_texts;

	for (size_t i = 0; i < n; i++)
		ids[i] = rows[i].id;
	TRY(q_find_texts(c->db, c->a, find_list(c, ids, n), &texts, &n_texts));
	for (size_t i = 0; i < n; i++) {
		const char *words = "";

		for (size_t k = 0; k < n_texts; k++)
			if (texts[k].report_id.v == rows[i].id.v)
				words = texts[k].words;
		ranked[i] = (struct ranked){ rows[i].id, match_score(f->term, f->n_terms, words,
								     (c->now.ms - rows[i].received_at.ms) / MS_PER_DAY) };
	}
	qsort(ranked, n, sizeof(*ranked), better_first);
	return RC_OK;
}

/* The best of a bounded number: the newest ones, then on further pages the best of the next older ones. */
static enum rc load_best(struct ctx *c, const struct find *f, struct find_cursor from, size_t want, struct found *ret)
{
	struct find_hits_row *rows = arena_new_many(c->a, struct find_hits_row, FIND_BEST_OF);
	struct ranked *ranked = arena_new_many(c->a, struct ranked, FIND_BEST_OF);
	struct found all = { .ids = NULL };
	struct find_newest_row newest;
	bool found;

	TRY(q_find_newest(c->db, c->a, &newest, &found));
	if (from.skip < 0)
		from.skip = 0;
	/* What comes in while somebody reads on must not move the pages. */
	if (found && from.before > newest.id.v)
		from.before = newest.id.v + 1;
	TRY(load_newest(c, f, from.before, FIND_BEST_OF, rows, &all));
	TRY(rank(c, f, rows, all.n, ranked));
	for (size_t i = (size_t)from.skip; i < all.n && ret->n < want; i++)
		ret->ids[ret->n++] = ranked[i].id;
	ret->has_next = (size_t)from.skip + ret->n < all.n;
	ret->next = (struct find_cursor){ from.before, from.skip + (int64_t)ret->n };
	if (!ret->has_next && all.has_next) {
		ret->has_next = ret->is_next_older = true;
		ret->went_far = all.went_far;
		ret->next = (struct find_cursor){ all.next.before, 0 };
	}
	return RC_OK;
}

enum rc find_load(struct ctx *c, const struct find *f, struct find_cursor from, size_t want, struct found *ret)
{
	struct find_hits_row *rows;

	*ret = (struct found){ .ids = arena_new_many(c->a, struct report_id, want) };
	if (f->is_best_first)
		return load_best(c, f, from, want, ret);
	rows = arena_new_many(c->a, struct find_hits_row, want);
	TRY(load_newest(c, f, from.before, want, rows, ret));
	for (size_t i = 0; i < ret->n; i++)
		ret->ids[i] = rows[i].id;
	return RC_OK;
}
