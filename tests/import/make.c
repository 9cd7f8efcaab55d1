/* SPDX-License-Identifier: Apache-2.0
 * Makes files in the form of LAPOR!'s export, for the tests of lapor import: with every status, type, channel and
 * oddity that is documented, and some rows that cannot be taken. Says on standard output what is in them.
 *
 * Usage: import_maker KIND COLUMNS ROWS OUT [TEXTS.tsv]
 *   KIND  xlsx, xlsx-inline (inline strings, dates as day numbers), csv, csv-semicolon-1252, csv-bom, bomb, entity
 *   TEXTS.tsv  other report texts: the last column of each line
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>
#include <zip.h>

#define COLUMNS 26
#define TEXTS_MAX 500

static const char *const headers[COLUMNS] = {
	"Tracking ID", "Tanggal Laporan Masuk", "Waktu Laporan Masuk", "Nama Pelapor", "Klasifikasi Laporan", "ID Kategori",
	"Kategori", "Judul Laporan", "Isi Laporan Awal", "Isi Laporan Akhir", "Tipe Laporan (Anonim/Rahasia)",
	"Sumber Laporan", "Instansi Induk", "ID Instansi Terdisposisi", "Instansi Terdisposisi", "Status Laporan",
	"Alasan Tunda/Arsip", "Provinsi", "Kota/Kabupaten", "Kecamatan", "Kelurahan", "Nomor SK", "Url SK",
	"Url Dokumen Laporan Tahunan", "Laporan yang Masuk melalui Kanal Aduan Setwapres", "Rating",
};
static const char *const statuses[] = {
	"Ditutup oleh Sistem", "Ditutup oleh Sistem", "Ditutup oleh Sistem", "Ditutup oleh Admin", "Ditutup oleh Pelapor",
	"Diarsipkan oleh Admin", "Diarsipkan oleh Sistem", "Diarsipkan oleh Pelapor", "Menunggu Kelengkapan Informasi",
	"Konten Terblokir", "Belum Terverifikasi", "Ditindaklanjuti oleh Instansi", "Ditanggapi oleh Pelapor",
	"Selesai otomatis dalam 7 hari", "Terdisposisi Belum Ditindaklanjuti", "Terdisposisi Sedang Diproses",
};
static const char *const classes[] = {
	"Pengaduan Berkadar Pengawasan", "Pengaduan Tidak Berkadar Pengawasan", "Aspirasi", "Permintaan Informasi", "",
};
static const char *const types[] = { "", "Anonim", "Rahasia", "Anonim|Rahasia" };
static const char *const sources[] = {
	"Website", "Website - pemerintah-kabupaten-Bandung", "Android", "ios", "SMS", "Whatsapp", "Hotline Service",
	"Call Center", "Instagram", "Facebook", "Email Instansi", "Website Institusi", "Tatap Muka", "Pos Surat",
};
static const char *const agencies[][2] = {
	{ "14637", "Dinas Pekerjaan Umum dan Tata Ruang Kab. Bandung" }, { "14647", "Dinas Sosial Kabupaten Bandung" },
	{ "14639", "Dinas Kesehatan Kab. Bandung" }, { "", "Dinas Kesehatan Kabupaten Bandung" },
	{ "14673", "Kecamatan Baleendah" }, { "12938", "Pemerintah Kabupaten Bandung" },
};
static const char *const categories[][2] = {
	{ "1397", "Jalan Berlubang" }, { "1461", "KTP (Kartu Tanda Penduduk)" }, { "", "Kesehatan" }, { "", "" },
	{ "99001", "Kategori Baru di LAPOR!" },
};
static const char *const months[12] = {
	"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
};
static const char *const own_texts[] = {
	"Lampu di simpang tiga padam sejak pekan lalu, mohon diperbaiki sebelum ada kecelakaan.",
	"Saluran depan rumah meluap, \"sudah tiga kali\" kami lapor ke RW; belum ada hasil.\n\nMohon dicek.",
	"Kuitansi retribusi tidak diberikan saat saya membayar di loket, padahal diminta.",
	"=SUM(A1:A9) adalah rumus yang muncul di formulir dinas, mohon penjelasan.",
	"Caf\xC3\xA9 di depan puskesmas memutar musik keras \xE2\x80\x9Chingga dini hari\xE2\x80\x9D.",
	"Saya usul ada jalur sepeda; jalan utama terlalu sempit, ramai, dan tanpa bahu.",
};

struct maker {
	const char *kind;
	int columns;
	bool is_csv, with_serials;
	char separator;
	FILE *csv;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *date, *time;
	lxw_row_t row;
	const char *text[TEXTS_MAX];
	size_t n_texts;
	char *file; /* of other texts */
	long bad, secret;
	long by_status[sizeof(statuses) / sizeof(statuses[0])];
};

