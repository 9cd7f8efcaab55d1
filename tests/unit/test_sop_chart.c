/* SPDX-License-Identifier: Apache-2.0
 * The flowchart of an SOP: nothing overlaps, and the lines lead from every step exactly where the SOP says; for the ten
 * that come with lapor and for a thousand made by chance.
 */
#include "unit/support.h"

#include "app/sop_load.h"
#include "core/sop_chart.h"

static const char *const ids[] = { "tjt-20", "tjt-21", "tjt-22", "tjt-23", "tjt-24",
				   "tjt-25", "lumajang", "kapuas", "jatim", "magetan" };

/* ---- where things are */

static int clamp_y(const struct sop_chart_row *r, int y)
{
	return y == SOP_CHART_TOP ? -r->half_h : y == SOP_CHART_BOTTOM ? r->half_h : y;
}

static bool is_inside(const struct sop_chart_shape *s, int x, int y)
{
	int dx = abs(x - s->x), dy = abs(y - s->y);

	if (s->kind == SOP_CHART_DIAMOND)
		return dx * s->half_h + dy * s->half_w < s->half_w * s->half_h;
	return dx < s->half_w && dy < s->half_h;
}

static bool is_in_mark(const struct sop_chart_mark *m, int x, int y)
{
	return abs(x - m->x) < m->half_w && abs(y - m->y) < m->half_h;
}

static int sign_of(int n)
{
	return (n > 0) - (n < 0);
}

/* Every point of a line, one pixel after the other. */
static void check_line(const struct sop_chart_row *r, const struct sop_chart_line *l, bool with_marks)
{
	int x = l->x1, y = clamp_y(r, l->y1), x2 = l->x2, y2 = clamp_y(r, l->y2);

	assert_true(x == x2 || y == y2);
	for (;;) {
		for (size_t i = 0; i < r->shape_n; i++)
			assert_false(is_inside(&r->shapes[i], x, y));
		for (size_t i = 0; with_marks && i < r->mark_n; i++)
			assert_false(is_in_mark(&r->marks[i], x, y));
		if (x == x2 && y == y2)
			break;
		x += sign_of(x2 - x);
		y += sign_of(y2 - y);
	}
}

static void check_shapes(const struct sop_chart *c, const struct sop_chart_row *r)
{
	for (size_t i = 0; i < r->shape_n; i++) {
		const struct sop_chart_shape *s = &r->shapes[i];

		assert_true(s->x - s->half_w > (int)s->actor * c->lane_w && s->x + s->half_w < (int)(s->actor + 1) * c->lane_w);
		assert_true(abs(s->y) + s->half_h < r->half_h);
		for (size_t k = 0; k < i; k++)
			assert_true(abs(s->x - r->shapes[k].x) > s->half_w + r->shapes[k].half_w ||
				    abs(s->y - r->shapes[k].y) > s->half_h + r->shapes[k].half_h);
	}
}

static void check_marks(const struct sop_chart_row *r)
{
	for (size_t i = 0; i < r->mark_n; i++) {
		const struct sop_chart_mark *m = &r->marks[i];

		for (int x = m->x - m->half_w; x <= m->x + m->half_w; x++)
			for (int y = m->y - m->half_h; y <= m->y + m->half_h; y++)
				for (size_t k = 0; k < r->shape_n; k++)
					assert_false(is_inside(&r->shapes[k], x, y));
		for (size_t k = 0; k < i; k++)
			assert_true(abs(m->x - r->marks[k].x) >= m->half_w + r->marks[k].half_w ||
				    abs(m->y - r->marks[k].y) >= m->half_h + r->marks[k].half_h);
	}
}

/* ---- where the lines lead */

#define ROWS_MAX 32
struct walk {
	const struct sop_chart *c;
	bool arrives[ROWS_MAX + 1]; /* the last: the end */
	bool seen[ROWS_MAX][400];
};

static bool is_between(int n, int a, int b)
{
	return (a <= n && n <= b) || (b <= n && n <= a);
}

static bool is_on(const struct sop_chart_line *l, int x, int y)
{
	return is_between(x, l->x1, l->x2) && is_between(y, l->y1, l->y2);
}

