/* SPDX-License-Identifier: Apache-2.0 */
#include "pages.h"

#include "tmpl_desk_inbox.h"
#include "tmpl_desk_report.h"

static struct desk_due due(enum clock_tone tone, int left)
{
	return (struct desk_due){ .is_set = true,
				  .tone = tone,
				  .unit = LIMIT_WORKDAYS,
				  .left = left,
				  .at = sample_time("2026-11-20 16:00 WIB") };
}

static struct desk_options options(const struct samples *s, struct desk_option *all)
{
	all[0] = (struct desk_option){ say(s, "satu"), say(s, "Pilihan satu"), true, false };
	all[1] = (struct desk_option){ say(s, "dua"), say(s, "Pilihan dua"), false, true };
	return (struct desk_options){ all, 2 };
}

static void fill_queues(const struct samples *s, struct desk_inbox *p)
{
	for (int i = 0; i < DESK_LISTS; i++)
		p->queues[i] = (struct desk_queue){ .list = (enum desk_list)i,
						    .name = say(s, "Antrean"),
						    .href = path_of(s, "/meja?daftar=antrean"),
						    .n = i == 3 ? -1 : i * 50,
						    .is_more = i == 4,
						    .is_current = i == 0,
						    .is_shown = i != 5 };
}

static void inbox(struct samples *s)
{
	static const enum state states[] = { STATE_RECEIVED, STATE_AT_OPD, STATE_PENDING, STATE_ANSWERED,
					     STATE_CLOSED };
	static const enum clock_tone tones[] = { TONE_CALM, TONE_SOON, TONE_LATE, TONE_PAUSED, TONE_DONE };
	struct desk_option all[2];
	struct desk_row rows[ARRAY_LEN(states)];
	struct desk_options list = options(s, all);
	struct desk_inbox p = { .list_name = say(s, "Perlu tindakan"),
				.list_word = say(s, "tindakan"),
				.now = sample_time("2026-11-20 14:05 WIB"),
				.overdue = 3,
				.due_today = 600,
				.q = say(s, "lampu"),
				.states = list,
				.categories = list,
				.holders = list,
				.regions = list,
				.sorts = list,
				.has_filters = true,
				.clear_href = path_of(s, "/meja"),
				.rows = rows,
				.n_rows = ARRAY_LEN(rows),
				.next_href = path_of(s, "/meja?sesudah=5"),
				.first_href = path_of(s, "/meja"),
				.watched_href = path_of(s, "/meja?daftar=dipantau") };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		rows[i] = (struct desk_row){ .number = say(s, "2026-004187"),
					     .title = say(s, "Lampu jalan mati"),
					     .excerpt = say(s, "Sejak tiga minggu…"),
					     .holder = say(s, "Dinas Perhubungan"),
					     .category = i > 0 ? say(s, "Penerangan jalan") : NULL,
					     .channel = CHANNEL_WEB,
					     .state = states[i],
					     .visibility = (enum visibility)(i % 3 + 1),
					     .due = due(tones[i], (int)i - 2),
					     .is_escalated = i == 1,
					     .is_blocked = i == 2,
					     .closed_at = sample_time("2026-11-19 08:00 WIB") };
	fill_queues(s, &p);
	page_begin(s, "Kotak masuk", true);
	view_desk_inbox(&s->out, &p);
	page_end(s, "inbox");
	p.n_rows = 0;
	page_begin(s, "Kotak masuk", true);
	view_desk_inbox(&s->out, &p);
	page_end(s, "inbox_empty");
}

static size_t files(const struct samples *s, struct desk_file *ret)
{
	ret[0] = (struct desk_file){ .id = 1,
				     .name = say(s, "tiang.jpg"),
				     .kind = say(s, "JPEG"),
				     .size_bytes = 215040,
				     .audience = AUDIENCE_REPORTER };
	return 1;
}

