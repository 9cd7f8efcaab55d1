/* SPDX-License-Identifier: Apache-2.0 */
#include "pages.h"

#include "tmpl_public.h"
#include "tmpl_public_archive.h"
#include "tmpl_public_info.h"
#include "tmpl_public_list.h"
#include "tmpl_public_track.h"

static const struct pub_limits limits = {
	.verify_wd = 3,
	.agency_wd = 1,
	.follow_up_wd = 5,
	.reply_wd = 10,
	.pending_wd = 10,
	.ombudsman_wd = 60,
	.reopen_wd = 10,
	.complaint_wd = 14,
	.oversight_wd = 60,
	.aspiration_wd = 5,
	.information_wd = 5,
	.ruleset = "62/2018",
};

static struct pub_channels channels(const struct samples *s)
{
	return (struct pub_channels){ .any = true,
				      .sms = say(s, "1708"),
				      .whatsapp = say(s, "0811 0000 1708"),
				      .email = say(s, "lapor@mekarjaya.example"),
				      .counter = say(s, "Loket Diskominfo") };
}

static struct pub_figures figures(void)
{
	return (struct pub_figures){ .any = true,
				     .at = sample_time("2026-11-20 14:05 WIB"),
				     .from = day_from_civil(2026, 11, 1),
				     .to = day_from_civil(2026, 11, 20),
				     .received = 1412,
				     .verified_in_time_pct = 96,
				     .finished_pct = 88,
				     .follow_up_wd_tenths = 42 };
}

static size_t items(const struct samples *s, struct pub_item *ret)
{
	static const enum state states[] = { STATE_RECEIVED, STATE_IN_PROGRESS, STATE_ANSWERED, STATE_PENDING,
					     STATE_CLOSED,   STATE_ARCHIVED,	STATE_AT_OPD };

	for (size_t i = 0; i < ARRAY_LEN(states); i++)
		ret[i] = (struct pub_item){ .number = say(s, "2026-004187"),
					    .title = say(s, "Lampu jalan mati di Jalan Diponegoro"),
					    .category = say(s, "Penerangan jalan"),
					    .agency = say(s, "Dinas Perhubungan"),
					    .region = say(s, "Karangsari"),
					    .state = states[i],
					    .is_late = states[i] == STATE_AT_OPD,
					    .received_at = sample_time("2026-11-09 19:42 WIB"),
					    .age_wd = (int)i };
	return ARRAY_LEN(states);
}

static void home(struct samples *s)
{
	struct pub_item all[16];
	struct home_category top[] = { { say(s, "Jalan dan jembatan"), 96 }, { say(s, "Air bersih"), 0 } };
	struct home_page p = { .site_name = say(s, "LAPOR"),
			       .figures = figures(),
			       .limits = limits,
			       .newest = { all, items(s, all) },
			       .top = top,
			       .n_top = 2,
			       .top_max = 96,
			       .channels = channels(s) };
	struct home_page fresh = {
		.site_name = say(s, "LAPOR"),
		.limits = limits,
		.figures = { .verified_in_time_pct = -1, .finished_pct = -1, .follow_up_wd_tenths = -1 }
	};

	page_begin(s, "Beranda", false);
	view_pub_home(&s->out, &p);
	page_end(s, "home");
	page_begin(s, "Beranda", false);
	view_pub_home(&s->out, &fresh);
	page_end(s, "home_fresh");
}

