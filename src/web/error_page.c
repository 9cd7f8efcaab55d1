/* SPDX-License-Identifier: Apache-2.0 */
#include "web/error_page.h"

int error_page_status(enum rc rc)
{
	switch (rc) {
	case RC_OK: return 200;
	case RC_NOT_FOUND: return 404;
	case RC_DENIED: return 403;
	case RC_INVALID: return 422;
	case RC_CONFLICT: return 409;
	case RC_LIMITED: return 429;
	case RC_TOO_LARGE: return 413;
	case RC_UNSUPPORTED: return 415;
	case RC_UNAVAILABLE: return 503;
	case RC_FAILED: return 500;
	}
	return 500;
}

/* Title and advice by status, until the views' error page carries them. */
static const char *text_of(int status)
{
	switch (status) {
	case 308: return "Halaman ini berpindah.";
	case 403: return "Anda tidak berhak membuka halaman ini.";
	case 404: return "Halaman tidak ditemukan.";
	case 405: return "Cara membuka halaman ini keliru.";
	case 409: return "Data sudah berubah; muat ulang halaman.";
	case 413: return "Kiriman terlalu besar.";
	case 415: return "Jenis kiriman tidak dikenal.";
	case 429: return "Terlalu sering; tunggu sebentar lalu coba lagi.";
	case 503: return "Layanan sedang sibuk; coba lagi sebentar.";
	default: return status >= 500 ? "Terjadi kegagalan; coba lagi sebentar." : "Permintaan tidak dapat dibaca.";
	}
}

void error_page_render(struct ctx *c, const struct request *req, struct response *res, int status, int refusal)
{
	(void)c;
	(void)refusal;
	if (req->wants_json) {
		response_json(res, status);
		buf_lit(&res->body, "{\"galat\":");
		response_json_string(&res->body, text_of(status));
		buf_lit(&res->body, "}\n");
		return;
	}
	res->status = status;
	buf_printf(&res->body,
		   "<!doctype html>\n<html lang=\"id\"><head><meta charset=\"utf-8\"><title>%d</title></head>"
		   "<body><main><h1>%d</h1><p>%s</p><p><a href=\"/\">Beranda</a></p></main></body></html>\n",
		   status, status, text_of(status));
}
