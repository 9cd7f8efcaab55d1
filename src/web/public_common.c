/* SPDX-License-Identifier: Apache-2.0 */
#include "web/public_common.h"

#include "app/settings.h"
#include "base/buf.h"
#include "core/calendar.h"
#include "i18n/vocab.h"
#include "query_attachment.h"
#include "query_clock.h"
#include "query_lookup.h"
#include "query_public.h"

struct day public_today(const struct ctx *c)
{
	return instant_day(c->now, c->settings->zone);
}

/* Pages promise working days; a limit in hours is less than one of them. */
static int workdays(struct limit l)
{
	return l.unit == LIMIT_WORKDAYS || l.unit == LIMIT_DAYS ? l.n : 1;
}

struct pub_limits public_limits(const struct ruleset *r)
{
	return (struct pub_limits){
		.verify_wd = workdays(r->verify),
		.agency_wd = workdays(r->agency),
		.follow_up_wd = workdays(r->follow_up),
		.reply_wd = workdays(r->reply),
		.pending_wd = workdays(r->pending),
		.ombudsman_wd = workdays(r->ombudsman),
		.reopen_wd = workdays(r->reopen),
		.complaint_wd = workdays(r->class_limit[CLASS_COMPLAINT]),
		.oversight_wd = workdays(r->class_limit[CLASS_COMPLAINT_OVERSIGHT]),
		.aspiration_wd = workdays(r->class_limit[CLASS_ASPIRATION]),
		.information_wd = workdays(r->class_limit[CLASS_INFORMATION]),
		.ruleset = r->id,
	};
}

static bool is_given(const char *s)
{
	return s && *s;
}

struct pub_channels public_channels(const struct ctx *c)
{
	const struct settings *s = c->settings;

	return (struct pub_channels){
		.sms = s->contact_sms, .whatsapp = s->contact_whatsapp, .email = s->contact_email,
		.phone = s->contact_phone, .counter = s->contact_counter,
		.any = is_given(s->contact_sms) || is_given(s->contact_whatsapp) || is_given(s->contact_email) ||
		       is_given(s->contact_phone) || is_given(s->contact_counter),
	};
}

const char *public_agency_name(struct ctx *c, const char *name)
{
	const char *place = c->settings->place_name;
	size_t n = name ? strlen(name) : 0, k = strlen(place);

	if (k == 0 || n <= k + 1 || name[n - k - 1] != ' ' || strcmp(name + n - k, place) != 0)
		return name;
	/* "Pemerintah Kabupaten Mekar Jaya" and the regional hospital that carries the name keep theirs. */
	return strchr(arena_strndup(c->a, name, n - k - 1), ' ') ? arena_strndup(c->a, name, n - k - 1)
								 : name;
}

static struct pub_item make_item(struct ctx *c, const struct public_items_row *r)
{
	return (struct pub_item){
		.number = r->number, .title = r->public_title ? r->public_title : r->number,
		.category = r->category, .agency = public_agency_name(c, r->agency), .region = r->region,
		.state = r->state, .received_at = r->received_at,
		.is_late = r->is_open && instant_is_set(r->due_at) && r->due_at.ms < c->now.ms,
		.age_wd = calendar_count_workdays(c->calendar, instant_day(r->received_at, c->settings->zone),
						  public_today(c)),
	};
}

/* "[4711,17]" */
static const char *list_of(struct arena *a, const struct report_id *ids, size_t n)
{
	const char *list;
	struct buf b;

	buf_init(&b, 64 * 1024);
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%c%lld", i == 0 ? '[' : ',', (long long)ids[i].v);
	buf_str(&b, n > 0 ? "]" : "[]");
	BUG_ON(b.overflow);
	list = arena_strdup(a, buf_cstr(&b));
	buf_done(&b);
	return list;
}

enum rc public_items_load(struct ctx *c, const struct report_id *ids, size_t n, struct pub_items *ret)
{
	struct pub_item *items = arena_new_many(c->a, struct pub_item, n);
	struct public_items_row *rows;
	size_t n_rows, kept = 0;

	TRY(q_public_items(c->db, c->a, list_of(c->a, ids, n), &rows, &n_rows));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n_rows; k++)
			if (rows[k].id.v == ids[i].v)
				items[kept++] = make_item(c, &rows[k]);
	*ret = (struct pub_items){ items, kept };
	return RC_OK;
}

enum rc public_region_name(struct ctx *c, const char *code, const char **ret)
{
	struct region_line_row r;
	bool found = false;

	*ret = NULL;
	if (is_given(code))
		TRY(q_region_line(c->db, c->a, code, &r, &found));
	if (!found)
		return RC_OK;
	/* Village, district, regency: the province is not said again. */
	*ret = r.name;
	if (is_given(r.above_parent))
		*ret = arena_printf(c->a, "%s, %s", *ret, r.above);
	if (is_given(r.top_parent))
		*ret = arena_printf(c->a, "%s, %s", *ret, r.top);
	return RC_OK;
}

void public_story_ahead(struct ctx *c, struct report_id id, int64_t version, enum audience widest)
{
	q_public_events_ahead(c->db, &(struct public_events_args){
		.report_id = id, .after_seq = public_events_after(version), .widest = widest });
	q_clock_all_ahead(c->db, id);
	q_attachment_of_report_ahead(c->db, id);
}

/* The id of a field's control; they differ where the frame uses the name or a field has several controls. */
static const char *anchor_of(const char *field)
{
	if (strcmp(field, "isi") == 0)
		return "isi-laporan";
	if (strcmp(field, "tanggal_kejadian") == 0)
		return "tanggal_kejadian_hari";
	if (strcmp(field, "kode_wilayah") == 0)
		return "kab";
	return field;
}

struct pub_problems public_problems(struct ctx *c, const struct field_problems *f)
{
	struct pub_problems out = { 0 };

	for (size_t i = 0; i < f->n; i++)
		public_problem_add(c, &out, anchor_of(f->p[i].field),
				   msg_text(c->lang, vocab_field_error(f->p[i].error)));
	return out;
}

void public_problem_add(struct ctx *c, struct pub_problems *f, const char *anchor, const char *text)
{
	struct pub_problem *p = arena_new_many(c->a, struct pub_problem, f->n + 1);

	for (size_t i = 0; i < f->n; i++)
		p[i] = f->p[i];
	p[f->n] = (struct pub_problem){ anchor, text };
	f->p = p;
	f->n++;
}

const char *public_refused_words(struct ctx *c, enum refusal refused)
{
	return msg_text(c->lang, vocab_refusal((int)refused));
}

struct pub_file public_file_line(struct ctx *c, int64_t id, const char *name, const char *mime,
				 int64_t size_bytes, const char *base)
{
	return (struct pub_file){
		.id = id, .name = name, .size_bytes = size_bytes,
		.is_image = strcmp(mime, "image/jpeg") == 0 || strcmp(mime, "image/png") == 0,
		.href = arena_printf(c->a, "%s%lld", base, (long long)id),
	};
}
