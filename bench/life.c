/* SPDX-License-Identifier: Apache-2.0 */
#include "life.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BOUNDARY "----lapor-bench-e1f7"
#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const struct {
	const char *name;
	int events, status;
} steps[LIFE_STEPS] = {
	[LIFE_SUBMIT] = { "submit", 1, 201 },
	[LIFE_VERIFY] = { "verify", 2, 303 },
	[LIFE_DISPOSE] = { "dispose", 2, 303 },
	[LIFE_ANSWER] = { "answer", 1, 303 },
	[LIFE_REPLY] = { "reply", 1, 303 },
	[LIFE_ANSWER_AGAIN] = { "answer 2", 1, 303 },
	[LIFE_CLOSE] = { "close", 2, 303 },
};

static const char *const words[] = {
	"lampu", "jalan", "rusak", "sampah", "banjir", "air", "macet", "bantuan", "sekolah", "puskesmas", "parkir",
	"drainase", "jembatan", "listrik", "pasar", "guru", "lubang", "trotoar", "sungai", "angkot", "obat", "antrean",
};

const char *life_name(enum life_step s)
{
	return steps[s].name;
}

int life_events(enum life_step s)
{
	return steps[s].events;
}

const char *life_word(unsigned long n)
{
	return words[n % COUNT(words)];
}

void life_begin(struct life *l, unsigned long nth, const struct person *citizen)
{
	*l = (struct life){ .next = LIFE_SUBMIT, .nth = nth, .citizen = *citizen };
}

static const struct person *liaison_of(const struct life *l, const struct people *p)
{
	return &p->liaison[l->nth % p->n_liaisons];
}

static const struct person *actor_of(const struct life *l, const struct people *p)
{
	switch (l->next) {
	case LIFE_VERIFY: return &p->national;
	case LIFE_DISPOSE: return &p->admin;
	case LIFE_ANSWER:
	case LIFE_ANSWER_AGAIN: return liaison_of(l, p);
	case LIFE_SUBMIT:
	case LIFE_REPLY:
	case LIFE_CLOSE:
	case LIFE_STEPS: break;
	}
	return &l->citizen;
}

static void add_text(const struct life *l, struct text *body)
{
	text_printf(body, "judul=Ada+%s+dan+%s+di+tempat+nomor+%lu&isi=", life_word(l->nth), life_word(l->nth / 7), l->nth);
	for (unsigned i = 0; i < 6; i++)
		text_printf(body, "%sMasalah+%s+sejak+kemarin+malam,+warga+%s+takut+lewat.", i ? "+" : "", life_word(l->nth + i),
			    life_word(l->nth / 3 + i));
}

static void add_submit(const struct life *l, struct text *body)
{
	text_add(body, "jenis=pengaduan&sifat=anonim&");
	add_text(l, body);
	text_printf(body, "&lokasi=Jalan+Melati&surel=warga%lu@contoh.id", l->nth);
}

/* The form of verifying with the main button: on to an office below in the same transaction. */
static void add_verify(const struct life *l, const struct people *p, const char *token, long to, struct text *body)
{
	text_printf(body, "csrf=%s&versi=%ld&", token, l->version);
	add_text(l, body);
	text_printf(body, "&klasifikasi=pengaduan&kategori=%ld&sifat=anonim&relevan=1&lengkap=1&jelas=1&tujuan=%ld"
		    "&langkah=disposisi", p->category[l->nth % p->n_categories], to);
}

static void add_part(struct text *body, const char *name, const char *value)
{
	text_printf(body, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", name, value);
}

/* What a browser sends for a form with a place for files, where none was chosen. */
static void add_message(struct text *body, const char *token, long version, const char *field, const char *message)
{
	char number[24];

	snprintf(number, sizeof(number), "%ld", version);
	add_part(body, "csrf", token);
	if (version > 0)
		add_part(body, "versi", number);
	add_part(body, field, message);
	text_add(body, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"lampiran\"; filename=\"\"\r\n"
		       "Content-Type: application/octet-stream\r\n\r\n\r\n--" BOUNDARY "--\r\n");
}

void life_write(const struct life *l, const struct people *p, struct conn *c)
{
	static const struct person program = { 0 };
	const struct person *who = actor_of(l, p);
	struct text body = { 0 };
	char path[160];

	switch (l->next) {
	case LIFE_SUBMIT:
		who = &program;
		snprintf(path, sizeof(path), "/lapor/kirim");
		add_submit(l, &body);
		break;
	case LIFE_VERIFY:
	case LIFE_DISPOSE:
		snprintf(path, sizeof(path), "/meja/laporan/%s/verifikasi", l->number);
		add_verify(l, p, who->token, l->next == LIFE_VERIFY ? p->admin.office_id : liaison_of(l, p)->office_id, &body);
		break;
	case LIFE_ANSWER:
	case LIFE_ANSWER_AGAIN:
		snprintf(path, sizeof(path), "/meja/laporan/%s/tanggapan/answer", l->number);
		add_message(&body, who->token, l->version, "catatan",
			    "Petugas sudah memeriksa dan memperbaiki di tempat. Terima kasih.");
		break;
	case LIFE_REPLY:
		snprintf(path, sizeof(path), "/lacak/%s/balas", l->code);
		add_message(&body, who->token, 0, "balas", "Terima kasih, tetapi di ujung gang masih sama seperti kemarin.");
		break;
	case LIFE_CLOSE:
		snprintf(path, sizeof(path), "/lacak/%s/tutup", l->code);
		text_printf(&body, "csrf=%s&nilai=%lu", who->token, 1 + l->nth % 5);
		break;
	case LIFE_STEPS:
		die("a closed report has no next step");
	}
	people_post(c, who, path, body.p[0] == '-' ? "multipart/form-data; boundary=" BOUNDARY : PEOPLE_FORM, &body);
	text_free(&body);
}

void life_write_page(const struct life *l, const struct people *p, struct conn *c)
{
	const struct person *who = actor_of(l, p);
	char path[160];

	if (l->next == LIFE_REPLY || l->next == LIFE_CLOSE)
		snprintf(path, sizeof(path), "/lacak/%s", l->code);
	else
		snprintf(path, sizeof(path), "/meja/laporan/%s", l->number);
	people_get(c, who, path);
}

static bool refuse(const struct reply *r, char *ret_why, size_t size)
{
	int n = snprintf(ret_why, size, r->status ? "%d " : "no answer", r->status);

	text_reason(r->body, ret_why + n, size - (size_t)n);
	return false;
}

/* The code without the dashes it is shown with: the end of the tracking page's address. */
static bool take_number(struct life *l, const char *body)
{
	return text_between(body, "\"nomor\":\"", "\"", l->number, sizeof(l->number)) &&
	       text_between(body, "/lacak/", "\"", l->code, sizeof(l->code));
}

bool life_take(struct life *l, const struct reply *r, char *ret_why, size_t size)
{
	if (r->status != steps[l->next].status)
		return refuse(r, ret_why, size);
	if (l->next == LIFE_SUBMIT && !take_number(l, r->body)) {
		snprintf(ret_why, size, "no number and code in %.200s", r->body);
		return false;
	}
	l->version += steps[l->next].events;
	l->next++;
	return true;
}

bool life_take_page(struct life *l, const struct reply *r, char *ret_why, size_t size)
{
	char version[24];

	if (r->status != 200)
		return refuse(r, ret_why, size);
	if (text_between(r->body, "name=\"versi\" value=\"", "\"", version, sizeof(version)))
		l->version = strtol(version, NULL, 10);
	return true;
}
