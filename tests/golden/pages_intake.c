/* SPDX-License-Identifier: Apache-2.0
 * The intake outside LAPOR!: list, one of them at its steps, the monthly recapitulation, the form of the team.
 */
#include "pages.h"
#include "tmpl_intake.h"
#include "tmpl_office_intake.h"

static void list(struct samples *s)
{
	const struct desk_due due = { .is_set = true, .tone = TONE_SOON, .unit = LIMIT_WORKDAYS, .left = 1,
				      .at = sample_time("2026-11-25 23:59 WIB") };
	const struct intake_row rows[] = {
		{ .number = say(s, "P-2026-00017"), .title = say(s, "Jembatan lapuk"), .channel_note = say(s, "E-Pengaduan"),
		  .channel = CHANNEL_OTHER_WEB, .state = INTAKE_RECEIVED, .visibility = VISIBILITY_SECRET, .due = due,
		  .received_at = sample_time("2026-11-24 09:10 WIB"), .waits_for = say(s, "Tim Pengaduan"),
		  .step = say(s, "2. Verifikasi laporan"), .waits_wd = 1 },
		{ .number = say(s, "P-2026-00012"), .title = say(s, "Lampu padam"), .channel = CHANNEL_SMS,
		  .state = INTAKE_WATCHED, .visibility = VISIBILITY_OPEN, .received_at = sample_time("2026-11-20 08:00 WIB"),
		  .waits_for = say(s, "Admin Pusat"), .report_number = say(s, "2026-004187"), .report_state = STATE_RECEIVED },
		{ .number = say(s, "P-2026-00009"), .title = say(s, "Undangan"), .channel = CHANNEL_WHATSAPP,
		  .state = INTAKE_REFUSED, .visibility = VISIBILITY_ANONYMOUS, .received_at = sample_time("2026-11-18 08:00 WIB"),
		  .closed_at = sample_time("2026-11-18 10:00 WIB") },
	};
	const struct intake_list p = { .may_register = true, .waiting = 2, .late = 1, .rows = rows, .n_rows = 3,
				       .next_href = path_of(s, "/meja/penerimaan?setelah=1_2"),
				       .first_href = path_of(s, "/meja/penerimaan") };
	const struct intake_list none = { .is_done = true };

	page_begin(s, "Penerimaan", true);
	view_intake_list(&s->out, &p);
	page_end(s, "intake_list");
	page_begin(s, "Penerimaan", true);
	view_intake_list(&s->out, &none);
	page_end(s, "intake_list_empty");
}

static void item(struct samples *s)
{
	struct desk_option o[] = { { say(s, "unclear"), say(s, "Tidak jelas"), true, false } };
	const struct intake_step steps[] = {
		{ say(s, "1"), say(s, "Laporan diterima"), say(s, "Tim Pengaduan"), "", INTAKE_STEP_DONE,
		  sample_time("2026-11-24 09:10 WIB") },
		{ say(s, "2"), say(s, "Verifikasi"), say(s, "Tim Pengaduan"), say(s, "1 hari"), INTAKE_STEP_LATE,
		  sample_time("2026-11-26 09:10 WIB") },
		{ say(s, "3"), say(s, "Serahkan"), say(s, "Tim Pengaduan"), say(s, "1 hari"), INTAKE_STEP_NOW, { 0 } },
		{ say(s, "4"), say(s, "Masukkan"), say(s, "Admin Koordinator"), say(s, "1 hari"), INTAKE_STEP_TO_COME, { 0 } },
		{ say(s, "5"), say(s, "Pantau"), say(s, "Admin Koordinator"), say(s, "3 hari"), INTAKE_STEP_SKIPPED, { 0 } },
	};
	const struct intake_log log[] = {
		{ .what = say(s, "Diverifikasi"), .who = say(s, "Rina"), .reason = say(s, "Alasan"), .note = say(s, "Catatan"),
		  .role = ROLE_INTAKE, .at = sample_time("2026-11-26 09:10 WIB"), .was_late = true },
	};
	const struct intake_file files[] = { { 7, 70000, say(s, "surat.pdf"), say(s, "PDF") } };
	struct intake_item p = {
		.csrf = say(s, "0f0f"), .number = say(s, "P-2026-00017"), .agency = say(s, "Pemerintah Kabupaten Mekar Jaya"),
		.title = say(s, "Jembatan lapuk"), .body = say(s, "\nPapan patah"), .channel_note = say(s, "Surat 17"),
		.name = say(s, "Bambang"), .email = say(s, "b@contoh.id"), .phone = say(s, "0812"), .place = say(s, "Dusun Tiga"),
		.region = say(s, "Tegalsari"), .category = say(s, "Jembatan"), .answer = say(s, "Sudah diganti"),
		.channel = CHANNEL_LETTER, .kind = KIND_COMPLAINT, .visibility = VISIBILITY_OPEN, .state = INTAKE_VERIFIED,
		.version = 2, .received_at = sample_time("2026-11-24 09:10 WIB"), .happened_on = { 20000 },
		.due_at = sample_time("2026-11-27 23:59 WIB"), .waits_for = say(s, "Tim Pengaduan"), .may_verify = true,
		.may_hand_over = true, .may_refuse = true, .may_enter = true, .enterer = say(s, "Admin Koordinator"),
		.reasons = { o, 1 }, .relevant = true, .note = say(s, "Catatan"), .problem = say(s, "Masih ada yang kurang"),
		.sop = say(s, "tjt-21"), .steps = steps, .n_steps = 5, .log = log, .n_log = 1, .files = files, .n_files = 1 };
	struct intake_item entered = {
		.csrf = say(s, "0f0f"), .number = say(s, "P-2026-00012"), .agency = say(s, "DPUPR"), .title = say(s, "Talud"),
		.body = say(s, "Longsor"), .channel = CHANNEL_SMS, .kind = KIND_COMPLAINT, .visibility = VISIBILITY_ANONYMOUS,
		.state = INTAKE_WATCHED, .version = 4, .received_at = sample_time("2026-11-24 09:10 WIB"),
		.happened_on = { DAY_NONE }, .report_number = say(s, "2026-004187"), .report_state = STATE_ANSWERED,
		.is_recapped = true, .enterer = say(s, "Pejabat Penghubung") };

	page_begin(s, "P-2026-00017", true);
	view_intake_item(&s->out, &p);
	page_end(s, "intake_item");
	page_begin(s, "P-2026-00012", true);
	view_intake_item(&s->out, &entered);
	page_end(s, "intake_item_entered");
}

