/* SPDX-License-Identifier: Apache-2.0 */
#include "pages.h"

#include "tmpl_periodic.h"

static struct periodic_form sample_form(const struct samples *s)
{
	static struct periodic_group groups[2];

	groups[0] = (struct periodic_group){ 4, say(s, "Dinas Perhubungan"), 20, 18, 15, 5, 1, 2 };
	groups[1] = (struct periodic_group){ 0, "", 4, 0, 0, 4, 0, 0 };
	return (struct periodic_form){
		.agency = { 2 }, .agency_name = say(s, "Pemerintah Kabupaten Mekar Jaya"),
		.government = say(s, "Pemerintah Kabupaten Mekar Jaya"), .office = say(s, "Dinas Komunikasi dan Informatika"),
		.first = day_from_civil(2026, 7, 1), .last = day_from_civil(2026, 9, 30),
		.compiled_at = sample_time("2026-10-01 09:00 WIB"), .rule = say(s, "tjt-24@1"), .received = 24,
		.by_channel = { [CHANNEL_WEB] = 20, [CHANNEL_LETTER] = 4 },
		.by_class = { [CLASS_NONE] = 1, [CLASS_COMPLAINT] = 23 },
		.categories = { groups, 2, 2 }, .opds = { groups, 2, 2 }, .accounts = { groups, 1, 2 },
		.stage = { { 20, 18, 2, 1 }, { 20, 20, 0, 0 }, { 19, 18, 1, 2 }, { 18, 18, 0, 1 }, { 15, 15, 0, 1 } },
		.open = 9, .late = 1, .carried_open = 3, .carried_late = 2, .returned_up = 1, .returned_by_opd = 2,
		.flagged = 1, .rated = 3, .rating_sum = 11, .deviations = 2, .accounts_open = 1, .accounts_in_review = 1,
		.words = { say(s, "555/118/KOMINFO/2026"), say(s, "Sebagian besar selesai.\nDua belum."),
			   say(s, "Suku cadang."), say(s, "Stok minimum.") } };
}

static struct periodic_paper sample_paper(const struct samples *s, const struct periodic_form *form)
{
	const struct instant at = sample_time("2026-10-05 09:00 WIB");

	return (struct periodic_paper){
		.form = form, .period = say(s, "Triwulan III 2026"),
		.letter = { say(s, "555/119"), say(s, "Dengan hormat,\nterlampir laporan."), say(s, "Nurhayati"), at },
		.section = { ROLE_SECTION_HEAD, say(s, "Agus Setiawan"), at },
		.division = { ROLE_DIVISION_HEAD, say(s, "Nurhayati"), at },
		.office = { ROLE_OFFICE_HEAD, say(s, "Bambang Prakoso"), at },
		.is_signed = true, .version = 2, .code = say(s, "9F2C-41D0-77AB-03EE-B71E"), .digest = say(s, "9f2c41d077ab03ee"),
		.check_url = say(s, "https://lapor.example.go.id/berkala/periksa") };
}

static struct periodic_page sample_page(const struct samples *s, const struct periodic_paper *paper)
{
	static struct periodic_version_line versions[2];
	static struct periodic_event_line events[2];
	const struct instant at = sample_time("2026-10-05 09:00 WIB");
	struct periodic_page p = {
		.csrf = say(s, "0f0f"), .key = say(s, "2026-07_2026-09"), .period = say(s, "Triwulan III 2026"),
		.state = PERIODIC_DIVISION_CHECKED, .holder = ROLE_DIVISION_HEAD,
		.due = { true, TONE_SOON, LIMIT_MINUTES, 5, false, true, at }, .step = say(s, "tjt-24#7"), .seq = 7, .version = 2,
		.is_mine = true, .paper = paper,
		.deeds = { { "pengantar", MSG_periodic_do_cover, MSG_periodic_do_cover_hint, PERIODIC_FORM_LETTER, true },
			   { "kembalikan", MSG_periodic_do_return, MSG_periodic_do_return_section_hint, PERIODIC_FORM_REASON,
			     false } },
		.n_deeds = 2, .typed = { "", "", "", "" }, .typed_number = say(s, "555/119"), .typed_note = say(s, "Terlampir"),
		.refused = say(s, "Tulis alasannya."), .refused_at = say(s, "kembalikan"), .voided = 1, .versions = versions,
		.n_versions = 2, .events = events, .n_events = 2 };

	versions[0] = (struct periodic_version_line){ 2, say(s, "Rahmat"), at, true };
	versions[1] = (struct periodic_version_line){ 1, NULL, at, false };
	events[0] = (struct periodic_event_line){ MSG_task_periodic_return, ROLE_DIVISION_HEAD, say(s, "Nurhayati"), at, 2, true,
						  NULL, say(s, "Lengkapi") };
	events[1] = (struct periodic_event_line){ MSG_periodic_what_open, ROLE_SYSTEM, NULL, at, 0, false, NULL, NULL };
	for (int i = 0; i < PERIODIC_OFFICES; i++)
		p.offices[i] = (struct periodic_office){ (enum role[]){ ROLE_AGENCY_ADMIN, ROLE_SECTION_HEAD, ROLE_DIVISION_HEAD,
									ROLE_OFFICE_HEAD, ROLE_REGENT }[i],
							 i < 4 ? say(s, "Nama") : NULL,
							 i < 2 ? PERIODIC_DONE : i == 2 ? PERIODIC_NOW : PERIODIC_LATER,
							 MSG_periodic_done_initialled, at };
	return p;
}

static void list(struct samples *s)
{
	struct periodic_row row = { say(s, "2026-07_2026-09"), say(s, "Triwulan III 2026"), PERIODIC_AT_SECTION,
				    ROLE_SECTION_HEAD, { 0 } };
	struct periodic_row old = { say(s, "2026-04_2026-06"), say(s, "Triwulan II 2026"), PERIODIC_ARCHIVED, ROLE_NONE, { 0 } };
	struct periodic_list p = { .csrf = say(s, "0f0f"), .begin = say(s, "Triwulan III 2026"), .mine = &row, .n_mine = 1,
				   .rows = &old, .n_rows = 1, .next_href = path_of(s, "/meja/berkala?sebelum=2026-04-01"),
				   .problem = say(s, "Formulir kedaluwarsa.") };

	page_begin(s, "Laporan periodik", true);
	view_periodic_list(&s->out, &p);
	page_end(s, "periodic_list");
}

void pages_periodic(struct samples *s)
{
	struct periodic_form form = sample_form(s);
	struct periodic_paper paper = sample_paper(s, &form);
	struct periodic_page page = sample_page(s, &paper);
	struct periodic_check check = { .typed = say(s, "9F2C-41D0-77AB-03EE-B71E"), .was_asked = true, .is_found = true,
					.agency = say(s, "Pemerintah Kabupaten Mekar Jaya"), .period = say(s, "Triwulan III 2026"),
					.code = say(s, "9F2C-41D0-77AB-03EE-B71E"), .digest = say(s, "9f2c41d0"),
					.signed_at = sample_time("2026-10-05 09:00 WIB"), .version = 2, .form = &form };

	list(s);
	page_begin(s, "Triwulan III 2026", true);
	view_periodic(&s->out, &page);
	page_end(s, "periodic");
	page_begin(s, "Triwulan III 2026", true);
	view_periodic_print(&s->out, page.key, &paper);
	page_end(s, "periodic_print");
	page_begin(s, "Periksa laporan periodik", false);
	view_periodic_check(&s->out, &check);
	page_end(s, "periodic_check");
}
