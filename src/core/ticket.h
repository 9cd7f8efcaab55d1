/* SPDX-License-Identifier: Apache-2.0
 * ticket - the number for people ("2026-004187") and the tracking code: 10 characters without
 * 0 O 1 I, nine random (45 bits) and one check character, shown "K7QM-4XTD-9P".
 */
#ifndef CORE_TICKET_H
#define CORE_TICKET_H

#include "base/err.h"

#define TICKET_CODE_LEN 10
#define TICKET_NUMBER_MAX 16

/* From nine random bytes (only 5 bits of each are used). out: 11 bytes. */
void ticket_code_make(const unsigned char random[9], char out[TICKET_CODE_LEN + 1]);
/* Accepts any case, blanks and hyphens; false when a character or the check is wrong. */
bool ticket_code_parse(const char *typed, char out[TICKET_CODE_LEN + 1]);
/* "K7QM-4XTD-9P": 13 bytes with the NUL. */
void ticket_code_show(const char *code, char out[13]);
void ticket_number_make(int year, int64_t n, char out[TICKET_NUMBER_MAX + 1]);
bool ticket_number_is_valid(const char *number);

#endif
