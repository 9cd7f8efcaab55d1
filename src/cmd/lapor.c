/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/lapor.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/parse.h"
#include "base/utf8.h"

static const char *const headers[LAPOR_COLUMNS] = {
	[LAPOR_ID] = LAPOR_FIRST_HEADER,
	[LAPOR_DATE] = "Tanggal Laporan Masuk",
	[LAPOR_TIME] = "Waktu Laporan Masuk",
	[LAPOR_NAME] = "Nama Pelapor",
	[LAPOR_CLASS] = "Klasifikasi Laporan",
	[LAPOR_CATEGORY_ID] = "ID Kategori",
	[LAPOR_CATEGORY] = "Kategori",
	[LAPOR_TITLE] = "Judul Laporan",
	[LAPOR_BODY] = "Isi Laporan Awal",
	[LAPOR_PUBLIC_BODY] = "Isi Laporan Akhir",
	[LAPOR_TYPE] = "Tipe Laporan (Anonim/Rahasia)",
	[LAPOR_SOURCE] = "Sumber Laporan",
	[LAPOR_PARENT] = "Instansi Induk",
	[LAPOR_AGENCY_ID] = "ID Instansi Terdisposisi",
	[LAPOR_AGENCY] = "Instansi Terdisposisi",
	[LAPOR_STATUS] = "Status Laporan",
	[LAPOR_REASON] = "Alasan Tunda/Arsip",
	[LAPOR_PROVINCE] = "Provinsi",
	[LAPOR_REGENCY] = "Kota/Kabupaten",
	[LAPOR_DISTRICT] = "Kecamatan",
	[LAPOR_VILLAGE] = "Kelurahan",
	[LAPOR_DECREE] = "Nomor SK",
	[LAPOR_DECREE_URL] = "Url SK",
	[LAPOR_ANNUAL_URL] = "Url Dokumen Laporan Tahunan",
	[LAPOR_SETWAPRES] = "Laporan yang Masuk melalui Kanal Aduan Setwapres",
	[LAPOR_RATING] = "Rating",
};

/* Without these a row cannot become a report. */
static const enum lapor_column needed[] = { LAPOR_ID, LAPOR_DATE, LAPOR_BODY, LAPOR_STATUS };

const char *lapor_header(enum lapor_column column)
{
	return headers[column];
}

/* Equal but for case, blanks and punctuation: "Kota / kabupaten" is "Kota/Kabupaten". */
static bool same_words(const char *a, const char *b)
{
	for (;;) {
		while (*a && !isalnum((unsigned char)*a))
			a++;
		while (*b && !isalnum((unsigned char)*b))
			b++;
		if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
			return false;
		if (*a == '\0')
			return true;
		a++;
		b++;
	}
}

bool lapor_map_header(const struct sheet_row *header, struct lapor_map *ret, const char **ret_missing)
{
	for (int column = 0; column < LAPOR_COLUMNS; column++) {
		ret->at[column] = -1;
		for (size_t i = 0; i < header->n && ret->at[column] < 0; i++)
			if (same_words(header->cell[i].text, headers[column]))
				ret->at[column] = (int)i;
	}
	/* Some files call it by its short name. */
	for (size_t i = 0; i < header->n && ret->at[LAPOR_TYPE] < 0; i++)
		if (same_words(header->cell[i].text, "Tipe Laporan"))
			ret->at[LAPOR_TYPE] = (int)i;
	for (size_t i = 0; i < ARRAY_LEN(needed); i++) {
		if (ret->at[needed[i]] < 0) {
			*ret_missing = headers[needed[i]];
			return false;
		}
	}
	return true;
}

struct word {
	const char *text;
	int value;
};

static const struct word class_words[] = {
	{ "Pengaduan Berkadar Pengawasan", CLASS_COMPLAINT_OVERSIGHT },
	{ "Pengaduan Tidak Berkadar Pengawasan", CLASS_COMPLAINT },
	{ "Aspirasi", CLASS_ASPIRATION },
	{ "Permintaan Informasi", CLASS_INFORMATION },
	{ "Pengaduan", CLASS_COMPLAINT },
	{ "", CLASS_NONE },
};

