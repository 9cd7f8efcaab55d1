/* SPDX-License-Identifier: Apache-2.0
 * sop_chart - the layout, in three passes: what leads where, which margin each way takes, the lines row by row.
 */
#include "core/sop_chart.h"

#include <string.h>

#define BOX_HALF_H 12
#define DIAMOND_HALF_H 16
#define PILL_HALF_H 8
#define CHANNEL (-27)         /* where arrows that come from elsewhere run above the shape */
#define ROW_HALF_H 32
#define END_Y 43              /* of the end below a diamond */
#define START_Y (-44)
#define PILL_ROOM 6
#define MARK_HALF_H 5
#define MARK_PAD 3
#define MARK_LETTER 5
#define LANES_MAX 8           /* more lanes do not get narrower */

enum side { SIDE_LEFT, SIDE_RIGHT, SIDE_BELOW };

/* From a row to another one. */
struct way {
	size_t from, to;      /* to: SOP_END for the end */
	char *letters;        /* each once; "" for none */
	size_t letter_n;
	bool is_dashed;
	enum side side;
	size_t track;         /* in its margin, from the shape outwards */
};

struct layout {
	struct arena *a;
	const struct sop *s;
	struct sop_chart *c;
	struct way *ways;
	size_t way_n, way_cap;
	size_t *row_of;       /* by step */
	size_t *tracks;       /* by lane and side: how many there are */
};

/* Room for one more: doubled when full. */
static void *grow(struct arena *a, void *list, size_t n, size_t *cap, size_t size)
{
	void *wider;

	if (n < *cap)
		return list;
	*cap = *cap ? *cap * 2 : 8;
	wider = arena_alloc_many(a, size, *cap);
	if (n > 0)
		memcpy(wider, list, n * size);
	return wider;
}

static int lane_w(size_t n)
{
	static const int widths[LANES_MAX + 1] = { 150, 150, 116, 96, 84, 76, 70, 64, 58 };

	return widths[n < LANES_MAX ? n : LANES_MAX];
}

static int half_w(const struct sop_chart *c)
{
	return c->lane_w >= 96 ? 29 : c->lane_w / 2 - (c->lane_w >= 70 ? 13 : 10);
}

static int lane_x(const struct sop_chart *c, size_t lane)
{
	return (int)lane * c->lane_w + c->lane_w / 2;
}

char sop_chart_letter(const struct sop *s, size_t step, size_t branch)
{
	const char *id = s->steps[step].id;
	bool has_parts = step + 1 < s->step_n && sop_step_is_part(&s->steps[step + 1]);

	if (sop_step_is_part(&s->steps[step]))
		return id[strlen(id) - 1];
	return (char)((has_parts ? 'A' : 'a') + (branch < 26 ? branch : 25));
}

/* ---- what leads where */

static struct way *way_between(struct layout *l, size_t from, size_t to)
{
	for (size_t i = l->way_n; i > 0 && l->ways[i - 1].from == from; i--)
		if (l->ways[i - 1].to == to)
			return &l->ways[i - 1];
	l->ways = grow(l->a, l->ways, l->way_n, &l->way_cap, sizeof(*l->ways));
	l->ways[l->way_n] = (struct way){ .from = from, .to = to, .letters = arena_alloc(l->a, 54) };
	return &l->ways[l->way_n++];
}

static void add_branches(struct layout *l, size_t row, size_t step)
{
	const struct sop_step *s = &l->s->steps[step];

	for (size_t i = 0; i < s->branch_n; i++) {
		size_t to = s->branches[i].to;
		struct way *w = way_between(l, row, to == SOP_END ? SOP_END : l->row_of[to]);
		char letter = sop_chart_letter(l->s, step, i);

		if (!strchr(w->letters, letter))
			w->letters[w->letter_n++] = letter;
	}
}

static void add_ways(struct layout *l, size_t row)
{
	const struct sop_chart_row *r = &l->c->rows[row];
	const struct sop_step *step = &l->s->steps[r->step];
	size_t next = sop_step_next(l->s, r->step);

	if (step->is_beside)
		return;
	for (size_t i = r->step; i < r->end; i++)
		add_branches(l, row, i);
	if (step->branch_n == 0)
		way_between(l, row, next == SOP_END ? SOP_END : l->row_of[next]);
	/* What runs beside begins where the step before it leads on. */
	for (size_t i = row + 1; i < l->c->n && l->s->steps[l->c->rows[i].step].is_beside; i++)
		way_between(l, row, i)->is_dashed = true;
}