/* UTF-8 to Windows-1252, for the few characters that the texts have. */
static void put_1252(FILE *f, const char *s)
{
	for (; *s; s++) {
		if ((unsigned char)*s == 0xC3) {
			putc((unsigned char)*++s + 0x40, f);
		} else if ((unsigned char)*s == 0xE2) {
			putc((unsigned char)s[2] == 0x9C ? 0x93 : 0x94, f);
			s += 2;
		} else {
			putc(*s, f);
		}
	}
}

static void put_cell(struct maker *m, int i, const char *s)
{
	char quoted[12000], *q = quoted;

	if (!m->is_csv) {
		worksheet_write_string(m->sheet, m->row, (lxw_col_t)i, s, NULL);
		return;
	}
	if (i > 0)
		putc(m->separator, m->csv);
	*q++ = '"';
	for (; *s && q < quoted + sizeof(quoted) - 4; s++) {
		if (*s == '"')
			*q++ = '"';
		*q++ = *s;
	}
	*q++ = '"';
	*q = '\0';
	if (strstr(m->kind, "1252"))
		put_1252(m->csv, quoted);
	else
		fputs(quoted, m->csv);
}

static void end_row(struct maker *m)
{
	if (m->is_csv)
		fputs("\r\n", m->csv);
	m->row++;
}

static void put_info(struct maker *m, const char *name, const char *value)
{
	put_cell(m, 0, name);
	put_cell(m, 1, value);
	end_row(m);
}

static void put_when(struct maker *m, long i, bool is_bad)
{
	int day = (int)(i % 28) + 1, month = (int)(i / 28 % 12), year = 2022 + (int)(i / 700 % 4);
	char text[32];

	if (m->with_serials && !is_bad) {
		lxw_datetime d = { year, month + 1, day, 0, 0, 0 };

		worksheet_write_datetime(m->sheet, m->row, 1, &d, m->date);
		worksheet_write_number(m->sheet, m->row, 2, (double)(i % 1440) / 1440, m->time);
		return;
	}
	snprintf(text, sizeof(text), "%d %s %d", day, months[month], year);
	if (is_bad)
		snprintf(text, sizeof(text), "kemarin");
	put_cell(m, 1, text);
	snprintf(text, sizeof(text), "%02d:%02d:%02d", (int)(i % 24), (int)(i % 60), (int)(i % 59));
	put_cell(m, 2, text);
}

/* One row in 400 has no number, one no date, one an unknown status. */
static void put_row(struct maker *m, long i)
{
	size_t status = (size_t)(i * 7 / 3) % (sizeof(statuses) / sizeof(statuses[0]));
	const char *const *agency = agencies[i / 2 % 6], *const *category = categories[i % 5];
	bool no_id = i % 400 == 11, no_date = i % 400 == 22, no_status = i % 400 == 33;
	const char *text = m->text[(size_t)i % m->n_texts], *type = types[i / 5 % 4];
	char id[24], title[64], rating[4] = "";

	snprintf(id, sizeof(id), no_id ? "tidak ada" : "%ld", 7000000 + i * 13);
	snprintf(title, sizeof(title), "Laporan percobaan nomor %ld", i);
	if (m->with_serials && !no_id)
		worksheet_write_number(m->sheet, m->row, 0, (double)(7000000 + i * 13), NULL);
	else
		put_cell(m, 0, id);
	put_when(m, i, no_date);
	put_cell(m, 3, i % 9 ? "Warga Percobaan" : "");
	put_cell(m, 4, classes[i % 5]);
	put_cell(m, 5, category[0]);
	put_cell(m, 6, category[1]);
	put_cell(m, 7, title);
	put_cell(m, 8, text);
	put_cell(m, 9, i % 3 ? text : "");
	put_cell(m, 10, type);
	put_cell(m, 11, sources[i % 14]);
	put_cell(m, 12, "Pemerintah Kabupaten Bandung");
	put_cell(m, 13, agency[0]);
	put_cell(m, 14, agency[1]);
	put_cell(m, 15, no_status ? "Status Baru 2030" : statuses[status]);
	put_cell(m, 16, strncmp(statuses[status], "Diarsip", 7) == 0 ? "Laporan diarsipkan sesuai dengan keinginan Pelapor" : "");
	put_cell(m, 17, i % 4 ? "Jawa Barat" : "");
	put_cell(m, 18, i % 4 ? "Kab. Bandung" : "");
	put_cell(m, 19, i % 4 == 1 ? "Soreang" : "");
	put_cell(m, 20, "");
	if (i % 10 == 3)
		snprintf(rating, sizeof(rating), "%ld", i % 5 + 1);
	for (int c = 21; c < m->columns; c++)
		put_cell(m, c, c == 25 ? rating : c == 24 ? "Tidak" : "");
	end_row(m);
	if (no_id || no_date || no_status) {
		m->bad++;
		return;
	}
	m->by_status[status]++;
	m->secret += strstr(type, "Rahasia") != NULL;
}

