/* SPDX-License-Identifier: Apache-2.0
 * public_track - the reporter's own page: loaded, told as a story, shown. Internal to public_track*.c.
 */
#ifndef WEB_PUBLIC_TRACK_H
#define WEB_PUBLIC_TRACK_H

#include "query_clock.h"
#include "query_public.h"
#include "view/ombudsman.h"
#include "web/public_common.h"
#include "web/public_upload.h"

/* What a form on the page brought, to be shown again when it could not be taken. */
struct track_typed {
	const char *reply, *reopen, *withdraw; /* "" for none */
	struct pub_problems problems;
	const struct public_uploads *uploads;  /* NULL: none */
};

/* Everything that the database says about one report. */
struct track_data {
	struct track_report_row r;
	struct public_events_row *events;
	size_t n_events;
	struct clock_all_row *clocks;
	size_t n_clocks;
	struct ombudsman_shown flag;  /* state OMBUDSMAN_NONE: not escalated */
	struct pub_files files;       /* all, in order */
	const int64_t *file_seq;      /* the event each came with */
};

/* typed is a code as people write it. An unknown one is RC_NOT_FOUND, taken from the address's allowance. */
CHECKED enum rc public_track_load(struct ctx *c, const struct request *req, const char *typed,
				  struct track_data *ret);
/* The page; typed may be NULL. */
CHECKED enum rc public_track_show(struct ctx *c, const struct request *req, struct response *res,
			   const struct track_data *d, const struct track_typed *typed);

/* public_track_story.c: the journey and the conversation. */
void public_track_story_tell(struct ctx *c, const struct track_data *d, struct track_page *t);
/* A clock's reading and explanation at this moment. */
struct track_clock public_track_story_clock(struct ctx *c, const struct clock_all_row *row);
/* The clock that matters to who holds the report now; NULL when none runs. */
const struct clock_all_row *public_track_story_clock_now(enum state state, const struct clock_all_row *rows,
							 size_t n);
/* Step of the SOP in force, the clocks beside the main one, and the ways between agencies. */
void public_track_sop_tell(struct ctx *c, const struct track_data *d, struct track_page *t);
/* Is this something that a reader of the history understands and may know? */
bool public_track_story_tells(enum action action);

#endif
