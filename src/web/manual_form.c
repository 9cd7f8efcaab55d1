/* SPDX-License-Identifier: Apache-2.0 */
#include "web/manual_form.h"

#include <string.h>

#include "base/parse.h"
#include "base/rand.h"
#include "i18n/vocab.h"
#include "web/desk_parts.h"
#include "web/form_read.h"

#define KEY_BYTES 16
#define DATE_PART_MAX 4
#define CHANNEL_NOTE_MAX 120

static const enum channel channels[] = {
	CHANNEL_COUNTER, CHANNEL_HOTLINE, CHANNEL_LETTER, CHANNEL_WHATSAPP, CHANNEL_SMS, CHANNEL_EMAIL,
	CHANNEL_INSTAGRAM, CHANNEL_FACEBOOK, CHANNEL_X, CHANNEL_OTHER_WEB,
};
static const enum kind kinds[] = { KIND_COMPLAINT, KIND_ASPIRATION, KIND_INFORMATION };

static bool is_offered(enum channel ch)
{
	for (size_t i = 0; i < ARRAY_LEN(channels); i++)
		if (channels[i] == ch)
			return true;
	return false;
}

static struct desk_options channel_options(struct ctx *c, enum channel selected)
{
	struct desk_list_of_options o = { .c = c };

	for (size_t i = 0; i < ARRAY_LEN(channels); i++)
		desk_parts_add(&o, channel_word(channels[i]), msg_text(c->lang, vocab_channel(channels[i])),
			       channels[i] == selected, false);
	return desk_parts_options(&o);
}

static struct desk_options kind_options(struct ctx *c, enum kind selected)
{
	struct desk_list_of_options o = { .c = c };

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		desk_parts_add(&o, kind_word(kinds[i]), msg_text(c->lang, vocab_kind(kinds[i])), kinds[i] == selected, false);
	return desk_parts_options(&o);
}

struct manual_form manual_form_fresh(void)
{
	return (struct manual_form){ .in = { .channel = CHANNEL_COUNTER, .kind = KIND_COMPLAINT },
				     .received_on = { DAY_NONE } };
}

static void read_report(struct form_read *f, struct submit_in *in)
{
	in->title = form_read_raw(f, "judul");
	in->body = form_read_raw(f, "isi");
	in->place = form_read_raw(f, "lokasi");
	in->region_code = form_read_raw(f, "kode_wilayah");
	in->name = form_read_raw(f, "nama");
	in->email = form_read_raw(f, "surel");
	in->phone = form_read_raw(f, "telepon");
	in->category.v = form_read_id(f, "kategori");
	in->happened_on = form_read_day(f, "tanggal_kejadian");
	in->has_happened_on = in->happened_on.n != DAY_NONE;
	if (!kind_parse(form_read_raw(f, "jenis"), &in->kind))
		in->kind = KIND_NONE;
	if (!visibility_parse(form_read_raw(f, "sifat"), &in->visibility))
		in->visibility = VISIBILITY_NONE;
}

struct manual_form manual_form_read(struct ctx *c, const struct request *req, const char *use, bool asks_channel)
{
	struct form_read f = form_read_begin(c, req);
	struct manual_form s = { .in = { .channel = CHANNEL_COUNTER } };

	s.key = form_read_text(&f, "kunci_idempotensi", 0, 2 * KEY_BYTES);
	s.day = form_read_text(&f, "tanggal_kejadian_hari", 0, DATE_PART_MAX);
	s.month = form_read_text(&f, "tanggal_kejadian_bulan", 0, DATE_PART_MAX);
	s.year = form_read_text(&f, "tanggal_kejadian_tahun", 0, DATE_PART_MAX);
	read_report(&f, &s.in);
	s.channel_note = form_read_text(&f, "keterangan_kanal", 0, CHANNEL_NOTE_MAX);
	s.answer = form_read_lines(&f, "jawaban", 0, REPORT_NOTE_MAX);
	s.received_day = form_read_text(&f, "tanggal_terima_hari", 0, DATE_PART_MAX);
	s.received_month = form_read_text(&f, "tanggal_terima_bulan", 0, DATE_PART_MAX);
	s.received_year = form_read_text(&f, "tanggal_terima_tahun", 0, DATE_PART_MAX);
	s.received_on = form_read_day(&f, "tanggal_terima");
	s.sop = form_read_id(&f, "prosedur");
	s.version = form_read_int(&f, "versi", 0, INT64_MAX, 0);
	if (asks_channel && (!channel_parse(form_read_raw(&f, "kanal"), &s.in.channel) || !is_offered(s.in.channel)))
		field_problem_add(&f.problems, "kanal", FIELD_NOT_A_CHOICE);
	/* One key per form that was given out, and never another officer's. */
	if (*s.key)
		s.in.idempotency_key = arena_printf(c->a, "%s:%lld:%s", use, (long long)c->who.account.v, s.key);
	s.problems = f.problems;
	return s;
}

