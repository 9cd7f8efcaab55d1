/* SPDX-License-Identifier: Apache-2.0
 * public_list - the list of public reports with search and filters. Which rows, is public_window's business;
 * here the filters are read from the address and offered in the form.
 */
#include "app/archive.h"
#include "app/settings.h"
#include "base/parse.h"
#include "base/utf8.h"
#include "i18n/format.h"
#include "query_lookup.h"
#include "query_public.h"
#include "tmpl_public_list.h"
#include "web/directory.h"
#include "web/find.h"
#include "web/handlers.h"
#include "web/public_common.h"
#include "web/public_window.h"

#define QUERY_MAX 100
#define OPTIONS_MAX 400
#define MONTHS_OFFERED 12
#define YEARS_MAX 30
#define ORDER_BEST "cocok"

struct state_group {
	const char *word;
	enum msg label;
	size_t n;
	enum state states[6];
};

/* As citizens see it: six stages of work are one status. */
static const struct state_group state_groups[] = {
	{ "diproses",
	  MSG_pub_label_working,
	  6,
	  { STATE_VERIFIED, STATE_AT_AGENCY, STATE_AGENCY_VERIFIED, STATE_AT_OPD, STATE_AT_UNIT,
	    STATE_IN_PROGRESS } },
	{ "terjawab", MSG_pub_label_answered, 1, { STATE_ANSWERED } },
	{ "menunggu", MSG_pub_label_pending, 1, { STATE_PENDING } },
	{ "selesai", MSG_pub_label_closed, 1, { STATE_CLOSED } },
	{ "arsip", MSG_pub_label_archived, 1, { STATE_ARCHIVED } },
};

/* The address of the list, taken apart; "" for what is not there. */
struct asked {
	const char *query, *category, *agency, *region, *state, *period, *order;
	const char *archive; /* its year */
};

static const char *param(const struct request *req, const char *name)
{
	const char *v = request_query(req, name);

	return v ? v : "";
}

static enum rc read_states(struct ctx *c, const struct asked *q, struct window_filter *f, struct list_page *l)
{
	struct pub_option *list = arena_new_many(c->a, struct pub_option, ARRAY_LEN(state_groups));

	for (size_t i = 0; i < ARRAY_LEN(state_groups); i++) {
		const struct state_group *g = &state_groups[i];
		bool chosen = strcmp(g->word, q->state) == 0;

		list[i] = (struct pub_option){ g->word, msg_text(c->lang, g->label), NULL, chosen };
		if (chosen) {
			f->states = g->states;
			f->n_states = g->n;
		}
	}
	l->states = (struct pub_options){ list, ARRAY_LEN(state_groups) };
	return RC_OK;
}

/* The chosen category and those below it. */
static void read_categories(struct ctx *c, const struct asked *q, struct window_filter *f, struct list_page *l)
{
	struct directory_choices all = directory_category_choices(c->directory);
	struct pub_option *list = arena_new_many(c->a, struct pub_option, all.n);
	int64_t *ids = arena_new_many(c->a, int64_t, WINDOW_SOURCES_MAX), chosen = 0;

	for (size_t i = 0; i < all.n; i++) {
		const struct directory_choice *o = &all.p[i];
		bool is_chosen = o->is_active && strcmp(o->slug, q->category) == 0;

		if (o->is_active)
			list[l->categories.n++] = (struct pub_option){ o->slug, o->name, NULL, is_chosen };
		if (is_chosen)
			chosen = o->id;
	}
	for (size_t i = 0; i < all.n && chosen && f->n_categories < WINDOW_SOURCES_MAX; i++)
		if (all.p[i].is_active && (all.p[i].id == chosen || all.p[i].parent == chosen))
			ids[f->n_categories++] = all.p[i].id;
	f->categories = ids;
	l->categories.p = list;
}

static void read_agencies(struct ctx *c, const struct asked *q, struct window_filter *f, struct list_page *l)
{
	struct directory_choices all = directory_agency_choices(c->directory, LEVEL_OPD);
	struct pub_option *list;

	f->agency_is_opd = all.n > 0 && all.n <= OPTIONS_MAX;
	if (!f->agency_is_opd)
		all = directory_agency_choices(c->directory, LEVEL_AGENCY);
	list = arena_new_many(c->a, struct pub_option, all.n);
	for (size_t i = 0; i < all.n; i++) {
		const struct directory_choice *o = &all.p[i];
		bool is_chosen = strcmp(o->slug, q->agency) == 0;

		if (o->is_active || is_chosen)
			list[l->agencies.n++] =
				(struct pub_option){ o->slug, public_agency_name(c, o->name), NULL, is_chosen };
		if (is_chosen)
			f->agency = (struct agency_id){ o->id };
	}
	l->agencies.p = list;
}

