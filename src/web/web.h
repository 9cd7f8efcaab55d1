/* SPDX-License-Identifier: Apache-2.0
 * web - the web side as a whole: starts and stops it. All its parts hang on one struct web.
 *
 * Life of a request: server (sockets) -> exchange (head, body) -> dispatch (route, session, CSRF, handler on
 * the HTTP thread or, for a write, pool and then the writer's thread) -> response -> server.
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "app/settings.h"
#include "app/sop_store.h"
#include "store/writer.h"

struct web;

struct web_options {
	const char *listen;               /* "127.0.0.1:8080", "[::1]:8080", "unix:/run/lapor/web.sock" */
	const char *db_url;               /* readers are opened from it, one per thread */
	const char *replica_url;          /* for pages that may be seconds old; NULL: none */
	const char *const *archive_urls;  /* yearly archives, for reports that left */
	size_t archive_n;
	struct writer *writer;            /* outlives the web */
	const struct settings *settings;
	const struct file_stores *files;  /* NULL: attachments lie in the database only */
	const struct calendar *calendar;
	const struct sop_store_file *sop_files; /* that come with lapor, for admins to choose from */
	size_t sop_file_n;
	const struct sop_shelf *sops;       /* the first one; NULL: none is installed */
	const char *tmp_dir;              /* for uploads; NULL: $TMPDIR or /tmp */
	struct instant fixed_now;         /* set: every request happens then */
	int64_t now_offset_ms;            /* else this is added to the machine's clock */
	int schema_number;                /* of the schema this program works with */
};

/* Serves once it returns. The error says in a sentence what to do: port in use, no such address, ... */
CHECKED enum rc web_start(const struct web_options *o, struct web **ret, struct err *err);
/* "127.0.0.1:8080": where it listens, also when port 0 was asked for. */
const char *web_address(const struct web *w);
/* From here on it is not ready (/readyz), so that a balancer sends new requests elsewhere; it answers everything. */
void web_drain(struct web *w);
/*
 * Takes no new connections, answers what has begun, then returns. The writer must still run. NULL
 * is fine.
 */
void web_stop(struct web *w);

#endif
