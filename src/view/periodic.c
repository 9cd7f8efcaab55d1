/* SPDX-License-Identifier: Apache-2.0 */
#include "view/periodic.h"

enum msg periodic_view_state(enum periodic_state s)
{
	switch (s) {
	case PERIODIC_NONE: return MSG_periodic_state_opened;
	case PERIODIC_OPENED: return MSG_periodic_state_opened;
	case PERIODIC_COMPILED: return MSG_periodic_state_compiled;
	case PERIODIC_DRAFTED: return MSG_periodic_state_drafted;
	case PERIODIC_AT_SECTION: return MSG_periodic_state_at_section;
	case PERIODIC_SECTION_CHECKED: return MSG_periodic_state_section_checked;
	case PERIODIC_AT_DIVISION: return MSG_periodic_state_at_division;
	case PERIODIC_DIVISION_CHECKED: return MSG_periodic_state_division_checked;
	case PERIODIC_COVERED: return MSG_periodic_state_covered;
	case PERIODIC_AT_OFFICE: return MSG_periodic_state_at_office;
	case PERIODIC_OFFICE_CHECKED: return MSG_periodic_state_office_checked;
	case PERIODIC_SIGNED: return MSG_periodic_state_signed;
	case PERIODIC_HANDED: return MSG_periodic_state_handed;
	case PERIODIC_DELIVERED: return MSG_periodic_state_delivered;
	case PERIODIC_ARCHIVED: return MSG_periodic_state_archived;
	case PERIODIC_VIA_SECTION: return MSG_periodic_state_via_section;
	case PERIODIC_VIA_DIVISION: return MSG_periodic_state_via_division;
	case PERIODIC_RETURNED: return MSG_periodic_state_returned;
	}
	return MSG_periodic_state_opened;
}