static void find_rows(struct layout *l)
{
	l->row_of = arena_new_many(l->a, size_t, l->s->step_n + 1);
	l->c->rows = arena_new_many(l->a, struct sop_chart_row, l->s->step_n + 1);
	for (size_t i = 0; i < l->s->step_n; i++) {
		if (i == 0 || !sop_step_is_part(&l->s->steps[i]))
			l->c->rows[l->c->n++] = (struct sop_chart_row){ .step = i, .half_h = ROW_HALF_H };
		l->c->rows[l->c->n - 1].end = i + 1;
		l->row_of[i] = l->c->n - 1;
	}
}

/* The ways of a row stand together. */
static struct way *ways_of(const struct layout *l, size_t row, size_t *ret_n)
{
	size_t first = 0;

	while (first < l->way_n && l->ways[first].from != row)
		first++;
	for (*ret_n = 0; first + *ret_n < l->way_n && l->ways[first + *ret_n].from == row;)
		++*ret_n;
	return &l->ways[first];
}

/* ---- shapes */

static size_t main_actor(const struct layout *l, size_t row)
{
	return l->s->steps[l->c->rows[row].step].by[0];
}

static void add_shape(struct layout *l, size_t row, enum sop_chart_kind kind, size_t actor, int y)
{
	struct sop_chart_row *r = &l->c->rows[row];
	bool is_pill = kind == SOP_CHART_START || kind == SOP_CHART_END;
	int half_h = is_pill ? PILL_HALF_H : kind == SOP_CHART_DIAMOND ? DIAMOND_HALF_H : BOX_HALF_H;
	int need = (y < 0 ? -y : y) + half_h + PILL_ROOM;

	r->shapes[r->shape_n++] = (struct sop_chart_shape){ kind, lane_x(l->c, actor), y, half_w(l->c), half_h, actor };
	if (need > r->half_h)
		r->half_h = need;
}

static bool stands_in(const struct sop_chart_row *r, size_t actor)
{
	for (size_t i = 0; i < r->shape_n; i++)
		if (r->shapes[i].actor == actor)
			return true;
	return false;
}

static bool ends_here(const struct way *w, size_t n)
{
	return n == 1 && w[0].to == SOP_END && w[0].letter_n == 0;
}

static void add_shapes(struct layout *l, size_t row)
{
	struct sop_chart_row *r = &l->c->rows[row];
	size_t n, solid = 0;
	const struct way *w = ways_of(l, row, &n);
	enum sop_chart_kind kind = SOP_CHART_BOX;

	r->shapes = arena_new_many(l->a, struct sop_chart_shape, l->s->actor_n + 2);
	for (size_t i = 0; i < n; i++)
		solid += !w[i].is_dashed;
	if (solid > 1)
		kind = SOP_CHART_DIAMOND;
	else if (row == 0 || ends_here(w, n))
		kind = SOP_CHART_TERMINATOR;
	add_shape(l, row, kind, main_actor(l, row), 0);
	for (size_t i = r->step; i < r->end; i++)
		for (size_t k = 0; k < l->s->steps[i].by_n; k++)
			if (!stands_in(r, l->s->steps[i].by[k]))
				add_shape(l, row, kind == SOP_CHART_DIAMOND ? SOP_CHART_BOX : kind, l->s->steps[i].by[k], 0);
}

/* ---- which side, which track */

static bool has_neighbour(const struct sop_chart_row *r, bool is_right)
{
	for (size_t i = 1; i < r->shape_n; i++)
		if (is_right ? r->shapes[i].x > r->shapes[0].x : r->shapes[i].x < r->shapes[0].x)
			return true;
	return false;
}

static void choose_sides(struct layout *l, size_t row)
{
	const struct sop_chart_row *r = &l->c->rows[row];
	enum side on = has_neighbour(r, true) && !has_neighbour(r, false) ? SIDE_LEFT : SIDE_RIGHT;
	bool is_taken = has_neighbour(r, on != SIDE_RIGHT), has_end = false;
	size_t n;
	struct way *w = ways_of(l, row, &n);

	for (size_t i = 0; i < n; i++)
		has_end |= w[i].to == SOP_END;
	for (size_t i = 0; i < n; i++) {
		bool is_back = w[i].to != SOP_END && w[i].to <= row;

		if (w[i].to == SOP_END || (w[i].to == row + 1 && !has_end && !w[i].is_dashed))
			w[i].side = SIDE_BELOW;
		else if (is_back && !is_taken)
			w[i].side = on == SIDE_RIGHT ? SIDE_LEFT : SIDE_RIGHT;
		else
			w[i].side = on;
	}
}

