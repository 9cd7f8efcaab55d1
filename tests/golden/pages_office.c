/* SPDX-License-Identifier: Apache-2.0 */
#include "pages.h"

#include "tmpl_office_intake.h"
#include "tmpl_office_login.h"
#include "tmpl_office_settings.h"

static void login(struct samples *s)
{
	struct login_page p = { .csrf = say(s, "0f0f"),
				.login = say(s, "rahmat"),
				.next = path_of(s, "/meja"),
				.problem = say(s, "Kata sandi salah.") };
	struct own_session sessions[] = { { say(s, "0a"), sample_time("2026-11-20 08:00 WIB"),
					    sample_time("2026-11-20 14:00 WIB"), true },
					  { say(s, "0b"), sample_time("2026-11-19 08:00 WIB"),
					    sample_time("2026-11-19 14:00 WIB"), false } };
	struct own_account own = { .csrf = say(s, "0f0f"),
				   .name = say(s, "Rahmat Hidayat"),
				   .login = say(s, "rahmat"),
				   .email = say(s, "rahmat@contoh.id"),
				   .agency = say(s, "Kabupaten Mekar Jaya"),
				   .role = ROLE_AGENCY_ADMIN,
				   .sessions = sessions,
				   .n_sessions = 2,
				   .problem = say(s, "Kata sandi lama salah.") };

	page_begin(s, "Masuk", false);
	view_login(&s->out, &p);
	page_end(s, "login");
	page_begin(s, "Akun saya", true);
	view_own_account(&s->out, &own);
	page_end(s, "account");
}

static void intake(struct samples *s)
{
	struct desk_option o[] = { { say(s, "surat"), say(s, "surat"), true, false } };
	const char *bad = say(s, "Bagian ini harus diisi");
	struct intake_page p = { .csrf = say(s, "0f0f"),
				 .action = "/meja/manual",
				 .heading = say(s, "Kanal manual"),
				 .lead = say(s, "Untuk laporan lewat surat"),
				 .button = say(s, "Simpan"),
				 .contact_hint = say(s, "Kode tampil sekali"),
				 .asks_channel = true,
				 .key = say(s, "kunci"),
				 .channels = { o, 1 },
				 .kinds = { o, 1 },
				 .categories = { o, 1 },
				 .regions = { o, 1 },
				 .title = say(s, "Lampu"),
				 .body = say(s, "\nMati"),
				 .place = say(s, "Jalan"),
				 .name = say(s, "Sri"),
				 .email = say(s, "sri@contoh.id"),
				 .phone = say(s, "0812"),
				 .day = say(s, "1"),
				 .month = say(s, "2"),
				 .year = say(s, "2026"),
				 .visibility = VISIBILITY_OPEN,
				 .error = { bad, bad, bad, bad, bad, bad, bad, bad, bad, bad },
				 .problem = bad,
				 .n_errors = 10 };
	struct intake_done done = { .number = say(s, "2026-004187"), .code = say(s, "K7QM-4XTD-9P"),
				    .next_href = "/meja/manual", .next_text = say(s, "Berikutnya") };

	page_begin(s, "Kanal manual", true);
	view_intake(&s->out, &p);
	page_end(s, "intake");
	page_begin(s, "Kanal manual", true);
	view_intake_done(&s->out, &done);
	page_end(s, "intake_done");
}

static void settings(struct samples *s)
{
	struct desk_option o[] = { { say(s, "liaison"), say(s, "Pejabat Penghubung"), true, false } };
	struct office_agency nodes[] = { { 2, say(s, "Dinas Perhubungan"), say(s, "Dishub"),
					   say(s, "dishub@contoh.id"), LEVEL_OPD, true, false },
					 { 3, say(s, "Dinas Lama"), say(s, "Lama"), NULL, LEVEL_OPD, false,
					   true } };
	struct office_account people[] = { { 1, say(s, "rahmat"), say(s, "Rahmat"), say(s, "r@contoh.id"),
					     ROLE_AGENCY_ADMIN, true, true },
					   { 2, say(s, "dewi"), say(s, "Dewi"), NULL, ROLE_LIAISON, false,
					     false } };
	struct office_holiday days[] = { { day_from_civil(2026, 12, 25), say(s, "2026-12-25"), say(s, ""),
					   say(s, "Hari Raya Natal"), say(s, "SKB 3 Menteri"), 1 } };
	struct office_page p = { .csrf = say(s, "0f0f"),
				 .may_holidays = true,
				 .may_agencies = true,
				 .problem = say(s, "Nama sudah dipakai"),
				 .above = nodes,
				 .n_above = 1,
				 .here = nodes[0],
				 .below = nodes,
				 .n_below = 2,
				 .may_add_below = true,
				 .accounts = people,
				 .n_accounts = 2,
				 .roles = { o, 1 },
				 .typed_login = say(s, "dewi"),
				 .typed_name = say(s, "Dewi"),
				 .typed_email = say(s, "d@contoh.id"),
				 .typed_short = say(s, "D"),
				 .new_login = say(s, "dewi"),
				 .new_password = say(s, "sandi-sekali"),
				 .year = 2026,
				 .year_text = say(s, "2026"),
				 .holidays = days,
				 .n_holidays = 1,
				 .typed_day = say(s, "2026-12-25"),
				 .typed_source = say(s, "SKB"),
				 .holiday_kinds = { o, 1 },
				 .is_without_decree = true };
	static const char *const names[] = { "settings_accounts", "settings_agencies", "settings_sops", "settings_holidays" };

	for (int tab = OFFICE_ACCOUNTS; tab <= OFFICE_HOLIDAYS; tab++) {
		p.tab = (enum office_tab)tab;
		page_begin(s, "Pengaturan", true);
		view_office(&s->out, &p);
		page_end(s, names[tab]);
	}
}

void pages_office(struct samples *s)
{
	login(s);
	intake(s);
	settings(s);
}
