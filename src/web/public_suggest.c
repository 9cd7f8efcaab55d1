/* SPDX-License-Identifier: Apache-2.0 */
#include "web/public_suggest.h"

#include <string.h>

#include "core/words.h"

/* The more telling words first: "lampu jalan" is no matter of roads. */
static const struct public_suggestion hints[] = {
	{ "lampu jalan", "perhubungan" },
	{ "penerangan jalan", "perhubungan" },
	{ "pju", "perhubungan" },
	{ "lampu merah", "perhubungan" },
	{ "rambu", "perhubungan" },
	{ "parkir", "perhubungan" },
	{ "angkot", "perhubungan" },
	{ "terminal", "perhubungan" },
	{ "macet", "perhubungan" },
	{ "air minum", "air minum" },
	{ "pdam", "air minum" },
	{ "air bersih", "air minum" },
	{ "sampah", "lingkungan hidup" },
	{ "limbah", "lingkungan hidup" },
	{ "pencemaran", "lingkungan hidup" },
	{ "polusi", "lingkungan hidup" },
	{ "pohon", "lingkungan hidup" },
	{ "ktp", "kependudukan" },
	{ "e ktp", "kependudukan" },
	{ "kartu keluarga", "kependudukan" },
	{ "akta", "kependudukan" },
	{ "dukcapil", "kependudukan" },
	{ "sekolah", "pendidikan" },
	{ "guru", "pendidikan" },
	{ "siswa", "pendidikan" },
	{ "ppdb", "pendidikan" },
	{ "puskesmas", "kesehatan" },
	{ "rumah sakit", "kesehatan" },
	{ "rsud", "rumah sakit" },
	{ "obat", "kesehatan" },
	{ "bidan", "kesehatan" },
	{ "posyandu", "kesehatan" },
	{ "vaksin", "kesehatan" },
	{ "bansos", "sosial" },
	{ "bantuan sosial", "sosial" },
	{ "pkh", "sosial" },
	{ "blt", "sosial" },
	{ "difabel", "sosial" },
	{ "lansia", "sosial" },
	{ "izin", "penanaman modal" },
	{ "perizinan", "penanaman modal" },
	{ "siup", "penanaman modal" },
	{ "nib", "penanaman modal" },
	{ "pupuk", "pertanian" },
	{ "sawah", "pertanian" },
	{ "petani", "pertanian" },
	{ "ternak", "peternakan" },
	{ "nelayan", "perikanan" },
	{ "pasar", "perdagangan" },
	{ "pedagang", "perdagangan" },
	{ "harga", "perdagangan" },
	{ "koperasi", "koperasi" },
	{ "umkm", "koperasi" },
	{ "upah", "tenaga kerja" },
	{ "gaji", "tenaga kerja" },
	{ "lowongan", "tenaga kerja" },
	{ "phk", "tenaga kerja" },
	{ "wisata", "pariwisata" },
	{ "perpustakaan", "perpustakaan" },
	{ "kebakaran", "pemadam kebakaran" },
	{ "banjir", "penanggulangan bencana" },
	{ "longsor", "penanggulangan bencana" },
	{ "reklame", "polisi pamong praja" },
	{ "pkl", "polisi pamong praja" },
	{ "miras", "polisi pamong praja" },
	{ "pungli", "inspektorat" },
	{ "pungutan liar", "inspektorat" },
	{ "korupsi", "inspektorat" },
	{ "pbb", "pendapatan" },
	{ "pajak", "pendapatan" },
	{ "dana desa", "pemberdayaan masyarakat" },
	{ "kepala desa", "pemberdayaan masyarakat" },
	{ "internet", "komunikasi" },
	{ "rutilahu", "perumahan" },
	{ "rumah tidak layak", "perumahan" },
	{ "jalan", "pekerjaan umum" },
	{ "jembatan", "pekerjaan umum" },
	{ "drainase", "pekerjaan umum" },
	{ "selokan", "pekerjaan umum" },
	{ "gorong gorong", "pekerjaan umum" },
	{ "trotoar", "pekerjaan umum" },
	{ "irigasi", "pekerjaan umum" },
	{ "berlubang", "pekerjaan umum" },
};

static bool is_new(const struct public_suggestion *list, size_t n, const char *fragment)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].fragment, fragment) == 0)
			return false;
	return true;
}

size_t public_suggest(struct arena *a, const char *title, const char *body,
		      struct public_suggestion ret[PUBLIC_SUGGEST_MAX])
{
	/* Blanks around, so that only whole words are found. */
	const char *text = arena_printf(a, " %s %s ", words_normal(a, title), words_normal(a, body));
	size_t n = 0;

	for (size_t i = 0; i < sizeof(hints) / sizeof(hints[0]) && n < PUBLIC_SUGGEST_MAX; i++)
		if (strstr(text, arena_printf(a, " %s ", hints[i].word)) && is_new(ret, n, hints[i].fragment))
			ret[n++] = hints[i];
	return n;
}