/* The villages of the chosen district: each has its own place in the index. */
static enum rc read_below(struct ctx *c, const char *code, struct window_filter *f)
{
	struct region_children_row *rows;
	const char **codes;
	size_t n;

	f->region = code;
	TRY(q_region_children(c->db, c->a, code, &rows, &n));
	/* A province or a regency is more than a few windows: its reports are found among the newest of all.
	 */
	if (strlen(code) < 8 || n >= WINDOW_SOURCES_MAX)
		return RC_OK;
	codes = arena_new_many(c->a, const char *, n + 1);
	codes[0] = code;
	for (size_t i = 0; i < n; i++)
		codes[i + 1] = rows[i].code;
	f->regions = codes;
	f->n_regions = n + 1;
	return RC_OK;
}

static enum rc read_regions(struct ctx *c, const struct asked *q, struct window_filter *f,
			    struct list_page *l)
{
	struct directory_list all = directory_regions(c->directory);
	struct pub_option *list = arena_new_many(c->a, struct pub_option, all.n);
	struct region_by_code_row known;

	for (size_t i = 0; i < all.n; i++)
		list[i] = (struct pub_option){ all.p[i].value, all.p[i].name, NULL,
					       strcmp(all.p[i].value, q->region) == 0 };
	l->regions = (struct pub_options){ list, all.n };
	if (!*q->region)
		return RC_OK;
	enum rc rc = q_region_by_code(c->db, c->a, q->region, &known);
	return rc == RC_NOT_FOUND ? RC_OK : rc != RC_OK ? rc : read_below(c, known.code, f);
}

/* "2026" or "2026-11"; else every time. */
static void read_period(struct ctx *c, const char *word, struct window_filter *f)
{
	enum zone zone = c->settings->zone;
	const char *dash = strchr(word, '-');
	int64_t year, month = 0;

	if (!parse_int_n(word, dash ? (size_t)(dash - word) : strlen(word), 1900, 2999, &year) ||
	    (dash && !parse_int(dash + 1, 1, 12, &month)))
		return;
	f->year = (int)year;
	f->month = (int)month;
	f->since = instant_at_day(day_from_civil(f->year, month ? f->month : 1, 1), zone);
	f->until = instant_at_day(month > 0 && month < 12 ? day_from_civil(f->year, f->month + 1, 1) :
							    day_from_civil(f->year + 1, 1, 1), zone);
}

static void offer_period(struct ctx *c, const struct window_filter *f, struct pub_options *l, struct pub_option *list,
			 int year, int month)
{
	const char *name = month ? arena_printf(c->a, "%s %d", format_month(c->lang, month), year) :
				   arena_printf(c->a, "%d", year);
	const char *word = month ? arena_printf(c->a, "%d-%02d", year, month) : name;

	list[l->n++] = (struct pub_option){ word, name, NULL, f->year == year && f->month == month };
}

/* The last twelve months, and the years there are. */
static enum rc offer_periods(struct ctx *c, const struct window_filter *f, struct list_page *l)
{
	struct civil now = instant_civil(c->now, c->settings->zone);
	struct pub_option *list = arena_new_many(c->a, struct pub_option, MONTHS_OFFERED + YEARS_MAX);
	struct public_oldest_row oldest;
	int first = now.year;
	bool found;

	TRY(q_public_oldest(c->db, c->a, &oldest, &found));
	if (found)
		first = instant_civil(oldest.received_at, c->settings->zone).year;
	l->periods.p = list;
	for (int i = 0; i < MONTHS_OFFERED; i++) {
		int month = now.year * 12 + now.month - 1 - i;

		offer_period(c, f, &l->periods, list, month / 12, month % 12 + 1);
	}
	for (int i = 0; i < YEARS_MAX && now.year - i >= first; i++)
		offer_period(c, f, &l->periods, list, now.year - i, 0);
	return RC_OK;
}

