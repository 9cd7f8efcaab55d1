/* SPDX-License-Identifier: Apache-2.0
 * life - a report from writing to closing, one form after the other, as citizen and officers send them.
 *
 * Every form is one durable POST; some record two events in one transaction, because that is what their button
 * does. The way is the whole national process, so the work goes on after the reply and is answered once more:
 *   submit    citizen         a new report                                    1 event
 *   verify    national admin  verified and sent to the agency                 2
 *   dispose   agency admin    verified there and sent to an OPD               2
 *   answer    liaison         the answer                                      1
 *   reply     citizen         "not solved": back to work                      1
 *   answer 2  liaison         the second answer; only what is answered closes 1
 *   close     citizen         closed, with a rating                           2
 */
#ifndef BENCH_LIFE_H
#define BENCH_LIFE_H

#include "people.h"

enum life_step { LIFE_SUBMIT, LIFE_VERIFY, LIFE_DISPOSE, LIFE_ANSWER, LIFE_REPLY, LIFE_ANSWER_AGAIN, LIFE_CLOSE, LIFE_STEPS };

struct life {
	enum life_step next; /* LIFE_STEPS: closed */
	unsigned long nth;   /* which one it is: text, category and liaison follow from it */
	long version;        /* what the next officer has seen */
	char number[32], code[32];
	struct person citizen;
};

const char *life_name(enum life_step s);
int life_events(enum life_step s);

void life_begin(struct life *l, unsigned long nth, const struct person *citizen);
/* Makes c->out the form of the next step. */
void life_write(const struct life *l, const struct people *p, struct conn *c);
/* Makes c->out the page with that form: of the officer, or the reporter. There is none before the first step. */
void life_write_page(const struct life *l, const struct people *p, struct conn *c);
/* Takes the answer of the form: on to the next step, or false and why. */
bool life_take(struct life *l, const struct reply *r, char *ret_why, size_t size);
/* Takes the page: the version that its forms carry, or false and why. */
bool life_take_page(struct life *l, const struct reply *r, char *ret_why, size_t size);

/* Words that the texts of reports are made of; searched for, too. */
const char *life_word(unsigned long n);

#endif