static const struct word channel_words[] = {
	{ "Website", CHANNEL_WEB }, { "SMS", CHANNEL_SMS }, { "Whatsapp", CHANNEL_WHATSAPP },
	{ "Email Instansi", CHANNEL_EMAIL }, { "Pos Surat", CHANNEL_LETTER }, { "Tatap Muka", CHANNEL_COUNTER },
	{ "Hotline Service", CHANNEL_HOTLINE }, { "Instagram", CHANNEL_INSTAGRAM }, { "Facebook", CHANNEL_FACEBOOK },
	{ "Twitter", CHANNEL_X }, { "Android", CHANNEL_ANDROID }, { "ios", CHANNEL_IOS },
	{ "Website Institusi", CHANNEL_OTHER_WEB }, { "API", CHANNEL_API },
	{ "Call Center", CHANNEL_HOTLINE }, { "Email", CHANNEL_EMAIL }, { "X", CHANNEL_X }, { "Surat", CHANNEL_LETTER },
	{ "", CHANNEL_WEB },
};

/* What a status means. "Selesai otomatis dalam N hari" is looked for apart. */
static const struct {
	const char *text;
	enum state state;
	enum closer closer;
	bool is_blocked;
} statuses[] = {
	{ "Belum Terverifikasi", STATE_RECEIVED, CLOSER_NONE, false },
	{ "Menunggu Kelengkapan Informasi", STATE_PENDING, CLOSER_NONE, false },
	{ "Tunda", STATE_PENDING, CLOSER_NONE, false },
	{ "Tertunda", STATE_PENDING, CLOSER_NONE, false },
	{ "Terverifikasi", STATE_VERIFIED, CLOSER_NONE, false },
	{ "Terdisposisi", STATE_AT_OPD, CLOSER_NONE, false },
	{ "Terdisposisi Belum Ditindaklanjuti", STATE_AT_OPD, CLOSER_NONE, false },
	{ "Belum Ditindaklanjuti", STATE_AT_OPD, CLOSER_NONE, false },
	{ "Terdisposisi Sedang Diproses", STATE_IN_PROGRESS, CLOSER_NONE, false },
	{ "Sedang Diproses", STATE_IN_PROGRESS, CLOSER_NONE, false },
	{ "Ditanggapi oleh Pelapor", STATE_IN_PROGRESS, CLOSER_NONE, false },
	{ "Ditindaklanjuti oleh Instansi", STATE_ANSWERED, CLOSER_NONE, false },
	{ "Ditindaklanjuti", STATE_ANSWERED, CLOSER_NONE, false },
	{ "Ditutup oleh Sistem", STATE_CLOSED, CLOSED_BY_SYSTEM, false },
	{ "Ditutup oleh Admin", STATE_CLOSED, CLOSED_BY_ADMIN, false },
	{ "Ditutup oleh Pelapor", STATE_CLOSED, CLOSED_BY_REPORTER, false },
	{ "Terdisposisi Selesai", STATE_CLOSED, CLOSED_BY_SYSTEM, false },
	{ "Selesai", STATE_CLOSED, CLOSED_BY_SYSTEM, false },
	{ "Diarsipkan oleh Admin", STATE_ARCHIVED, CLOSED_BY_ADMIN, false },
	{ "Diarsipkan oleh Sistem", STATE_ARCHIVED, CLOSED_BY_SYSTEM, false },
	{ "Diarsipkan oleh Pelapor", STATE_ARCHIVED, CLOSED_BY_REPORTER, false },
	{ "Arsip", STATE_ARCHIVED, CLOSED_BY_ADMIN, false },
	{ "Konten Terblokir", STATE_ARCHIVED, CLOSED_BY_ADMIN, true },
};

static bool find_word(const struct word *words, size_t n, const char *text, int *ret)
{
	for (size_t i = 0; i < n; i++) {
		if (same_words(words[i].text, text)) {
			*ret = words[i].value;
			return true;
		}
	}
	return false;
}

static const char *word_of(const struct word *words, size_t n, int value)
{
	for (size_t i = 0; i < n; i++)
		if (words[i].value == value)
			return words[i].text;
	return "";
}

const char *lapor_class_name(enum class_ class)
{
	return word_of(class_words, ARRAY_LEN(class_words), (int)class);
}

const char *lapor_channel_name(enum channel channel)
{
	return word_of(channel_words, ARRAY_LEN(channel_words), (int)channel);
}