static void lists(struct samples *s)
{
	struct pub_item all[16];
	struct pub_option o[] = { { say(s, "air"), say(s, "Air bersih"), NULL, true } };
	struct list_page p = { .query = say(s, "lampu"),
			       .categories = { o, 1 },
			       .agencies = { o, 1 },
			       .regions = { o, 1 },
			       .states = { o, 1 },
			       .is_filtered = true,
			       .items = { all, items(s, all) },
			       .next = path_of(s, "/laporan?dari=5") };
	const char *years[] = { say(s, "2023"), say(s, "2022") };
	struct archive_away away = { .year = years[0], .channels = channels(s), .operator_name = say(s, "Dinas Kominfo"),
				     .here = path_of(s, "/laporan/2023-000017") };
	struct list_page none = { .query = say(s, "tiada"), .is_filtered = true };

	page_begin(s, "Laporan publik", false);
	view_list(&s->out, &p);
	page_end(s, "list");
	page_begin(s, "Laporan publik", false);
	view_list(&s->out, &none);
	page_end(s, "list_empty");
	p.archives = (struct archive_links){ years[0], years, ARRAY_LEN(years) };
	page_begin(s, "Laporan publik", false);
	view_list(&s->out, &p);
	page_end(s, "list_archive");
	page_begin(s, "Arsip 2023 sedang tidak bisa dibuka", false);
	view_archive_away(&s->out, &away);
	page_end(s, "archive_away");
}

static struct track_clock running_clock(void)
{
	static const struct holiday christmas = { .name = "Hari Raya Natal" };
	struct day from = day_from_civil(2026, 11, 12), to = day_from_civil(2026, 11, 26);

	return (struct track_clock){
		.on = true,
		.kind = CLOCK_FOLLOW_UP,
		.reading = { .tone = TONE_SOON,
			     .used = 6,
			     .total = 10,
			     .left = 4,
			     .unit = LIMIT_WORKDAYS,
			     .start_on = from,
			     .due_on = to },
		.why = { .start_on = from,
			 .due_on = to,
			 .limit = { 10, LIMIT_WORKDAYS },
			 .paused_wd = 1,
			 .weekend_days = 4,
			 .free_weekdays = 1,
			 .rule = "62/2018",
			 .n_holidays = 1,
			 .holidays = { &christmas },
			 .provisional = true },
		.sentence = "Dihitung 10 hari kerja sesudah Kamis, 12 November 2026 sampai Kamis, 26 November 2026.",
	};
}

static size_t files(const struct samples *s, struct pub_file *ret)
{
	ret[0] = (struct pub_file){ .id = 1,
				    .name = say(s, "tiang.jpg"),
				    .href = path_of(s, "/lacak/K7QM/lampiran/1"),
				    .is_image = true };
	ret[1] = (struct pub_file){ .id = 2,
				    .name = say(s, "surat.pdf"),
				    .href = path_of(s, "/lacak/K7QM/lampiran/2") };
	ret[2] = (struct pub_file){ .name = say(s, "film.exe"),
				    .refused = say(s, "Jenis berkas ini tidak diterima.") };
	return 3;
}

static void report(struct samples *s)
{
	struct pub_file all[3];
	struct report_event e[] = {
		{ .action = ACT_SUBMIT, .at = sample_time("2026-11-09 19:42 WIB") },
		{ .action = ACT_ANSWER,
		  .who = say(s, "Dinas Perhubungan"),
		  .text = say(s, "Sudah diganti.\n\nTerima kasih."),
		  .at = sample_time("2026-11-18 10:20 WIB") },
		{ .action = ACT_CLOSE,
		  .reason = say(s, "Masalah sudah beres"),
		  .at = sample_time("2026-11-19 08:00 WIB") },
	};
	struct report_page p = { .number = say(s, "2026-004187"),
				 .title = say(s, "Lampu jalan mati"),
				 .body = say(s, "Mati tiga minggu.\nGelap sekali."),
				 .category = say(s, "Penerangan jalan"),
				 .agency = say(s, "Dinas Perhubungan"),
				 .region = say(s, "Karangsari"),
				 .name = say(s, "Sri Wahyuni"),
				 .kind = KIND_COMPLAINT,
				 .state = STATE_IN_PROGRESS,
				 .is_late = true,
				 .is_escalated = true,
				 .received_at = sample_time("2026-11-09 19:42 WIB"),
				 .clock = running_clock(),
				 .events = e,
				 .n_events = ARRAY_LEN(e),
				 .n_answers = 2,
				 .files = { all, files(s, all) },
				 .rating = 4 };

	page_begin(s, "Lampu jalan mati", false);
	view_report(&s->out, &p);
	page_end(s, "report");
}

