/* SPDX-License-Identifier: Apache-2.0 */
#include "pages.h"

#include "tmpl_public_form.h"

static struct step_page step(const struct samples *s, int n)
{
	return (struct step_page){ .n = n,
				   .action = path_of(s, "/lapor/isi"),
				   .back = path_of(s, "/lapor"),
				   .csrf = say(s, "0f0f"),
				   .to_check = true,
				   .form_expired = true,
				   .saved_at = sample_time("2026-11-20 19:38 WIB") };
}

static struct pub_problems problems(const struct samples *s, struct pub_problem *all, const char *first,
				    const char *second)
{
	all[0] = (struct pub_problem){ first, say(s, "Ada yang salah di sini") };
	all[1] = (struct pub_problem){ second, say(s, "Dan di sini") };
	return (struct pub_problems){ all, 2 };
}

static void kind_and_text(struct samples *s)
{
	struct pub_problem wrong[2];
	struct kind_page kind = { .s = step(s, 1), .kind = KIND_ASPIRATION };
	struct text_page text = { .s = step(s, 2),
				  .title = say(s, ""),
				  .body = say(s, "\nBaris pertama kosong"),
				  .day = say(s, "27"),
				  .month = say(s, "12"),
				  .year = say(s, "2026") };

	kind.s.problems = problems(s, wrong, "jenis", "jenis");
	page_begin(s, "Jenis laporan", false);
	view_form_kind(&s->out, &kind);
	page_end(s, "step1_kind");
	text.s.problems = problems(s, wrong, "judul", "tgl");
	page_begin(s, "Isi laporan", false);
	view_form_text(&s->out, &text);
	page_end(s, "step2_text");
}

static void place_and_proof(struct samples *s)
{
	struct pub_problem wrong[2];
	struct pub_option o[] = { { say(s, "35.20"), say(s, "Magetan"), say(s, "Sesuai isi laporan"), true },
				  { say(s, "35.21"), say(s, "Ngawi"), NULL, false } };
	struct pub_file files[] = {
		{ .id = 1,
		  .name = say(s, "tiang.jpg"),
		  .href = path_of(s, "/lapor/lampiran/1"),
		  .is_image = true },
		{ .name = say(s, "film.exe"), .refused = say(s, "Jenis berkas ini tidak diterima.") },
	};
	struct place_page place = { .s = step(s, 3),
				    .province = { o, 2 },
				    .regency = { o, 2 },
				    .district = { o, 2 },
				    .village = { o, 1 },
				    .place = say(s, "Jalan Diponegoro") };
	struct proof_page proof = { .s = step(s, 4),
				    .suggested = { o, 2 },
				    .agencies = { o, 2 },
				    .files = { files, 2 },
				    .files_max = 5,
				    .file_mb_max = 10 };

	place.s.problems = problems(s, wrong, "kab", "lokasi");
	page_begin(s, "Lokasi", false);
	view_form_place(&s->out, &place);
	page_end(s, "step3_place");
	proof.s.problems = problems(s, wrong, "instansi", "lampiran");
	page_begin(s, "Bukti", false);
	view_form_proof(&s->out, &proof);
	page_end(s, "step4_proof");
}

static void identity_and_check(struct samples *s)
{
	struct pub_problem wrong[2];
	struct identity_page identity = { .s = step(s, 5),
					  .visibility = VISIBILITY_SECRET,
					  .name = say(s, "Sri Wahyuni"),
					  .phone = say(s, "081234567890"),
					  .email = say(s, "sri@contoh.id") };
	struct check_page check = { .s = step(s, 6),
				    .kind = KIND_COMPLAINT,
				    .title = say(s, "Lampu jalan mati"),
				    .body = say(s, "Mati tiga minggu.\nGelap."),
				    .has_happened_on = true,
				    .happened_on = day_from_civil(2026, 10, 27),
				    .region = say(s, "Karangsari"),
				    .place = say(s, "Jalan Diponegoro"),
				    .agency = say(s, "Dinas Perhubungan"),
				    .n_files = 2,
				    .visibility = VISIBILITY_ANONYMOUS,
				    .name = say(s, "Sri Wahyuni"),
				    .phone = say(s, "081234567890"),
				    .email = say(s, "sri@contoh.id") };

	identity.s.problems = problems(s, wrong, "surel", "nama");
	page_begin(s, "Identitas", false);
	view_form_identity(&s->out, &identity);
	page_end(s, "step5_identity");
	page_begin(s, "Periksa laporan", false);
	view_form_check(&s->out, &check);
	page_end(s, "step6_check");
}

static void sent(struct samples *s)
{
	static const char qr[] =
		"<svg class=\"qr\" viewBox=\"0 0 2 2\" width=\"176\" height=\"176\"><path d=\"M0 0h1v1H0z\"/></svg>";
	struct sent_page p = { .number = say(s, "2026-004187"),
			       .code_shown = say(s, "K7QM-4XTD-9P"),
			       .code = say(s, "K7QM4XTD9P"),
			       .qr = { qr, sizeof(qr) - 1 },
			       .received_at = sample_time("2026-11-09 19:42 WIB"),
			       .has_verify_due = true,
			       .verify_due_on = day_from_civil(2026, 11, 12),
			       .agency = say(s, "Dinas Perhubungan"),
			       .email_masked = say(s, "s***@contoh.id") };

	page_begin(s, "Laporan terkirim", false);
	view_form_sent(&s->out, &p);
	page_end(s, "sent");
}

void pages_steps(struct samples *s)
{
	kind_and_text(s);
	place_and_proof(s);
	identity_and_check(s);
	sent(s);
}