const char *lapor_status_name(enum state state, enum closer closer, bool is_blocked)
{
	if (is_blocked)
		return "Konten Terblokir";
	switch (state) {
	case STATE_NONE: break;
	case STATE_RECEIVED:
	case STATE_AT_AGENCY: return "Belum Terverifikasi";
	case STATE_VERIFIED:
	case STATE_AGENCY_VERIFIED: return "Terverifikasi";
	case STATE_AT_OPD:
	case STATE_AT_UNIT: return "Terdisposisi Belum Ditindaklanjuti";
	case STATE_IN_PROGRESS: return "Terdisposisi Sedang Diproses";
	case STATE_ANSWERED: return "Ditindaklanjuti oleh Instansi";
	case STATE_PENDING: return "Menunggu Kelengkapan Informasi";
	case STATE_CLOSED:
	case STATE_ARCHIVED:
		for (size_t i = 0; i < ARRAY_LEN(statuses); i++)
			if (statuses[i].state == state && statuses[i].closer == closer)
				return statuses[i].text;
		break;
	}
	return "";
}

const char *lapor_type_name(enum visibility visibility)
{
	switch (visibility) {
	case VISIBILITY_ANONYMOUS: return "Anonim";
	case VISIBILITY_SECRET: return "Rahasia";
	case VISIBILITY_OPEN:
	case VISIBILITY_NONE: break;
	}
	return "";
}

const char *lapor_archive_reason(enum closer closer)
{
	switch (closer) {
	case CLOSED_BY_ADMIN:
		return "Laporan diarsipkan karena Mengandung SARA, Tidak Memiliki Bukti Dukung, Tidak Jelas, dan Tidak "
		       "Relevan dengan Kinerja Pemerintah";
	case CLOSED_BY_SYSTEM: return "Laporan diarsipkan karena sudah mencapai batas kadaluarsa pengaduan.";
	case CLOSED_BY_REPORTER: return "Laporan diarsipkan sesuai dengan keinginan Pelapor";
	case CLOSER_NONE: break;
	}
	return "";
}

/* The apostrophe with which our own CSV keeps spreadsheet programs from calculating is taken off. */
static const char *text_at(const struct lapor_map *map, const struct sheet_row *row, enum lapor_column column)
{
	int i = map->at[column];
	const char *text = i >= 0 && (size_t)i < row->n ? row->cell[i].text : "";

	return text[0] == '\'' && text[1] != '\0' && strchr("=+-@", text[1]) ? text + 1 : text;
}

static struct cell cell_at(const struct lapor_map *map, const struct sheet_row *row, enum lapor_column column)
{
	int i = map->at[column];

	return i >= 0 && (size_t)i < row->n ? row->cell[i] : (struct cell){ .text = "" };
}

/* "9197446", "#9197446". */
static const char *read_id(const char *text)
{
	size_t n;

	if (*text == '#')
		text++;
	n = strlen(text);
	return n > 0 && n <= 18 && strspn(text, "0123456789") == n ? text : NULL;
}

static const char *read_when(const struct lapor_map *map, const struct sheet_row *row, struct lapor_row *ret)
{
	struct cell date = cell_at(map, row, LAPOR_DATE), time = cell_at(map, row, LAPOR_TIME);
	int64_t ms = 0;
	bool has_time;

	if (!lapor_parse_date(&date, &ret->received_at, &ms, &has_time))
		return "Tanggal Laporan Masuk is not a date like \"3 Jan 2026\"";
	if (!has_time)
		ms = 0;
	if (time.text[0] && !lapor_parse_time(&time, &ms))
		return "Waktu Laporan Masuk is not a time like \"02:05\"";
	ret->received_at.ms += ms;
	return NULL;
}

static bool contains_word(const char *text, const char *word)
{
	return strcasestr(text, word) != NULL;
}

/* "", "Anonim", "Rahasia", "Anonim|Rahasia". What is marked in a way we do not know is kept secret. */
static void read_type(const char *text, struct lapor_row *ret)
{
	ret->is_anonymous = contains_word(text, "anonim");
	ret->is_secret = contains_word(text, "rahasia") ||
			 (!ret->is_anonymous && text[strspn(text, " -")] != '\0');
}