static struct desk_message message(const struct samples *s, enum action action, const struct desk_file *f)
{
	return (struct desk_message){ .author = say(s, "Dewi Lestari"),
				      .author_agency = say(s, "Dinas Perhubungan"),
				      .role = ROLE_LIAISON,
				      .action = action,
				      .at = sample_time("2026-11-18 10:20 WIB"),
				      .reason = say(s, "Sesuai tugas"),
				      .text = say(s, "Sudah diganti.\nTerima kasih."),
				      .files = f,
				      .n_files = 1 };
}

static struct desk_report base_report(const struct samples *s)
{
	return (struct desk_report){
		.csrf = say(s, "0f0f"),
		.number = say(s, "2026-004187"),
		.title = say(s, "Lampu jalan mati"),
		.version = 4,
		.back_href = path_of(s, "/meja"),
		.back_text = say(s, "Verifikasi"),
		.state = STATE_RECEIVED,
		.kind = KIND_COMPLAINT,
		.class = CLASS_COMPLAINT,
		.visibility = VISIBILITY_SECRET,
		.asked_visibility = VISIBILITY_ANONYMOUS,
		.channel = CHANNEL_WEB,
		.received_at = sample_time("2026-11-09 19:42 WIB"),
		.due = due(TONE_SOON, 1),
		.is_escalated = true,
		.is_blocked = true,
		.transfers = 2,
		.shows_original = true,
		.original_title = say(s, "lampu mati"),
		.public_title = say(s, "Lampu jalan mati"),
		.public_text = say(s, "Mati tiga minggu.\nGelap."),
		.private_found = 3,
		.reporter = say(s, "S*** W***"),
		.reporter_email = say(s, "s***@contoh.id"),
		.reporter_phone = say(s, "0812****7890"),
		.place = say(s, "Jalan Diponegoro"),
		.region = say(s, "Karangsari"),
		.category = say(s, "Penerangan jalan"),
		.holder = say(s, "Dinas Perhubungan"),
		.asked_agency = say(s, "Dinas Perhubungan"),
		.taker = say(s, "Rahmat Hidayat"),
		.happened_on = day_from_civil(2026, 10, 27),
		.has_happened_on = true,
		.rating = 4,
	};
}

static struct desk_verify verify(const struct samples *s, struct desk_options list)
{
	return (struct desk_verify){ .is_shown = true,
				     .can_dispose = true,
				     .title = say(s, "Lampu jalan mati"),
				     .body = say(s, "Mati tiga minggu."),
				     .note = say(s, "Segera"),
				     .categories = list,
				     .classes = list,
				     .targets = list,
				     .asked = VISIBILITY_ANONYMOUS,
				     .relevant = true,
				     .private_found = 3,
				     .problem = say(s, "Pilih sifat laporan") };
}

static struct desk_action action(const struct samples *s, struct desk_options list, enum action a)
{
	return (struct desk_action){ .action = a,
				     .word = action_word(a),
				     .title = say(s, "Arsipkan"),
				     .hint = say(s, "Dengan alasan"),
				     .note_label = say(s, "Penjelasan"),
				     .button = say(s, "Arsipkan"),
				     .reasons = list,
				     .targets = list,
				     .visibilities = list,
				     .classes = list,
				     .categories = list,
				     .note_need = TEXT_REQUIRED,
				     .takes_files = true,
				     .is_grave = true,
				     .is_open = true,
				     .note = say(s, "Tidak relevan"),
				     .problem = say(s, "Pilih alasannya") };
}