static void recap(struct samples *s)
{
	const struct intake_sum sums[] = { { CHANNEL_NONE, 3, 2, 1, 1, 0, 1, 1 }, { CHANNEL_LETTER, 3, 2, 1, 1, 0, 1, 1 } };
	const struct intake_month_line lines[] = {
		{ say(s, "P-2026-00017"), say(s, "Jembatan"), CHANNEL_LETTER, INTAKE_WATCHED,
		  sample_time("2026-11-24 09:10 WIB"), say(s, "2026-004187"), STATE_RECEIVED },
		{ .number = say(s, "P-2026-00018"), .channel = CHANNEL_LETTER, .state = INTAKE_REFUSED,
		  .received_at = sample_time("2026-11-25 09:10 WIB") },
	};
	struct intake_recap p = {
		.csrf = say(s, "0f0f"), .agency = say(s, "DPUPR"), .month = say(s, "November 2026"), .month_word = say(s, "2026-11"),
		.previous = say(s, "2026-10"), .next = say(s, "2026-12"), .previous_month = say(s, "Oktober 2026"),
		.next_month = say(s, "Desember 2026"), .now = sample_time("2026-12-01 08:00 WIB"), .may_record = true,
		.is_over = true, .sums = sums, .n_sums = 2, .lines = lines, .n_lines = 2, .cut_at = 500,
		.problem = say(s, "Sudah dicatat orang lain") };

	page_begin(s, "Rekapitulasi", true);
	view_intake_recap(&s->out, &p);
	page_end(s, "intake_recap");
	p.is_recorded = true;
	p.made_at = sample_time("2026-12-01 08:00 WIB");
	p.made_by = say(s, "Rina");
	page_begin(s, "Rekapitulasi", true);
	view_intake_recap(&s->out, &p);
	page_end(s, "intake_recap_recorded");
}

static void form(struct samples *s)
{
	struct desk_option o[] = { { say(s, "1"), say(s, "Pengintegrasian (tjt-22)"), true, false },
				   { say(s, "2"), say(s, "Tindak lanjut (tjt-25)"), false, false } };
	const char *bad = say(s, "Bagian ini harus diisi");
	struct intake_page p = {
		.csrf = say(s, "0f0f"), .key = say(s, "kunci"), .action = path_of(s, "/meja/penerimaan/baru"),
		.heading = say(s, "Catat penerimaan"), .lead = say(s, "Tulis seperti yang disampaikan"),
		.button = say(s, "Simpan"), .contact_hint = say(s, "Kontak ikut"), .answer_hint = say(s, "Bila sudah selesai"),
		.back_href = path_of(s, "/meja/penerimaan"), .back_text = say(s, "Penerimaan"), .asks_channel = true,
		.asks_reception = true, .takes_files = true, .takes_answer = true, .sops = { o, 2 }, .version = 3,
		.channels = { o, 1 }, .kinds = { o, 1 }, .categories = { o, 1 }, .regions = { o, 2 },
		.channel_note = say(s, "Surat"), .answer = say(s, "\nSudah"), .received_day = say(s, "1"),
		.received_month = say(s, "2"), .received_year = say(s, "2026"), .visibility = VISIBILITY_SECRET,
		.error = { .received = bad, .channel_note = bad, .answer = bad, .category = bad }, .n_errors = 4 };

	page_begin(s, "Catat penerimaan", true);
	view_intake(&s->out, &p);
	page_end(s, "intake_new");
}

void pages_intake(struct samples *s)
{
	list(s);
	item(s);
	recap(s);
	form(s);
}
