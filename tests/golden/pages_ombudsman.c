/* SPDX-License-Identifier: Apache-2.0
 * pages_ombudsman - the question to the reporter, the identity, the dossier, the admins' list and case.
 */
#include "pages.h"

#include "tmpl_dossier.h"
#include "tmpl_ombudsman.h"
#include "tmpl_ombudsman_desk.h"
#include "view/ombudsman.h"

#define DIGEST "1160e60fac69af220293a13dae3025b2fa3b7c15934cd8ca9762be263aab6ed7"

static struct ombudsman_shown shown(const struct samples *s, enum ombudsman_state state)
{
	return (struct ombudsman_shown){
		.state = state,
		.asked_at = sample_time("2025-04-22 00:01 WIB"),
		.decided_at = sample_time("2025-04-24 19:30 WIB"),
		.sent_at = state == OMBUDSMAN_SENT ? sample_time("2025-04-28 09:00 WIB") : (struct instant){ 0 },
		.agency = say(s, "Kabupaten Mekar Jaya"),
		.digest = state == OMBUDSMAN_AGREED || state == OMBUDSMAN_SENT ? DIGEST : NULL,
		.sent_number = state == OMBUDSMAN_SENT ? say(s, "0123/LM/2025") : NULL,
		.limit_wd = 60,
	};
}

static void asked(struct samples *s, enum ombudsman_state state, const char *name)
{
	struct ombudsman_ask_page p = { .code = say(s, "K7QM4XTD9P"), .number = say(s, "2025-000187"), .csrf = say(s, "0f0f"),
					.title = say(s, "Limbah pabrik"), .back = path_of(s, "/lacak/K7QM4XTD9P"),
					.shown = shown(s, state) };

	page_begin(s, "Ombudsman", false);
	view_ombudsman_block(&s->out, p.code, &p.shown);
	view_ombudsman_ask(&s->out, &p);
	page_end(s, name);
}

static void identity(struct samples *s)
{
	struct pub_problem wrong[] = { { "nama", say(s, "Tulis nama lengkap") }, { "tanggal_lahir", say(s, "Tanggal tidak ada") },
				       { "status_kawin", say(s, "Pilih") }, { "alamat", say(s, "Belum lengkap") },
				       { "sebut_nama", say(s, "Pilih") } };
	struct ombudsman_ask_page p = {
		.code = say(s, "K7QM4XTD9P"), .number = say(s, "2025-000187"), .csrf = say(s, "0f0f"),
		.back = path_of(s, "/lacak/K7QM4XTD9P/ombudsman"), .shown = shown(s, OMBUDSMAN_ASKED), .problems = { wrong, 5 },
		.form_expired = true, .name = say(s, "Sri Wahyuni"), .birth_place = say(s, "Mekar Jaya"), .day = say(s, "30"),
		.month = say(s, "2"), .year = say(s, "1984"), .occupation = say(s, "Guru"), .address = say(s, "Melati"),
		.identity_number = say(s, "3520"), .contact = say(s, "0812"), .marital = MARITAL_WIDOWED, .has_disclose = true,
	};

	page_begin(s, "Identitas", false);
	view_ombudsman_identity(&s->out, &p);
	page_end(s, "ombudsman_identity");
}

