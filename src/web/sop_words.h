/* SPDX-License-Identifier: Apache-2.0
 * sop_words - times and purposes of SOPs in the reader's language, for the pages of citizens and of admins.
 */
#ifndef WEB_SOP_WORDS_H
#define WEB_SOP_WORDS_H

#include "app/ctx.h"
#include "core/sop_shelf.h"

const char *sop_words_covers(const struct ctx *c, enum sop_covers covers);
/* "1 sampai 3 hari kerja", "setiap bulan"; "" for none. */
const char *sop_words_time(const struct ctx *c, struct sop_time t);
/* "sejak diterima"; "" for none. */
const char *sop_words_start(const struct ctx *c, enum sop_start start);
/* Office time as people say it: "2,5 hari kerja", "3 jam 20 menit". */
const char *sop_words_span(const struct ctx *c, int64_t minutes);

#endif
