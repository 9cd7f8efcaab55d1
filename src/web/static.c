/* SPDX-License-Identifier: Apache-2.0 */
#include "web/static.h"

#include <string.h>

#include "assets.h"

#define STATIC_ROOT "/aset/"

/* Packed at build time; nothing personal is in them, so packing them tells nobody anything. */
static void choose_coding(struct exchange *ex, const struct asset *asset)
{
	struct response *res = &ex->res;

	res->static_bytes = asset->bytes;
	res->n_static_bytes = asset->n;
	if (asset->brotli && head_accepts(&ex->head, "br")) {
		res->static_bytes = asset->brotli;
		res->n_static_bytes = asset->n_brotli;
		response_header(res, "Content-Encoding", "br");
	} else if (asset->gzip && head_accepts(&ex->head, "gzip")) {
		res->static_bytes = asset->gzip;
		res->n_static_bytes = asset->n_gzip;
		response_header(res, "Content-Encoding", "gzip");
	}
	if (asset->brotli || asset->gzip)
		response_header(res, "Vary", "Accept-Encoding");
}

bool static_answer(struct exchange *ex)
{
	const struct asset *asset;
	struct response *res = &ex->res;

	if (ex->req.method != METHOD_GET || strncmp(ex->req.path, STATIC_ROOT, sizeof(STATIC_ROOT) - 1) != 0)
		return false;
	asset = asset_find(ex->req.path);
	if (!asset)
		return false;
	res->content_type = asset->mime;
	res->keeps_cache_header = true;
	response_header(res, "Cache-Control", "public, max-age=31536000, immutable");
	response_header(res, "ETag", asset->etag);
	if (head_has_tag(ex->head.none_match, asset->etag))
		res->status = 304;
	else
		choose_coding(ex, asset);
	return true;
}