static void report(struct samples *s)
{
	struct desk_option all[2];
	struct desk_options list = options(s, all);
	struct desk_file f[1];
	struct desk_piece pieces[] = { { say(s, "lampu mati, hp saya "), false },
				       { say(s, "0812****7890"), true } };
	struct desk_due late = due(TONE_LATE, -2);
	struct desk_node child = { .agency = say(s, "Dinas Perhubungan"),
				   .since = sample_time("2026-11-11 09:58 WIB"),
				   .outcome = DESK_HERE,
				   .due = &late };
	struct desk_node tree = { .agency = say(s, "Admin Nasional"),
				  .actor = say(s, "Ani"),
				  .outcome = DESK_PASSED,
				  .since = sample_time("2026-11-09 19:42 WIB"),
				  .until = sample_time("2026-11-11 09:58 WIB"),
				  .days = 2,
				  .child = &child };
	struct desk_clock clocks[] = { { .kind = CLOCK_FOLLOW_UP,
					 .tone = TONE_SOON,
					 .unit = LIMIT_WORKDAYS,
					 .used = 4,
					 .total = 5,
					 .left = 1,
					 .limit_n = 5,
					 .paused_wd = 1,
					 .start_on = day_from_civil(2026, 11, 11),
					 .due_on = day_from_civil(2026, 11, 18),
					 .due_at = sample_time("2026-11-18 16:00 WIB"),
					 .due = due(TONE_SOON, 1),
					 .sentence = say(s, "Dihitung 5 hari kerja sesudah Rabu, 11 November 2026.") } };
	struct desk_twin twins[] = { { say(s, "2026-003544"), say(s, "Lampu mati"),
				       sample_time("2026-10-12 08:00 WIB"), STATE_CLOSED, 82 } };
	struct desk_log log[] = { { .what = say(s, "Diverifikasi"),
				    .who = say(s, "Rahmat"),
				    .role = ROLE_AGENCY_ADMIN,
				    .at = sample_time("2026-11-10 08:55 WIB"),
				    .to = say(s, "Dinas Perhubungan"),
				    .reason = say(s, "Sesuai tugas") } };
	struct desk_message talk[] = { message(s, ACT_ANSWER, f), message(s, ACT_REPLY, f) };
	struct desk_action actions[] = { action(s, list, ACT_ARCHIVE), action(s, list, ACT_ANSWER) };
	struct desk_report p = base_report(s);
	struct desk_transfer moves[] = {
		{ ACT_RETURN_UP, say(s, "Kabupaten Lain"), say(s, "Nasional"), say(s, "Bukan wewenang"), say(s, "Bukan wilayah kami."),
		  sample_time("2026-11-10 09:00 WIB") },
		{ ACT_RETURN_UP, say(s, "Mekar Jaya"), say(s, "Nasional"), say(s, "Bukan wewenang"), say(s, "Jalan nasional."),
		  sample_time("2026-11-11 09:00 WIB") },
	};
	struct desk_transfers around = { .moves = moves, .n_moves = 2, .pleas = moves, .n_pleas = 2, .count = 2, .limit = 2,
					 .is_stuck = true, .may_arbitrate = true };

	files(s, f);
	p.original = (struct desk_text){ pieces, 2 };
	p.verify = verify(s, list);
	p.tree = &tree;
	p.sent_around = &around;
	p.clocks = clocks, p.n_clocks = 1;
	p.twins = twins, p.n_twins = 1;
	p.log = log, p.n_log = 1;
	p.talk = talk, p.n_talk = 2;
	p.notes = talk, p.n_notes = 1;
	p.files = f, p.n_files = 1;
	p.actions = actions, p.n_actions = 2;
	page_begin(s, "Lampu jalan mati", true);
	view_desk_report(&s->out, &p);
	page_end(s, "desk_verify");
	p.verify.is_shown = false;
	p.state = STATE_AT_OPD;
	p.can_edit = p.shows_internal = p.internal_tab = p.can_note = p.can_reveal = p.is_public = true;
	p.edit_title = say(s, "Lampu jalan mati"), p.edit_body = say(s, "Mati."),
	p.edit_problem = say(s, "Terlalu singkat");
	p.note_typed = say(s, "Catatan"), p.note_problem = say(s, "Tulis dahulu");
	p.reveal_reasons = list, p.reveal_problem = say(s, "Pilih alasannya"),
	p.reveal_note = say(s, "Menghubungi");
	p.conflict = say(s, "Baru saja diubah orang lain"), p.problem = say(s, "Tidak bisa sekarang");
	p.lost_title = say(s, "Jawaban"), p.lost_text = say(s, "Tulisan yang tersisa");
	page_begin(s, "Lampu jalan mati", true);
	view_desk_report(&s->out, &p);
	page_end(s, "desk_report");
}

void pages_desk(struct samples *s)
{
	inbox(s);
	report(s);
}
