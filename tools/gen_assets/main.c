/* SPDX-License-Identifier: Apache-2.0
 * gen_assets OUTDIR FILE...: embeds the files of assets/ as assets.c and assets.h.
 *
 * A file's public address carries a digest of its content, so that browsers may keep it for ever;
 * templates name it by a constant, so that a missing file does not compile. Files in a folder icons/ are
 * not served: they become the table behind out_icon() and out_sprite().
 */
#include <sodium.h>

#include "pack.h"

struct file {
	const char *path;   /* of the source */
	char *name;         /* "lapor.css" */
	char *address;      /* "/aset/lapor.3f2a91bc.css" */
	char *digest;
	const char *mime;
	struct text bytes, brotli, gzip;
};

struct icon {
	char *name;
	struct text markup;
};

struct all {
	struct file *files;
	size_t n_files;
	struct icon *icons;
	size_t n_icons;
};

static const char *mime_of(const char *path)
{
	static const struct {
		const char *extension, *mime;
	} known[] = {
		{ ".css", "text/css; charset=utf-8" },
		{ ".js", "text/javascript; charset=utf-8" },
		{ ".svg", "image/svg+xml" },
		{ ".woff2", "font/woff2" },
		{ ".png", "image/png" },
		{ ".ico", "image/x-icon" },
		{ ".jpg", "image/jpeg" },
	};
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot && i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(dot, known[i].extension) == 0)
			return known[i].mime;
	gen_fail(path, 0, "no media type is known for this kind of file");
}

static void add_file(struct all *a, const char *path)
{
	size_t stem;
	const char *name = gen_base_name(path, &stem);

	a->files = gen_grow(a->files, (a->n_files + 1) * sizeof(*a->files));
	a->files[a->n_files++] = (struct file){
		.path = path,
		.name = gen_strndup(name, strlen(name)),
		.mime = mime_of(path),
		.bytes = gen_read(path),
	};
}

/* The inside of <svg>...</svg>, one line. */
static struct text inner_markup(const char *path, const struct text *svg)
{
	const char *open = strstr(svg->p, "<svg"), *begin = open ? strchr(open, '>') : NULL;
	const char *end = begin ? strstr(begin, "</svg>") : NULL;
	struct text out = { 0 };

	if (!end)
		gen_fail(path, 0, "not an svg file");
	for (const char *p = begin + 1; p < end; p++) {
		if (gen_is_blank(*p) && (out.n == 0 || out.p[out.n - 1] == '>' || out.p[out.n - 1] == ' '))
			continue;
		text_char(&out, *p == '\n' ? ' ' : *p);
	}
	if (out.n == 0)
		gen_fail(path, 0, "an empty icon");
	return out;
}

static void add_icon(struct all *a, const char *path)
{
	struct text svg = gen_read(path);
	size_t stem;
	const char *name = gen_base_name(path, &stem);

	for (size_t i = 0; i < stem; i++)
		if (!gen_is_word(name[i]) && name[i] != '-')
			gen_fail(path, 0, "an icon's name is letters, digits and -");
	a->icons = gen_grow(a->icons, (a->n_icons + 1) * sizeof(*a->icons));
	a->icons[a->n_icons++] = (struct icon){ gen_strndup(name, stem), inner_markup(path, &svg) };
}

static bool is_icon(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash - path >= 5 && memcmp(slash - 5, "icons", 5) == 0;
}

static void give_address(struct file *f)
{
	const char *dot = strrchr(f->name, '.');
	struct text address = { 0 };

	f->digest = pack_digest(&f->bytes);
	text_printf(&address, "/aset/%.*s.%s%s", (int)(dot - f->name), f->name, f->digest, dot);
	f->address = address.p;
}

static const struct file *find_file(const struct all *a, const char *name, size_t n)
{
	for (size_t i = 0; i < a->n_files; i++)
		if (strlen(a->files[i].name) == n && memcmp(a->files[i].name, name, n) == 0)
			return &a->files[i];
	return NULL;
}

/* url(kawung.svg) in a style sheet becomes the file's public address. */
static void link_css(const struct all *a, struct file *css)
{
	struct text out = { 0 };
	const char *p = css->bytes.p, *url;

	while ((url = strstr(p, "url(")) != NULL) {
		const char *name = url + 4, *end = strchr(name, ')');
		const struct file *f;

		if (!end)
			gen_fail(css->path, 0, "url( without )");
		f = find_file(a, name, (size_t)(end - name));
		if (!f)
			gen_fail(css->path, 0, "there is no asset %.*s", (int)(end - name), name);
		text_add(&out, p, (size_t)(name - p));
		text_str(&out, f->address);
		p = end;
	}
	text_str(&out, p);
	css->bytes = out;
}

static bool is_css(const struct file *f)
{
	return strncmp(f->mime, "text/css", 8) == 0;
}

