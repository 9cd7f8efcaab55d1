/* SPDX-License-Identifier: Apache-2.0
 * sop_raw - an SOP file as it is written: keys and texts, nothing understood yet. Optional texts that are not there are
 * NULL. Only app/sop_load.c looks at it; the keys are docs/sop-format.md and sop/schema.json.
 */
#ifndef APP_SOP_RAW_H
#define APP_SOP_RAW_H

#include "app/yamlfile.h"

struct sop_raw_list {
	char **v;
	unsigned n;
};
struct sop_raw_law {
	char *printed, *title, *reads;
};
struct sop_raw_actor {
	char *key, *name, *role;
};
struct sop_raw_branch {
	char *when, *to;
	struct sop_raw_list on;
};
struct sop_raw_step {
	char *id, *name, *printed, *time, *from, *clock, *output, *note;
	struct sop_raw_list by, actions, requirements, tells, states, done, needs;
	bool beside;
	struct sop_raw_branch *branches;
	unsigned branches_count;
};
struct sop_raw_gate {
	char *action, *after, *at, *why;
	struct sop_raw_list by;
};
struct sop_raw_decision {
	char *conflict, *about, *printed, *decision;
};
struct sop_raw_file {
	char *id, *number, *title, *government, *office, *signed_by, *made_on, *ratified_on, *effective_on;
	char *covers, *period, *total;
	bool accountable;
	struct sop_raw_law *legal_basis;
	struct sop_raw_list qualifications, related, equipment, warnings, records;
	struct sop_raw_actor *roles;
	struct sop_raw_step *steps;
	struct sop_raw_gate *gates;
	struct sop_raw_decision *decisions;
	unsigned legal_basis_count, roles_count, steps_count, gates_count, decisions_count;
};

extern const cyaml_schema_value_t sop_raw_schema;

#endif
