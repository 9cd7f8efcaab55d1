/* SPDX-License-Identifier: Apache-2.0
 * vocab - which message names a value of the shared vocabularies.
 *
 * Every value has one: the switches behind these functions do not compile when one is missing.
 */
#ifndef I18N_VOCAB_H
#define I18N_VOCAB_H

#include "core/complete.h"
#include "core/intake.h"
#include "core/refusal.h"
#include "core/report.h"
#include "core/sop.h"
#include "messages.h"

enum msg vocab_state(enum state s);          /* as citizens see it: "Diproses" */
enum msg vocab_state_detail(enum state s);   /* as officers see it: "Belum ditindaklanjuti" */
enum msg vocab_kind(enum kind k);
enum msg vocab_class(enum class_ c);
enum msg vocab_visibility(enum visibility v);
enum msg vocab_visibility_hint(enum visibility v);
enum msg vocab_closer(enum closer c);
enum msg vocab_channel(enum channel c);
enum msg vocab_clock(enum clock_kind k);
enum msg vocab_queue(enum queue q);
enum msg vocab_level(enum level l);
enum msg vocab_audience(enum audience a);
enum msg vocab_role(enum role r);
enum msg vocab_intake(enum intake_state s);
enum msg vocab_action(enum action a);        /* what happened: "Laporan dijawab" */
enum msg vocab_action_verb(enum action a);   /* on a button: "Kirim jawaban" */
enum msg vocab_refusal(int refusal);         /* an enum refusal, as struct err carries it */
enum msg vocab_field_error(enum field_error e);
/* A word of core/reason.def; MSG_NONE when there is no such word (or NULL). */
enum msg vocab_task(enum sop_task task);
enum msg vocab_reason(const char *word);

#endif