/* All that leaves a row forward by one side takes one track, all that leaves it backward another. */
static bool is_one_bundle(const struct way *a, const struct way *b)
{
	return a->from == b->from && a->side == b->side && (a->to <= a->from) == (b->to <= b->from);
}

static bool do_meet(const struct way *a, const struct way *b)
{
	size_t a_lo = a->to < a->from ? a->to : a->from, a_hi = a->to < a->from ? a->from : a->to;
	size_t b_lo = b->to < b->from ? b->to : b->from, b_hi = b->to < b->from ? b->from : b->to;

	return a_lo <= b_hi && b_lo <= a_hi;
}

static bool is_track_free(const struct layout *l, size_t way, size_t track)
{
	const struct way *w = &l->ways[way];

	for (size_t i = 0; i < way; i++) {
		const struct way *o = &l->ways[i];

		if (o->side == w->side && o->track == track && main_actor(l, o->from) == main_actor(l, w->from) &&
		    !is_one_bundle(o, w) && do_meet(o, w))
			return false;
	}
	return true;
}

static size_t *track_count(struct layout *l, const struct way *w)
{
	return &l->tracks[main_actor(l, w->from) * 2 + (w->side == SIDE_RIGHT)];
}

static void choose_track(struct layout *l, size_t way)
{
	struct way *w = &l->ways[way];
	size_t *count;

	if (w->side == SIDE_BELOW)
		return;
	for (size_t i = 0; i < way; i++)
		if (is_one_bundle(&l->ways[i], w) && l->ways[i].track > w->track)
			w->track = l->ways[i].track;
	while (!is_track_free(l, way, w->track))
		w->track++;
	count = track_count(l, w);
	if (w->track + 1 > *count)
		*count = w->track + 1;
}

static int track_x(struct layout *l, const struct way *w)
{
	int room = l->c->lane_w / 2 - half_w(l->c), out;

	out = half_w(l->c) + room * (int)(w->track + 1) / (int)(*track_count(l, w) + 1);
	return lane_x(l->c, main_actor(l, w->from)) + (w->side == SIDE_RIGHT ? out : -out);
}

/* ---- lines */

static void add_line(struct layout *l, size_t row, struct sop_chart_line line)
{
	struct sop_chart_row *r = &l->c->rows[row];

	/* Ways that meet go on as one. */
	for (size_t i = 0; i < r->line_n; i++) {
		struct sop_chart_line *o = &r->lines[i];

		if (o->x1 == line.x1 && o->y1 == line.y1 && o->x2 == line.x2 && o->y2 == line.y2) {
			o->is_dashed &= line.is_dashed;
			return;
		}
	}
	r->lines = grow(l->a, r->lines, r->line_n, &r->line_cap, sizeof(*r->lines));
	r->lines[r->line_n++] = line;
}

/* From x at the channel above the shape of the row into it. */
static void arrive(struct layout *l, size_t row, int x, bool is_dashed)
{
	const struct sop_chart_shape *to = &l->c->rows[row].shapes[0];

	if (x != to->x)
		add_line(l, row, (struct sop_chart_line){ x, CHANNEL, to->x, CHANNEL, false, is_dashed });
	add_line(l, row, (struct sop_chart_line){ to->x, CHANNEL, to->x, -to->half_h, true, is_dashed });
}

static void add_mark(struct layout *l, const struct way *w, int x, int y)
{
	struct sop_chart_row *r = &l->c->rows[w->from];
	int half = (int)w->letter_n * MARK_LETTER / 2 + MARK_PAD;

	if (w->letter_n == 0)
		return;
	if (!r->marks)
		r->marks = arena_new_many(l->a, struct sop_chart_mark, l->way_n);
	r->marks[r->mark_n++] = (struct sop_chart_mark){ w->side == SIDE_LEFT ? x - half : x + half, y, half,
							 MARK_HALF_H, w->letters };
}

