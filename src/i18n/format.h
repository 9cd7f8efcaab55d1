/* SPDX-License-Identifier: Apache-2.0
 * format - numbers, days and times as people write them in each language.
 *
 * Called by the compiled catalogues (messages.h); pages reach it through messages. No locale of
 * the C library is involved.
 */
#ifndef I18N_FORMAT_H
#define I18N_FORMAT_H

#include "base/buf.h"
#include "base/day.h"
#include "base/lang.h"

/* 1.225 / 1,225 */
void format_int(struct buf *b, enum lang lang, int64_t n);
/* Tenths: 42 is 4,2 / 4.2; 40 is 4. */
void format_dec1(struct buf *b, enum lang lang, int64_t tenths);
/* 512 byte, 2,4 MB: sizes of files. */
void format_bytes(struct buf *b, enum lang lang, int64_t bytes);
/* Kamis, 26 November 2026 / Thursday, 26 November 2026. Nothing for DAY_NONE (INT32_MIN). */
void format_day(struct buf *b, enum lang lang, struct day d);
/* 26 Nov 2026 */
void format_day_short(struct buf *b, enum lang lang, struct day d);
/* Kamis, 26 November 2026 pukul 14.05 WIB / Thursday, 26 November 2026 at 14:05 WIB. Nothing when not set. */
void format_time(struct buf *b, enum lang lang, enum zone zone, struct instant t);
/* 26 Nov 2026, 14.05 */
void format_time_short(struct buf *b, enum lang lang, enum zone zone, struct instant t);
/* 14.05 WIB */
void format_clock(struct buf *b, enum lang lang, enum zone zone, struct instant t);
/* "Kamis", "November", "Nov"; weekday 0 Monday, month 1..12. */
const char *format_weekday(enum lang lang, int weekday);
const char *format_month(enum lang lang, int month);
const char *format_month_short(enum lang lang, int month);

#endif