static void find(struct samples *s)
{
	struct pub_problem wrong[] = { { "kode", say(s, "Kode lacak tidak ditemukan.") } };
	struct find_page p = {
		.typed = say(s, "K7QM"), .problems = { wrong, 1 }, .attempts_left = 4, .channels = channels(s)
	};

	page_begin(s, "Lacak laporan", false);
	view_find(&s->out, &p);
	page_end(s, "find");
}

static struct track_page track_page(const struct samples *s, struct pub_file *all, enum state state)
{
	return (struct track_page){
		.code = say(s, "K7QM4XTD9P"),
		.code_shown = say(s, "K7QM-4XTD-9P"),
		.number = say(s, "2026-004187"),
		.title = say(s, "Lampu jalan mati"),
		.csrf = say(s, "0f0f"),
		.kind = KIND_COMPLAINT,
		.visibility = VISIBILITY_ANONYMOUS,
		.state = state,
		.region = say(s, "Karangsari"),
		.place = say(s, "Jalan Diponegoro"),
		.category = say(s, "Penerangan jalan"),
		.has_happened_on = true,
		.happened_on = day_from_civil(2026, 10, 27),
		.n_files = 2,
		.holder = say(s, "Dinas Perhubungan"),
		.holder_unit = say(s, "UPTD Penerangan Jalan"),
		.held_since_on = day_from_civil(2026, 11, 12),
		.clock = running_clock(),
		.ombudsman = running_clock(),
		.pending_text = say(s, "Foto tiangnya?"),
		.closer = CLOSED_BY_REPORTER,
		.end_reason = say(s, "Masalah sudah beres"),
		.end_text = say(s, "Terima kasih"),
		.ended_on = day_from_civil(2026, 11, 30),
		.has_reopen_until = true,
		.reopen_until = day_from_civil(2026, 12, 14),
		.reopen_why = say(s, "Dihitung 30 hari kalender sesudah ..."),
		.sop = { .on = true, .number = say(s, "20/SOP-INFOKOM/2020"), .step_id = "4", .step_name = say(s, "Tanggapi laporan"),
			 .actors = say(s, "Pejabat Penghubung"), .since_on = day_from_civil(2026, 11, 12), .clock = running_clock() },
		.email_masked = say(s, "s***@contoh.id"),
		.typed_reply = say(s, "Belum beres"),
		.typed_reopen = say(s, "Masih gelap"),
		.typed_withdraw = say(s, "Salah kirim"),
		.refused_files = { all, files(s, all) },
		.files_max = 5,
		.file_mb_max = 10,
	};
}

