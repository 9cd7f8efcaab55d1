/* SPDX-License-Identifier: Apache-2.0
 * err - how a function says that it did not succeed.
 *
 * Three kinds are kept apart. A bug aborts (BUG_ON). A refusal is a value that a person
 * gets to see, with a hint what to do (RC_INVALID .. RC_UNSUPPORTED). A failure is the
 * machine's (RC_UNAVAILABLE, RC_FAILED): answered with 503 or 500 and tried again.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Put before every function that returns enum rc: ignoring it is then a compile error. */
#define CHECKED __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

enum rc {
	RC_OK = 0,
	RC_NOT_FOUND,   /* no such thing, or not for this person: the two look the same */
	RC_DENIED,      /* known person, not allowed */
	RC_INVALID,     /* what was sent is wrong; 422 or 400 */
	RC_CONFLICT,    /* changed meanwhile; 409 */
	RC_LIMITED,     /* too often; 429 */
	RC_TOO_LARGE,   /* 413 */
	RC_UNSUPPORTED, /* 415 */
	RC_UNAVAILABLE, /* the database or a neighbour is away; 503, try again */
	RC_FAILED,      /* an I/O failure or a defect in data; 500 */
};

/*
 * The reason of the last refusal or failure. One per request or job, in its context.
 * refusal is an enum refusal of core (0: none); detail is for the log and for command-line
 * users, never for a web page.
 */
struct err {
	enum rc rc;
	int refusal;
	char detail[256];
};

/* Fills err and returns rc, so that "return err_set(...)" reads well. err may be NULL. */
enum rc err_set(struct err *err, enum rc rc, int refusal, const char *fmt, ...) PRINTF_LIKE(4, 5);
const char *rc_name(enum rc rc);

#define TRY(expr)                                \
	do {                                     \
		enum rc try_rc_ = (expr);        \
		if (try_rc_ != RC_OK)            \
			return try_rc_;          \
	} while (0)

_Noreturn void bug_at(const char *file, int line, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* A broken invariant: abort, let the supervisor restart; the open transaction is gone. */
#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
#define BUG_ON(cond)                                       \
	do {                                               \
		if (cond)                                  \
			BUG("invariant broken: %s", #cond); \
	} while (0)

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