static void draw_below(struct layout *l, const struct way *w)
{
	const struct sop_chart_shape *from = &l->c->rows[w->from].shapes[0];
	int x = from->x, y = from->half_h;

	if (from->kind == SOP_CHART_TERMINATOR && w->to == SOP_END)
		return;
	add_mark(l, w, x + 3, y + MARK_HALF_H + 1);
	if (w->to == SOP_END) {
		add_shape(l, w->from, SOP_CHART_END, from->actor, END_Y);
		add_line(l, w->from, (struct sop_chart_line){ x, y, x, END_Y - PILL_HALF_H, true, false });
		return;
	}
	add_line(l, w->from, (struct sop_chart_line){ x, y, x, SOP_CHART_BOTTOM, false, false });
	add_line(l, w->to, (struct sop_chart_line){ x, SOP_CHART_TOP, x, CHANNEL, false, false });
	arrive(l, w->to, x, false);
}

static void draw_beside(struct layout *l, const struct way *w)
{
	const struct sop_chart_shape *from = &l->c->rows[w->from].shapes[0];
	bool is_down = w->to > w->from, is_right = w->side == SIDE_RIGHT;
	int x = track_x(l, w), corner = from->x + (is_right ? from->half_w : -from->half_w);
	size_t lo = is_down ? w->from : w->to, hi = is_down ? w->to : w->from;

	add_mark(l, w, corner + (is_right ? -6 : 6), is_down ? -MARK_HALF_H - 5 : MARK_HALF_H + 5);
	add_line(l, w->from, (struct sop_chart_line){ corner, 0, x, 0, false, w->is_dashed });
	for (size_t i = lo; i <= hi; i++) {
		int y1 = i == w->from ? 0 : is_down ? SOP_CHART_TOP : SOP_CHART_BOTTOM;
		int y2 = i == w->to ? CHANNEL : is_down ? SOP_CHART_BOTTOM : SOP_CHART_TOP;

		add_line(l, i, (struct sop_chart_line){ x, y1, x, y2, false, w->is_dashed });
	}
	arrive(l, w->to, x, w->is_dashed);
}

/* Those who do a step together are joined by a plain line. */
static void join_actors(struct layout *l, size_t row)
{
	const struct sop_chart_row *r = &l->c->rows[row];

	for (size_t i = 0; i < r->shape_n; i++) {
		const struct sop_chart_shape *from = &r->shapes[i], *next = NULL;

		for (size_t k = 0; k < r->shape_n; k++)
			if (r->shapes[k].x > from->x && (!next || r->shapes[k].x < next->x))
				next = &r->shapes[k];
		if (next)
			add_line(l, row, (struct sop_chart_line){ from->x + from->half_w, 0, next->x - next->half_w, 0,
								  false, false });
	}
}

static void start_above(struct layout *l)
{
	const struct sop_chart_shape *first = &l->c->rows[0].shapes[0];

	if (first->kind != SOP_CHART_DIAMOND)
		return;
	add_shape(l, 0, SOP_CHART_START, first->actor, START_Y);
	add_line(l, 0, (struct sop_chart_line){ first->x, START_Y + PILL_HALF_H, first->x, -first->half_h, true, false });
}

static void list_targets(struct layout *l, size_t row)
{
	struct sop_chart_row *r = &l->c->rows[row];
	const struct way *w = ways_of(l, row, &r->to_n);

	r->to = arena_new_many(l->a, size_t, r->to_n + 1);
	for (size_t i = 0; i < r->to_n; i++)
		r->to[i] = w[i].to;
}

const struct sop_chart *sop_chart_make(struct arena *a, const struct sop *s)
{
	struct layout l = { .a = a, .s = s, .c = arena_new_one(a, struct sop_chart) };
	struct sop_chart *c = l.c;

	c->lane_n = s->actor_n;
	c->lane_w = lane_w(s->actor_n);
	c->width = (int)s->actor_n * c->lane_w;
	l.tracks = arena_new_many(a, size_t, s->actor_n * 2 + 1);
	find_rows(&l);
	for (size_t i = 0; i < c->n; i++)
		add_ways(&l, i);
	for (size_t i = 0; i < c->n; i++)
		add_shapes(&l, i);
	for (size_t i = 0; i < c->n; i++) {
		join_actors(&l, i);
		choose_sides(&l, i);
		list_targets(&l, i);
	}
	for (size_t i = 0; i < l.way_n; i++)
		choose_track(&l, i);
	for (size_t i = 0; i < l.way_n; i++) {
		if (l.ways[i].side == SIDE_BELOW)
			draw_below(&l, &l.ways[i]);
		else
			draw_beside(&l, &l.ways[i]);
	}
	if (c->n > 0)
		start_above(&l);
	return c;
}
