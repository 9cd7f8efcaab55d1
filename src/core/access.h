/* SPDX-License-Identifier: Apache-2.0
 * access - who may see and do what with a report. Together with redact the only place that
 * decides it.
 */
#ifndef CORE_ACCESS_H
#define CORE_ACCESS_H

#include "core/report.h"

/* What access needs to know of a report. */
struct access_report {
	enum state state;
	enum class_ class;
	enum visibility visibility;
	bool is_public, is_blocked;
	struct agency_id holder, agency, opd, unit;
};

/* What access needs to know of the person. knows_code: holds the tracking code of this report. */
struct access_person {
	enum role role;
	struct agency_id agency;
	bool knows_code;
};

enum access_bits {
	ACCESS_SEE = 1 << 0,        /* that it exists, its public text and history */
	ACCESS_ORIGINAL = 1 << 1,   /* the text as the citizen wrote it */
	ACCESS_NAME = 1 << 2,       /* the reporter's name, shown without being asked for */
	ACCESS_REVEAL = 1 << 3,     /* may open the name and contact, with reason, logged */
	ACCESS_INTERNAL = 1 << 4,   /* internal notes */
	ACCESS_FILES = 1 << 5,      /* attachments that are not public */
	ACCESS_ACT = 1 << 6,        /* holds it (or is above the holder): actions of the table apply */
};

/*
 * Secret reports: the reporter, the holder's line (national admin, the agency's admins, the OPD and
 * unit that handle it), nobody else: it "does not exist" for others. Anonymous: the name is for
 * admins by revealing only, never for the OPD complained of. Open: name public after verification. Unless
 * open, those who handle it read the text as released by the admins, not the original.
 */
unsigned access_to(const struct access_report *r, const struct access_person *p);
/* May everyone read the public text? Decided when a report is verified, its sifat changes, it is blocked. */
bool access_is_public(enum visibility visibility, bool is_verified, bool is_blocked);

#endif