static void read_order(struct ctx *c, const struct asked *q, struct find *find, struct list_page *l)
{
	struct pub_option *list = arena_new_many(c->a, struct pub_option, 1);

	find->is_best_first = strcmp(q->order, ORDER_BEST) == 0;
	list[0] = (struct pub_option){ ORDER_BEST, msg_list_best(c->lang), NULL, find->is_best_first };
	l->orders = (struct pub_options){ list, 1 };
}

static void add_param(struct buf *b, const char *name, const char *value)
{
	if (!*value)
		return;
	buf_printf(b, "%s%s=", b->n ? "&" : "", name);
	for (const unsigned char *s = (const unsigned char *)value; *s; s++)
		if ((*s >= '0' && *s <= '9') || (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') ||
		    *s == '-' || *s == '.')
			buf_char(b, (char)*s);
		else
			buf_printf(b, "%%%02X", *s);
}

static const char *next_path(struct ctx *c, const struct asked *q, struct window_cursor next)
{
	struct buf b;
	const char *path;

	buf_init(&b, 4096);
	add_param(&b, "arsip", q->archive);
	add_param(&b, "q", q->query);
	add_param(&b, "kategori", q->category);
	add_param(&b, "instansi", q->agency);
	add_param(&b, "wilayah", q->region);
	add_param(&b, "status", q->state);
	add_param(&b, "masa", q->period);
	add_param(&b, "urut", q->order);
	add_param(&b, "sebelum", public_window_cursor_word(c->a, next));
	path = arena_printf(c->a, "/laporan?%s", buf_cstr(&b));
	buf_done(&b);
	return path;
}

static enum rc fill_items(struct ctx *c, const struct asked *q, const struct window_page *w,
			  struct list_page *l)
{
	TRY(public_items_load(c, w->ids, w->n, &l->items));
	l->went_far = w->went_far;
	l->is_next_older = w->is_next_older;
	l->next = w->has_next ? next_path(c, q, w->next) : NULL;
	return RC_OK;
}

static void link_archives(struct ctx *c, const struct asked *q, struct list_page *l)
{
	size_t n = c->archives ? c->archives->n : 0;

	l->archives = (struct archive_links){ .year = *q->archive ? q->archive : NULL, .n = n,
					      .years = arena_new_many(c->a, const char *, n + 1) };
	for (size_t i = 0; i < n; i++)
		l->archives.years[i] = arena_printf(c->a, "%d", c->archives->p[i]);
}

enum rc list_get(struct ctx *c, const struct request *req, struct response *res)
{
	const struct asked q = { param(req, "q"), param(req, "kategori"), param(req, "instansi"),
				 param(req, "wilayah"), param(req, "status"), param(req, "masa"), param(req, "urut"),
				 c->archive_year ? arena_printf(c->a, "%d", c->archive_year) : "" };
	struct window_cursor from = WINDOW_NEWEST;
	struct list_page l = { .query = q.query };
	struct window_filter f = { 0 };
	struct window_page w;
	struct find find = { .n_terms = 0 };
	struct page p;

	if (utf8_length(q.query) <= QUERY_MAX && find_read(c, q.query, &find))
		f.find = &find;
	read_period(c, q.period, &f);
	TRY(offer_periods(c, &f, &l));
	read_order(c, &q, &find, &l);
	TRY(read_states(c, &q, &f, &l));
	read_categories(c, &q, &f, &l);
	read_agencies(c, &q, &f, &l);
	TRY(read_regions(c, &q, &f, &l));
	/* A cursor that is none begins at the newest. */
	if (!public_window_cursor_parse(param(req, "sebelum"), &from))
		from = WINDOW_NEWEST;
	TRY(public_window_load(c, &f, from, &w));
	TRY(fill_items(c, &q, &w, &l));
	l.is_best_first = f.find && find.is_best_first;
	l.is_filtered = *q.query || *q.category || *q.agency || *q.region || *q.state || f.year;
	link_archives(c, &q, &l);
	page_init(&p, c, req, res);
	p.layout.title = msg_list_title(c->lang);
	p.layout.nav = NAV_REPORTS;
	page_begin(&p);
	view_list(&p.out, &l);
	res->is_cacheable = c->who.role == ROLE_NONE;
	return page_end(&p);
}
