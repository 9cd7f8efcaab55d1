/* SPDX-License-Identifier: Apache-2.0
 * ombudsman - what the Ombudsman wants to know of a reporter, and whether it is complete.
 *
 * UU 37/2008 article 24(1)a: full name, place and date of birth, marital status, occupation, full address; (2): name and
 * identity may be kept secret. A number of the identity card and a contact are not asked for by the law and stay
 * optional. Pure; who decides what is app/ombudsman.h.
 */
#ifndef CORE_OMBUDSMAN_H
#define CORE_OMBUDSMAN_H

#include "core/report.h"

enum ombudsman_state {
	OMBUDSMAN_NONE = 0,
#define OMBUDSMAN_STATE(n, v, w) OMBUDSMAN_##n = (v),
#include "core/ombudsman.def"
#undef OMBUDSMAN_STATE
};

enum marital {
	MARITAL_NONE = 0,
#define MARITAL(n, v, w) MARITAL_##n = (v),
#include "core/ombudsman.def"
#undef MARITAL
};

enum identity_error {
	IDENTITY_OK = 0,
#define IDENTITY_ERROR(n, field) IDENTITY_##n,
#include "core/ombudsman.def"
#undef IDENTITY_ERROR
	IDENTITY_ERROR_COUNT
};

/* An undecided reporter is reminded once, this many working days after being asked. */
#define OMBUDSMAN_REMIND_WD 5
#define OMBUDSMAN_ADDRESS_MIN 10
#define OMBUDSMAN_ADDRESS_MAX 500
#define OMBUDSMAN_NUMBER_MAX 60 /* of what the Ombudsman calls it */

/* Cleaned texts, "" for what is missing. */
struct ombudsman_identity {
	const char *name, *birth_place, *occupation, *address;
	bool has_birth, birth_is_wrong; /* is_wrong: something was typed that is no date */
	struct day birth_on;
	enum marital marital;
	const char *number, *contact;   /* optional */
	bool has_disclose, may_disclose; /* may the agency complained of be told the name? */
};

/* At most one error per field, in the order of the form; returns how many. */
size_t ombudsman_identity_check(const struct ombudsman_identity *in, struct day today,
				enum identity_error ret[IDENTITY_ERROR_COUNT]);
/* The form's field an error belongs to. */
const char *ombudsman_error_field(enum identity_error e);

const char *ombudsman_state_word(enum ombudsman_state s);
bool ombudsman_state_parse(const char *word, enum ombudsman_state *ret);
const char *ombudsman_marital_word(enum marital m);
bool ombudsman_marital_parse(const char *word, enum marital *ret);

#endif