static void track(struct samples *s)
{
	struct pub_file all[3];
	struct pub_problem wrong[] = { { "balas", say(s, "Tulis penjelasannya dahulu.") } };
	struct track_step steps[] = {
		{ .place = TRACK_DONE,
		  .action = ACT_SUBMIT,
		  .channel = CHANNEL_WEB,
		  .at = sample_time("2026-11-09 19:42 WIB") },
		{ .place = TRACK_DONE,
		  .action = ACT_DISPOSE,
		  .role = ROLE_AGENCY_ADMIN,
		  .who = say(s, "Kabupaten Mekar Jaya"),
		  .to = say(s, "Dinas Perhubungan"),
		  .reason = say(s, "Sesuai tugas"),
		  .is_measured = true,
		  .was_late = true,
		  .at = sample_time("2026-11-11 09:58 WIB"),
		  .reading = running_clock().reading },
		{ .place = TRACK_NOW, .state = STATE_AT_OPD, .who = say(s, "Dinas Perhubungan") },
		{ .place = TRACK_LATER, .state = STATE_CLOSED },
	};
	struct track_message said[] = {
		{ .mine = true,
		  .action = ACT_SUBMIT,
		  .at = sample_time("2026-11-09 19:42 WIB"),
		  .text = say(s, "Mati tiga minggu.\nGelap sekali."),
		  .files = { all, files(s, all) } },
		{ .is_answer = true,
		  .action = ACT_ANSWER,
		  .who = say(s, "Dinas Perhubungan"),
		  .reason = say(s, "Selesai"),
		  .at = sample_time("2026-11-18 10:20 WIB"),
		  .text = say(s, "Sudah diganti.") },
	};
	struct track_clock beside[] = { running_clock() };
	struct track_transfer moves[] = {
		{ ACT_RETURN_UP, say(s, "Kabupaten Lain"), say(s, "Admin Nasional"), say(s, "Bukan wewenang"),
		  say(s, "Bukan wilayah kami.\nSilakan ke tetangga."), sample_time("2026-11-10 09:00 WIB") },
		{ ACT_REDISPOSE, say(s, "Admin Nasional"), say(s, "Mekar Jaya"), NULL, NULL, sample_time("2026-11-11 09:00 WIB") },
		{ ACT_ARBITRATE, say(s, "Admin Nasional"), say(s, "Mekar Jaya"), NULL, NULL, sample_time("2026-11-12 09:00 WIB") },
	};
	struct track_page open = track_page(s, all, STATE_ANSWERED),
			  pending = track_page(s, all, STATE_PENDING),
			  closed = track_page(s, all, STATE_CLOSED);

	open.steps = pending.steps = closed.steps = steps;
	open.n_steps = pending.n_steps = closed.n_steps = ARRAY_LEN(steps);
	open.messages = pending.messages = closed.messages = said;
	open.n_messages = pending.n_messages = closed.n_messages = ARRAY_LEN(said);
	open.others = beside;
	open.n_others = 1;
	open.moves = moves;
	open.n_moves = ARRAY_LEN(moves);
	open.transfers = 2;
	open.may_reply = open.may_close = open.may_rate = open.may_withdraw = open.is_late = true;
	open.problems = (struct pub_problems){ wrong, 1 };
	pending.may_complete = pending.form_expired = true;
	closed.may_reopen = closed.may_rate = true;
	closed.rating = 4;
	page_begin(s, "Lampu jalan mati", false);
	view_track(&s->out, &open);
	page_end(s, "track_answered");
	page_begin(s, "Lampu jalan mati", false);
	view_track(&s->out, &pending);
	page_end(s, "track_pending");
	page_begin(s, "Lampu jalan mati", false);
	view_track(&s->out, &closed);
	page_end(s, "track_closed");
}

static void stats(struct samples *s)
{
	struct stats_row rows[] = { { say(s, "Dinas Perhubungan"), 120, 100, 90, 42 },
				    { say(s, "Dinas Sosial"), 0, 0, 0, -1 } };
	struct home_category categories[] = { { say(s, "Jalan"), 96 } };
	struct stats_month months[] = { { say(s, "Oktober 2026"), 380, 350 },
					{ say(s, "November 2026"), 412, 300 } };
	struct stats_page p = { .figures = figures(),
				.verified = 400,
				.verified_in_time = 384,
				.followed_up = 350,
				.answered = 340,
				.closed = 300,
				.closed_by_system = 100,
				.closed_by_admin = 50,
				.closed_by_reporter = 150,
				.archived = 20,
				.rows = rows,
				.n_rows = 2,
				.rows_max = 120,
				.categories = categories,
				.n_categories = 1,
				.categories_max = 96,
				.months = months,
				.n_months = 2,
				.months_max = 412 };

	page_begin(s, "Statistik", false);
	view_stats(&s->out, &p, &limits);
	page_end(s, "stats");
}

static void info(struct samples *s)
{
	struct info_page p = { .site_name = say(s, "LAPOR"),
			       .operator_name = say(s, "Diskominfo"),
			       .limits = limits,
			       .channels = channels(s),
			       .files_max = 5,
			       .file_mb_max = 10,
			       .draft_days = 7 };

	page_begin(s, "Bantuan", false);
	view_help(&s->out, &p);
	page_end(s, "help");
	page_begin(s, "Standar waktu", false);
	view_standard(&s->out, &p);
	page_end(s, "standards");
	page_begin(s, "Perlindungan data pribadi", false);
	view_privacy(&s->out, &p);
	page_end(s, "privacy");
}

void pages_public(struct samples *s)
{
	home(s);
	lists(s);
	report(s);
	find(s);
	track(s);
	stats(s);
	info(s);
}
