/* SPDX-License-Identifier: Apache-2.0
 * desk_file - GET /meja/laporan/{nomor}/lampiran/{id}: an attachment, as a download and never as a page.
 *
 * The id alone opens nothing: the file has to belong to the report, and the officer to its line.
 */
#include "base/parse.h"
#include "core/access.h"
#include "web/desk_report.h"
#include "web/handlers.h"

enum rc desk_file_get(struct ctx *c, const struct request *req, struct response *res)
{
	struct desk_report_row r;
	struct desk_file_row file;
	int64_t id;
	unsigned bits;
	enum rc rc;

	TRY(desk_load_row(c, request_param(req, "nomor"), &r, &bits));
	if (!(bits & ACCESS_FILES) || !parse_int(request_param(req, "id"), 1, INT64_MAX, &id))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	rc = q_desk_file(c->db, c->a, (struct attachment_id){ id }, &file);
	if (rc == RC_NOT_FOUND || (rc == RC_OK && file.report_id.v != r.id.v))
		return ctx_refuse(c, RC_NOT_FOUND, not_found);
	TRY(rc);
	return response_attachment(c, res, file.id, false);
}
