/* SPDX-License-Identifier: Apache-2.0
 * sop_raw - the keys of SOP files for libcyaml: which there are, which are needed, how long they may be.
 */
#include "app/sop_raw.h"

#define TEXT_MAX 1000
#define ITEMS_MAX 60
#define STEPS_MAX 60

#define NEEDED CYAML_FLAG_POINTER
#define MAY (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)
#define TEXT(flags, of, key) CYAML_FIELD_STRING_PTR(#key, flags, struct sop_raw_##of, key, 0, TEXT_MAX)
/* libcyaml's own BOOL takes any word for a yes. */
#define FLAG(of, key) \
	CYAML_FIELD_ENUM(#key, CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT, struct sop_raw_##of, key, yes_no, ARRAY_LEN(yes_no))
#define LIST_AS(flags, of, word, key) \
	CYAML_FIELD_SEQUENCE_COUNT(word, flags, struct sop_raw_##of, key.v, key.n, &text_value, 0, ITEMS_MAX)
#define LIST(flags, of, key) LIST_AS(flags, of, #key, key)
#define ROWS(flags, of, key, value, max) CYAML_FIELD_SEQUENCE(#key, flags, struct sop_raw_##of, key, value, 1, max)
#define MAPPING(of) { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct sop_raw_##of, of##_fields) }

static const cyaml_strval_t yes_no[] = { { "no", 0 }, { "false", 0 }, { "yes", 1 }, { "true", 1 } };
static const cyaml_schema_value_t text_value = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, TEXT_MAX) };

static const cyaml_schema_field_t law_fields[] = {
	TEXT(NEEDED, law, printed), TEXT(NEEDED, law, title), TEXT(MAY, law, reads), CYAML_FIELD_END,
};
static const cyaml_schema_value_t law_value = MAPPING(law);

static const cyaml_schema_field_t actor_fields[] = {
	TEXT(NEEDED, actor, key), TEXT(NEEDED, actor, name), TEXT(NEEDED, actor, role), CYAML_FIELD_END,
};
static const cyaml_schema_value_t actor_value = MAPPING(actor);

static const cyaml_schema_field_t branch_fields[] = {
	TEXT(NEEDED, branch, when), TEXT(NEEDED, branch, to), LIST(NEEDED, branch, on), CYAML_FIELD_END,
};
static const cyaml_schema_value_t branch_value = MAPPING(branch);

static const cyaml_schema_field_t step_fields[] = {
	TEXT(NEEDED, step, id), TEXT(NEEDED, step, name), LIST(NEEDED, step, by), LIST(NEEDED, step, actions),
	LIST(MAY, step, requirements), TEXT(MAY, step, printed), TEXT(MAY, step, time), TEXT(MAY, step, from),
	TEXT(MAY, step, clock), TEXT(MAY, step, output), TEXT(MAY, step, note), LIST(MAY, step, tells),
	LIST_AS(MAY, step, "while", states), FLAG(step, beside), LIST(MAY, step, done), LIST(MAY, step, needs),
	ROWS(MAY, step, branches, &branch_value, ITEMS_MAX), CYAML_FIELD_END,
};
static const cyaml_schema_value_t step_value = MAPPING(step);

static const cyaml_schema_field_t gate_fields[] = {
	TEXT(NEEDED, gate, action), LIST(MAY, gate, by), TEXT(MAY, gate, after), TEXT(MAY, gate, at),
	TEXT(NEEDED, gate, why), CYAML_FIELD_END,
};
static const cyaml_schema_value_t gate_value = MAPPING(gate);

static const cyaml_schema_field_t decision_fields[] = {
	TEXT(NEEDED, decision, conflict), TEXT(MAY, decision, about), TEXT(MAY, decision, printed),
	TEXT(NEEDED, decision, decision), CYAML_FIELD_END,
};
static const cyaml_schema_value_t decision_value = MAPPING(decision);

static const cyaml_schema_field_t file_fields[] = {
	TEXT(NEEDED, file, id), TEXT(NEEDED, file, number), TEXT(NEEDED, file, title), TEXT(NEEDED, file, government),
	TEXT(NEEDED, file, office), TEXT(MAY, file, signed_by), TEXT(MAY, file, made_on), TEXT(MAY, file, ratified_on),
	TEXT(MAY, file, effective_on), TEXT(MAY, file, covers), TEXT(MAY, file, period), FLAG(file, accountable),
	ROWS(NEEDED, file, legal_basis, &law_value, ITEMS_MAX), LIST(MAY, file, qualifications),
	LIST(MAY, file, related), LIST(MAY, file, equipment), LIST(MAY, file, warnings), LIST(MAY, file, records),
	ROWS(NEEDED, file, roles, &actor_value, ITEMS_MAX), ROWS(NEEDED, file, steps, &step_value, STEPS_MAX),
	ROWS(MAY, file, gates, &gate_value, ITEMS_MAX), TEXT(MAY, file, total),
	ROWS(MAY, file, decisions, &decision_value, ITEMS_MAX), CYAML_FIELD_END,
};
const cyaml_schema_value_t sop_raw_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct sop_raw_file, file_fields)
};