static char *read_file(const char *path)
{
	FILE *f = path ? fopen(path, "r") : NULL;
	char *all = calloc(1, 1 << 20);

	if (path && !f)
		exit(2);
	if (f && all) {
		if (fread(all, 1, (1 << 20) - 1, f) == 0)
			exit(2);
		fclose(f);
	}
	return all;
}

/* The last column of each line of the file; without one, our own. */
static void read_texts(struct maker *m, const char *path)
{
	char *rest = NULL;

	m->file = read_file(path);
	for (char *line = strtok_r(m->file, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		char *last = strrchr(line, '\t');

		if (last && last[1] && m->n_texts < TEXTS_MAX)
			m->text[m->n_texts++] = last + 1;
	}
	for (size_t i = 0; m->n_texts < sizeof(own_texts) / sizeof(own_texts[0]); i++)
		m->text[m->n_texts++] = own_texts[i];
}

static void open_out(struct maker *m, const char *path)
{
	lxw_workbook_options inline_strings = { .constant_memory = LXW_TRUE };

	if (m->is_csv) {
		m->csv = fopen(path, "w");
		if (!m->csv)
			exit(2);
		if (strcmp(m->kind, "csv-bom") == 0)
			fputs("\xEF\xBB\xBF", m->csv);
		return;
	}
	m->book = m->with_serials ? workbook_new_opt(path, &inline_strings) : workbook_new(path);
	if (!m->book)
		exit(2);
	if (!m->with_serials)
		worksheet_write_string(workbook_add_worksheet(m->book, "Sampul"), 0, 0, "Bukan lembar ini", NULL);
	m->sheet = workbook_add_worksheet(m->book, "Laporan");
	m->date = workbook_add_format(m->book);
	format_set_num_format(m->date, "d mmm yyyy");
	m->time = workbook_add_format(m->book);
	format_set_num_format_index(m->time, 21);
}

static void make_table(struct maker *m, long rows, const char *path)
{
	open_out(m, path);
	put_info(m, "Judul Laporan", "Laporan Ringkas");
	put_info(m, "Nama Instansi", "Pemerintah Kabupaten Bandung");
	put_info(m, "Tanggal Generate", "21 Nov 2026");
	for (int c = 0; c < m->columns; c++)
		put_cell(m, c, headers[c]);
	end_row(m);
	for (long i = 1; i <= rows; i++)
		put_row(m, i);
	if (m->csv)
		fclose(m->csv);
	else
		workbook_close(m->book);
	printf("bad\t%ld\nsecret\t%ld\n", m->bad, m->secret);
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		printf("status\t%s\t%ld\n", statuses[i], m->by_status[i]);
}

/* A worksheet that unpacks to a gigabyte, or one with entities that grow. */
static void make_hostile(const char *kind, const char *path)
{
	static const char entity[] =
		"<!DOCTYPE worksheet [<!ENTITY a \"Tracking ID\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
		"<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><worksheet><sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>&c;</t>"
		"</is></c></row></sheetData></worksheet>";
	size_t n = strcmp(kind, "bomb") == 0 ? (size_t)300 << 20 : sizeof(entity) - 1;
	char *sheet = calloc(1, n);
	zip_t *z = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	static const char book[] = "<workbook/>";

	if (!z || !sheet)
		exit(2);
	if (strcmp(kind, "bomb") == 0) {
		for (size_t i = 0; i + 4 <= n; i += 4)
			memcpy(sheet + i, "<c/>", 4);
		memcpy(sheet, "<worksheet><row>", 16);
	} else {
		memcpy(sheet, entity, n);
	}
	if (zip_file_add(z, "xl/workbook.xml", zip_source_buffer(z, book, sizeof(book) - 1, 0), 0) < 0 ||
	    zip_file_add(z, "xl/worksheets/sheet1.xml", zip_source_buffer(z, sheet, n, 1), 0) < 0 || zip_close(z) != 0)
		exit(2);
}

int main(int argc, char **argv)
{
	struct maker m = { .separator = ',' };

	if (argc < 5) {
		fputs("usage: import_maker KIND COLUMNS ROWS OUT [TEXTS.tsv]\n", stderr);
		return 2;
	}
	m.kind = argv[1];
	if (strcmp(m.kind, "bomb") == 0 || strcmp(m.kind, "entity") == 0) {
		make_hostile(m.kind, argv[4]);
		return 0;
	}
	m.columns = atoi(argv[2]);
	m.is_csv = strncmp(m.kind, "csv", 3) == 0;
	m.with_serials = strcmp(m.kind, "xlsx-inline") == 0;
	if (strstr(m.kind, "semicolon"))
		m.separator = ';';
	read_texts(&m, argc > 5 ? argv[5] : NULL);
	make_table(&m, atol(argv[3]), argv[4]);
	free(m.file);
	return 0;
}
