/* SPDX-License-Identifier: Apache-2.0
 * minutes - states of the minutes of a verification in the field (berita acara; app/minutes.h).
 */
#ifndef CORE_MINUTES_H
#define CORE_MINUTES_H

/* Stored; never renumber. */
enum minutes_state {
	MINUTES_NONE = 0,
	MINUTES_DRAFT = 1,     /* being written */
	MINUTES_SUBMITTED = 2, /* waits for the head of the OPD */
	MINUTES_RETURNED = 3,  /* for repair: the next text is a new version */
	MINUTES_APPROVED = 4,  /* never changes again */
};

#endif