static void follow(struct walk *w, size_t row, size_t line);

static void follow_from(struct walk *w, size_t row, const struct sop_chart_line *l)
{
	const struct sop_chart_row *r = &w->c->rows[row];

	for (size_t i = 0; i < r->line_n; i++)
		if (is_on(l, r->lines[i].x1, r->lines[i].y1))
			follow(w, row, i);
}

/* Over the edge of the row. */
static void go_on(struct walk *w, size_t row, int x, int y)
{
	const struct sop_chart_row *r = &w->c->rows[row];

	for (size_t i = 0; i < r->line_n; i++)
		if (r->lines[i].x1 == x && r->lines[i].y1 == y)
			follow(w, row, i);
}

static void follow(struct walk *w, size_t row, size_t line)
{
	const struct sop_chart_row *r = &w->c->rows[row];
	const struct sop_chart_line *l = &r->lines[line];

	assert_true(line < ARRAY_LEN(w->seen[row]));
	if (w->seen[row][line])
		return;
	w->seen[row][line] = true;
	if (l->is_arrow) {
		bool is_end = l->y2 > 0;

		/* A tip touches what it points at. */
		assert_int_equal(l->x2, r->shapes[0].x);
		if (!is_end)
			assert_int_equal(l->y2, -r->shapes[0].half_h);
		w->arrives[is_end ? ROWS_MAX : row] = true;
		return;
	}
	if (l->y2 == SOP_CHART_BOTTOM)
		go_on(w, row + 1, l->x2, SOP_CHART_TOP);
	else if (l->y2 == SOP_CHART_TOP)
		go_on(w, row - 1, l->x2, SOP_CHART_BOTTOM);
	follow_from(w, row, l);
}

static void walk_from(struct walk *w, size_t row)
{
	const struct sop_chart_row *r = &w->c->rows[row];
	const struct sop_chart_shape *s = &r->shapes[0];

	for (size_t i = 0; i < r->line_n; i++) {
		const struct sop_chart_line *l = &r->lines[i];

		if ((abs(l->x1 - s->x) == s->half_w && l->y1 == 0) || (l->x1 == s->x && l->y1 == s->half_h))
			follow(w, row, i);
	}
	if (s->kind == SOP_CHART_TERMINATOR && row > 0)
		w->arrives[ROWS_MAX] = true;
}

static size_t row_of(const struct sop_chart *c, size_t step)
{
	size_t row = 0;

	while (row + 1 < c->n && c->rows[row + 1].step <= step)
		row++;
	return step == SOP_END ? ROWS_MAX : row;
}

/* What the SOP itself says, without the chart's own lists. */
static void expect(const struct sop *s, const struct sop_chart *c, size_t row, bool want[ROWS_MAX + 1])
{
	const struct sop_chart_row *r = &c->rows[row];

	if (s->steps[r->step].is_beside)
		return;
	for (size_t i = r->step; i < r->end; i++)
		for (size_t k = 0; k < s->steps[i].branch_n; k++)
			want[row_of(c, s->steps[i].branches[k].to)] = true;
	if (s->steps[r->step].branch_n == 0)
		want[row_of(c, sop_step_next(s, r->step))] = true;
	for (size_t i = row + 1; i < c->n && s->steps[c->rows[i].step].is_beside; i++)
		want[i] = true;
}

static void check_chart(struct arena *a, const struct sop *s, bool with_marks)
{
	const struct sop_chart *c = sop_chart_make(a, s);

	assert_true(c->n > 0 && c->n <= ROWS_MAX && c->width == c->lane_w * (int)c->lane_n);
	for (size_t i = 0; i < c->n; i++) {
		struct walk *w = arena_new_one(a, struct walk);
		bool want[ROWS_MAX + 1] = { false };

		check_shapes(c, &c->rows[i]);
		if (with_marks)
			check_marks(&c->rows[i]);
		for (size_t k = 0; k < c->rows[i].line_n; k++)
			check_line(&c->rows[i], &c->rows[i].lines[k], with_marks);
		w->c = c;
		walk_from(w, i);
		expect(s, c, i, want);
		/* A lone first step that is also the last one ends by its own shape. */
		if (i == 0 && want[ROWS_MAX] && c->rows[0].shapes[0].kind == SOP_CHART_TERMINATOR)
			w->arrives[ROWS_MAX] = true;
		assert_memory_equal(w->arrives, want, sizeof(want));
	}
}