/* "Website - kabupaten-x" is the web, through an agency's own address. */
static void read_source(const char *text, struct lapor_row *ret)
{
	int channel;

	ret->source = text;
	if (find_word(channel_words, ARRAY_LEN(channel_words), text, &channel))
		ret->channel = (enum channel)channel;
	else if (strncasecmp(text, "website", 7) == 0)
		ret->channel = CHANNEL_WEB;
	else
		ret->channel = CHANNEL_OTHER_WEB;
}

static bool read_status(const char *text, struct lapor_row *ret)
{
	ret->status = text;
	for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
		if (same_words(statuses[i].text, text)) {
			ret->state = statuses[i].state;
			ret->closer = statuses[i].closer;
			ret->is_blocked = statuses[i].is_blocked;
			return true;
		}
	}
	if (strncasecmp(text, "Selesai otomatis", 16) != 0)
		return false;
	ret->state = STATE_ANSWERED;
	return true;
}

/* Titles may be missing in old rows: then the text's beginning stands for it. */
static const char *read_title(struct arena *a, const char *title, const char *body)
{
	const char *line = utf8_clean(a, title, false);

	return line[0] ? line : utf8_clean(a, utf8_excerpt(a, body, 60), false);
}

static void read_texts(struct arena *a, const struct lapor_map *map, const struct sheet_row *row,
		       struct lapor_row *ret)
{
	ret->body = text_at(map, row, LAPOR_BODY);
	ret->public_body = text_at(map, row, LAPOR_PUBLIC_BODY);
	if (ret->body[0] == '\0')
		ret->body = ret->public_body;
	ret->title = read_title(a, text_at(map, row, LAPOR_TITLE), ret->body);
	ret->name = text_at(map, row, LAPOR_NAME);
	ret->category_id = text_at(map, row, LAPOR_CATEGORY_ID);
	ret->category = text_at(map, row, LAPOR_CATEGORY);
	ret->parent = text_at(map, row, LAPOR_PARENT);
	ret->agency_id = text_at(map, row, LAPOR_AGENCY_ID);
	ret->agency = text_at(map, row, LAPOR_AGENCY);
	ret->reason = text_at(map, row, LAPOR_REASON);
	ret->province = text_at(map, row, LAPOR_PROVINCE);
	ret->regency = text_at(map, row, LAPOR_REGENCY);
	ret->district = text_at(map, row, LAPOR_DISTRICT);
	ret->village = text_at(map, row, LAPOR_VILLAGE);
}

static bool is_yes(const char *text)
{
	return strcasecmp(text, "ya") == 0 || strcasecmp(text, "yes") == 0 || strcmp(text, "1") == 0 ||
	       strcasecmp(text, "true") == 0;
}

/* "4", "4.0", "4/5", "-": what is no whole star is no rating. */
static int read_rating(const char *text)
{
	return text[0] >= '1' && text[0] <= '5' && !isdigit((unsigned char)text[1]) ? text[0] - '0' : 0;
}

const char *lapor_read_row(struct arena *a, const struct lapor_map *map, const struct sheet_row *row,
			   struct lapor_row *ret)
{
	const char *problem;
	int class;

	*ret = (struct lapor_row){ 0 };
	if (row->damage)
		return row->damage;
	ret->id = read_id(text_at(map, row, LAPOR_ID));
	if (!ret->id)
		return "Tracking ID is not a number";
	problem = read_when(map, row, ret);
	if (problem)
		return problem;
	read_texts(a, map, row, ret);
	if (ret->body[0] == '\0')
		return "Isi Laporan Awal is empty";
	ret->class_name = text_at(map, row, LAPOR_CLASS);
	/* A class that we do not know is chosen anew by an officer; the row is good all the same. */
	if (find_word(class_words, ARRAY_LEN(class_words), ret->class_name, &class))
		ret->class = (enum class_)class;
	if (!read_status(text_at(map, row, LAPOR_STATUS), ret))
		return "Status Laporan is unknown";
	read_type(text_at(map, row, LAPOR_TYPE), ret);
	read_source(text_at(map, row, LAPOR_SOURCE), ret);
	ret->is_setwapres = is_yes(text_at(map, row, LAPOR_SETWAPRES));
	ret->rating = read_rating(text_at(map, row, LAPOR_RATING));
	return NULL;
}