static void dossier(struct samples *s)
{
	struct dossier_pair who[] = { { "Nama lengkap", say(s, "Sri Wahyuni") }, { "Alamat", say(s, "Jalan Melati 7\nKarangsari") } };
	struct dossier_pair what[] = { { "Jenis", say(s, "Pengaduan") } };
	struct dossier_stay stays[] = {
		{ say(s, "Nasional"), sample_time("2025-01-06 08:00 WIB"), sample_time("2025-01-07 08:00 WIB") },
		{ say(s, "Mekar Jaya"), sample_time("2025-01-07 08:00 WIB"), { 0 } } };
	struct dossier_event events[] = {
		{ .seq = 1, .at = sample_time("2025-01-06 08:00 WIB"), .what = "Laporan diterima", .office = say(s, "Pelapor"),
		  .note = say(s, "Bau sekali.\nMohon diperiksa."), .hash = DIGEST },
		{ .seq = 2, .at = sample_time("2025-01-07 08:00 WIB"), .what = "Catatan", .office = say(s, "Mekar Jaya"),
		  .to = say(s, "Dinas PU"), .hash = DIGEST, .is_withheld = true } };
	struct dossier_clock clocks[] = { { "Batas 60 hari kerja", say(s, "Dihitung 60 hari kerja sesudah ..."),
					    day_from_civil(2025, 4, 16), true } };
	struct dossier_file files[] = { { say(s, "foto.jpg"), DIGEST, 123456 } };
	struct dossier_page p = {
		.number = say(s, "2025-000187"), .title = say(s, "Limbah pabrik"), .body = say(s, "Bau sekali.\nSetiap malam."),
		.digest = DIGEST, .government = say(s, "Pemerintah Kabupaten Mekar Jaya"),
		.back_href = path_of(s, "/lacak/K7QM4XTD9P/ombudsman"), .made_at = sample_time("2025-04-24 19:30 WIB"),
		.received_at = sample_time("2025-01-06 08:00 WIB"), .reporter = who, .n_reporter = 2, .report = what, .n_report = 1,
		.stays = stays, .n_stays = 2, .events = events, .n_events = 2, .clocks = clocks, .n_clocks = 1, .files = files,
		.n_files = 1,
	};

	page_begin(s, "Berkas", false);
	view_dossier(&s->out, &p);
	page_end(s, "dossier");
}

static void desk(struct samples *s)
{
	struct ombudsman_line lines[] = {
		{ .number = say(s, "2025-000187"), .title = say(s, "Limbah pabrik"), .agency = say(s, "Mekar Jaya"),
		  .holder = say(s, "Dinas PU"), .asked_at = sample_time("2025-04-22 00:01 WIB"), .may_open = true },
		{ .number = say(s, "2025-000188"), .holder = say(s, "Nasional"), .asked_at = sample_time("2025-04-22 00:01 WIB"),
		  .decided_at = sample_time("2025-04-24 19:30 WIB"), .sent_at = sample_time("2025-04-28 09:00 WIB"),
		  .sent_number = say(s, "0123/LM/2025") } };
	struct ombudsman_list list = { .state = OMBUDSMAN_SENT, .is_national = true, .lines = lines, .n = 2,
				       .next_href = path_of(s, "/meja/ombudsman?status=terkirim&setelah=1_2") };
	struct ombudsman_list none = { .state = OMBUDSMAN_ASKED };
	struct ombudsman_desk_page p = { .csrf = say(s, "0f0f"), .number = say(s, "2025-000187"), .title = say(s, "Limbah pabrik"),
					 .shown = shown(s, OMBUDSMAN_AGREED), .may_hand_over = true, .may_fetch = true,
					 .typed = say(s, "0123"), .problem = say(s, "Tulis nomor") };

	page_begin(s, "Ombudsman", true);
	view_ombudsman_list(&s->out, &list);
	page_end(s, "ombudsman_list");
	page_begin(s, "Ombudsman", true);
	view_ombudsman_list(&s->out, &none);
	page_end(s, "ombudsman_list_empty");
	page_begin(s, "Ombudsman", true);
	view_ombudsman_case(&s->out, &p);
	page_end(s, "ombudsman_case");
}

void pages_ombudsman(struct samples *s)
{
	asked(s, OMBUDSMAN_ASKED, "ombudsman_asked");
	asked(s, OMBUDSMAN_AGREED, "ombudsman_agreed");
	asked(s, OMBUDSMAN_DECLINED, "ombudsman_declined");
	asked(s, OMBUDSMAN_SENT, "ombudsman_sent");
	identity(s);
	dossier(s);
	desk(s);
}