static void the_ten_are_drawn_without_overlaps_and_every_branch_has_an_arrow(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		struct arena *a = arena_new((size_t)16 << 20);
		struct err err = { 0 };
		const struct sop *s;

		if (sop_load_file(a, arena_printf(a, "sop/%s.yaml", ids[i]), &s, &err) != RC_OK)
			fail_msg("%s", err.detail);
		check_chart(a, s, true);
		arena_free(a);
	}
}

/* ---- by chance */

static unsigned next_random(unsigned *seed, unsigned n)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % n;
}

static void random_step(struct arena *a, const struct sop *s, struct sop_step *step, unsigned *seed)
{
	step->by_n = 1 + next_random(seed, 3) % s->actor_n;
	step->by = arena_new_many(a, size_t, step->by_n);
	for (size_t i = 0; i < step->by_n; i++)
		step->by[i] = (step->by[0] * (i > 0) + i + (i == 0 ? next_random(seed, (unsigned)s->actor_n) : 0)) % s->actor_n;
	step->branch_n = next_random(seed, 2) * next_random(seed, 4);
	step->branches = arena_new_many(a, struct sop_branch, step->branch_n + 1);
	for (size_t i = 0; i < step->branch_n; i++)
		step->branches[i].to = next_random(seed, 4) == 0 ? SOP_END : next_random(seed, (unsigned)s->step_n);
}

static const struct sop *random_sop(struct arena *a, unsigned seed)
{
	struct sop *s = arena_new_one(a, struct sop);
	int number = 0;

	s->actor_n = 1 + next_random(&seed, 9);
	s->actors = arena_new_many(a, struct sop_actor, s->actor_n);
	s->step_n = 1 + next_random(&seed, 20);
	s->steps = arena_new_many(a, struct sop_step, s->step_n);
	for (size_t i = 0; i < s->step_n; i++) {
		bool is_part = i > 0 && next_random(&seed, 4) == 0;

		s->steps[i].id = is_part ? arena_printf(a, "%d%c", number, (char)('a' + i)) : arena_printf(a, "%d", ++number);
		s->steps[i].is_beside = i > 0 && !is_part && next_random(&seed, 12) == 0;
	}
	for (size_t i = 0; i < s->step_n; i++)
		random_step(a, s, &s->steps[i], &seed);
	return s;
}

static void whatever_branches_where_the_lines_lead_there(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 1000; seed++) {
		struct arena *a = arena_new((size_t)16 << 20);

		check_chart(a, random_sop(a, seed), false);
		arena_free(a);
	}
}

static void shapes_tell_first_last_and_branching_steps(void **state)
{
	struct arena *a = arena_new((size_t)16 << 20);
	struct err err = { 0 };
	const struct sop_chart *c;
	const struct sop *s;

	(void)state;
	assert_int_equal(sop_load_file(a, "sop/tjt-24.yaml", &s, &err), RC_OK);
	c = sop_chart_make(a, s);
	assert_int_equal(c->n, 12);
	for (size_t i = 0; i < c->n; i++) {
		enum sop_chart_kind want = i == 0 || i == 11		? SOP_CHART_TERMINATOR
					   : i == 4 || i == 6 || i == 8 ? SOP_CHART_DIAMOND
									: SOP_CHART_BOX;

		assert_int_equal(c->rows[i].shapes[0].kind, want);
	}
	assert_string_equal(c->rows[4].marks[0].text, "a");
	assert_string_equal(c->rows[4].marks[1].text, "b");
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_ten_are_drawn_without_overlaps_and_every_branch_has_an_arrow),
		cmocka_unit_test(shapes_tell_first_last_and_branching_steps),
		cmocka_unit_test(whatever_branches_where_the_lines_lead_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