void manual_form_split_day(struct ctx *c, struct day d, const char **ret_day, const char **ret_month,
			   const char **ret_year)
{
	struct civil v;

	if (d.n == DAY_NONE)
		return;
	v = day_to_civil(d);
	*ret_day = arena_printf(c->a, "%d", v.day);
	*ret_month = arena_printf(c->a, "%d", v.month);
	*ret_year = arena_printf(c->a, "%d", v.year);
}

static const char **error_slot(struct intake_page *p, const char *field)
{
	const struct {
		const char *field, **slot;
	} slots[] = {
		{ "kanal", &p->error.channel }, { "jenis", &p->error.kind }, { "judul", &p->error.title },
		{ "isi", &p->error.body }, { "tanggal_kejadian", &p->error.date }, { "lokasi", &p->error.place },
		{ "sifat", &p->error.visibility }, { "nama", &p->error.name }, { "telepon", &p->error.phone },
		{ "surel", &p->error.email }, { "tanggal_terima", &p->error.received },
		{ "keterangan_kanal", &p->error.channel_note }, { "jawaban", &p->error.answer },
		{ "kategori", &p->error.category },
	};

	for (size_t i = 0; i < ARRAY_LEN(slots); i++)
		if (strcmp(slots[i].field, field) == 0)
			return slots[i].slot;
	return &p->problem;
}

static void fill_errors(struct ctx *c, const struct field_problems *problems, struct intake_page *p)
{
	for (size_t i = 0; i < problems->n; i++) {
		const char **slot = error_slot(p, problems->p[i].field);

		if (!*slot)
			*slot = msg_text(c->lang, vocab_field_error(problems->p[i].error));
	}
	p->n_errors = problems->n;
}

static const char *fresh_key(struct ctx *c)
{
	unsigned char secret[KEY_BYTES];
	char *key = arena_alloc(c->a, 2 * KEY_BYTES + 1);

	rand_secret(secret, sizeof(secret));
	parse_hex_encode(secret, sizeof(secret), key);
	return key;
}

static void fill_values(struct ctx *c, const struct manual_form *s, struct intake_page *p)
{
	const struct submit_in *in = &s->in;

	p->key = s->key && *s->key ? s->key : fresh_key(c);
	p->channels = channel_options(c, in->channel);
	p->kinds = kind_options(c, in->kind);
	p->title = in->title;
	p->body = in->body;
	p->place = in->place;
	p->name = in->name;
	p->email = in->email;
	p->phone = in->phone;
	p->day = s->day;
	p->month = s->month;
	p->year = s->year;
	p->visibility = in->visibility;
	p->channel_note = s->channel_note;
	p->answer = s->answer;
	p->received_day = s->received_day;
	p->received_month = s->received_month;
	p->received_year = s->received_year;
	p->version = s->version;
}

enum rc manual_form_fill(struct ctx *c, const struct manual_form *s, const char *problem, struct intake_page *p)
{
	const char *region = s->in.region_code ? s->in.region_code : "";

	fill_values(c, s, p);
	p->problem = problem;
	p->categories = desk_parts_categories(c, msg_desk_choose(c->lang), s->in.category.v);
	p->regions = desk_parts_regions(c, msg_desk_choose(c->lang), region);
	fill_errors(c, &s->problems, p);
	return RC_OK;
}