static void link_all(struct all *a)
{
	for (size_t i = 0; i < a->n_files; i++)
		if (!is_css(&a->files[i]))
			give_address(&a->files[i]);
	for (size_t i = 0; i < a->n_files; i++)
		if (is_css(&a->files[i])) {
			link_css(a, &a->files[i]);
			give_address(&a->files[i]);
		}
	for (size_t i = 0; i < a->n_files; i++) {
		a->files[i].brotli = pack_brotli(&a->files[i].bytes);
		a->files[i].gzip = pack_gzip(&a->files[i].bytes);
	}
}

static void c_name(struct text *out, const char *name)
{
	for (; *name; name++)
		text_char(out, gen_is_word(*name) ? *name : '_');
}

static void emit_header(const struct all *a, struct text *out)
{
	text_str(out,
		 "/* Made from assets/. */\n#ifndef ASSETS_H\n#define ASSETS_H\n#include <stddef.h>\n\n"
		 "struct asset {\n\tconst char *path;    /* public address */\n\tconst char *mime, *etag;\n"
		 "\tconst unsigned char *bytes, *brotli, *gzip; /* the packed forms may be NULL */\n"
		 "\tsize_t n, n_brotli, n_gzip;\n};\n"
		 "/* NULL when there is none. */\nconst struct asset *asset_find(const char *path);\n\n");
	for (size_t i = 0; i < a->n_files; i++) {
		text_str(out, "#define ASSET_");
		c_name(out, a->files[i].name);
		text_printf(out, " \"%s\"\n", a->files[i].address);
	}
	text_str(out, "\nenum icon {\n");
	for (size_t i = 0; i < a->n_icons; i++) {
		text_str(out, "\tICON_");
		c_name(out, a->icons[i].name);
		text_str(out, ",\n");
	}
	text_str(out, "\tICON_COUNT\n};\n\nstruct icon_shape {\n\tconst char *name, *markup;\n};\n"
		      "extern const struct icon_shape icon_shapes[];\n#endif\n");
}

static void emit_bytes(struct text *out, const char *prefix, size_t i, const struct text *t)
{
	if (t->n == 0)
		return;
	text_printf(out, "static const unsigned char %s_%zu[%zu] = {", prefix, i, t->n);
	for (size_t j = 0; j < t->n; j++)
		text_printf(out, "%s%u,", j % 32 == 0 ? "\n\t" : "", (unsigned)(unsigned char)t->p[j]);
	text_str(out, "\n};\n");
}

static void emit_pointer(struct text *out, const char *prefix, size_t i, const struct text *t)
{
	if (t->n > 0)
		text_printf(out, ", .%s = %s_%zu, .n%s%s = %zu", prefix, prefix, i,
			    strcmp(prefix, "bytes") ? "_" : "", strcmp(prefix, "bytes") ? prefix : "", t->n);
}

static void emit_code(const struct all *a, struct text *out)
{
	text_str(out, "/* Made from assets/. */\n#include \"assets.h\"\n\n#include <string.h>\n\n");
	for (size_t i = 0; i < a->n_files; i++) {
		emit_bytes(out, "bytes", i, &a->files[i].bytes);
		emit_bytes(out, "brotli", i, &a->files[i].brotli);
		emit_bytes(out, "gzip", i, &a->files[i].gzip);
	}
	text_str(out, "\nstatic const struct asset assets[] = {\n");
	for (size_t i = 0; i < a->n_files; i++) {
		const struct file *f = &a->files[i];

		text_printf(out, "\t{ .path = \"%s\", .mime = \"%s\", .etag = \"\\\"%s\\\"\"", f->address,
			    f->mime, f->digest);
		emit_pointer(out, "bytes", i, &f->bytes);
		emit_pointer(out, "brotli", i, &f->brotli);
		emit_pointer(out, "gzip", i, &f->gzip);
		text_str(out, " },\n");
	}
	text_str(out, "\t{ .path = NULL },\n};\n\nconst struct asset *asset_find(const char *path)\n{\n"
		      "\tfor (const struct asset *a = assets; a->path; a++)\n"
		      "\t\tif (strcmp(a->path, path) == 0)\n\t\t\treturn a;\n\treturn NULL;\n}\n\n"
		      "const struct icon_shape icon_shapes[ICON_COUNT + 1] = {\n");
	for (size_t i = 0; i < a->n_icons; i++) {
		text_printf(out, "\t{ \"%s\", \"", a->icons[i].name);
		text_c_escape(out, a->icons[i].markup.p, a->icons[i].markup.n);
		text_str(out, "\" },\n");
	}
	text_str(out, "\t{ NULL, NULL },\n};\n");
}

int main(int argc, char **argv)
{
	struct all a = { 0 };
	struct text header = { 0 }, code = { 0 };

	if (argc < 2 || sodium_init() < 0)
		gen_fail("gen_assets", 0, "usage: gen_assets OUTDIR FILE...");
	for (int i = 2; i < argc; i++) {
		if (is_icon(argv[i]))
			add_icon(&a, argv[i]);
		else
			add_file(&a, argv[i]);
	}
	link_all(&a);
	emit_header(&a, &header);
	emit_code(&a, &code);
	gen_write(argv[1], "assets.h", &header);
	gen_write(argv[1], "assets.c", &code);
	return 0;
}
