/* SPDX-License-Identifier: Apache-2.0
 * desk_sop - what the report page says of the SOP in force: where the report is in it, who holds it until when and why,
 * what was done and what comes, and the tasks that this person may do now.
 */
#ifndef VIEW_DESK_SOP_H
#define VIEW_DESK_SOP_H

#include "core/sop.h"
#include "core/worddiff.h"
#include "view/desk.h"

enum desk_sop_place { DESK_SOP_PASSED, DESK_SOP_HERE, DESK_SOP_BESIDE, DESK_SOP_AHEAD };

/* "2e": a part of the step the report is at. */
struct desk_sop_part {
	const char *id, *name;
	const char *anchor;        /* of the form that does it, or NULL */
	bool is_done;
};

struct desk_sop_step {
	const char *id, *name, *who; /* who: as they are called there (E15) */
	const char *limit;         /* as printed; "" none */
	enum desk_sop_place place;
};

/* How the form of a task looks. */
enum desk_task_shape { DESK_TASK_BARE, DESK_TASK_NOTE, DESK_TASK_ROOT_CAUSE, DESK_TASK_SUMMON, DESK_TASK_LINK };

/* What was typed in a form that was refused. */
struct desk_task_typed {
	const char *note;
	const char *correction;              /* root_cause: note is the cause */
	const char *unit, *day, *hour, *place; /* summon: note is the text */
};

struct desk_task {
	const char *word;          /* in the form's address */
	const char *form_id;       /* "tugas-<word>" */
	const char *title, *hint, *note_label, *button;
	enum desk_task_shape shape;
	bool is_required;          /* the note */
	bool is_here;              /* of the step it is at; else a task of a step before */
	bool is_open;
	const char *href;          /* of a link */
	bool is_done;
	struct instant done_at;    /* last time, within this step */
	const char *done_by;       /* NULL: the system */
	struct desk_task_typed typed;
	const char *problem;
	const char *share_text;    /* inform_liaison without a channel: to be pasted; NULL: not offered */
};

struct desk_letter {
	int64_t seq;
	struct instant at;
};

struct desk_sop {
	const char *title, *number_of_sop, *government, *word;
	int64_t version;
	const char *step_id, *step_name, *step_note; /* NULL: at none */
	const char *who;           /* the step's roles, by their local names */
	const char *holder, *taker;
	struct instant since;
	const struct desk_clock *clock; /* the step's; NULL: it has no time of its own */
	const struct desk_sop_step *steps;
	size_t n_steps;
	const struct desk_sop_part *parts;
	size_t n_parts;
	const struct desk_task *tasks; /* those of this step first */
	size_t n_tasks;
	const struct desk_letter *letters; /* summons */
	size_t n_letters;
	bool has_minutes;          /* the SOP knows berita acara */
	bool has_sheet;            /* ... and a lembar disposisi */
};

/* Lembar disposisi. */
struct desk_sheet {
	const char *csrf, *number, *title, *government, *from, *to, *instruction, *holder;
	enum kind kind;
	enum class_ class;
	enum visibility visibility;
	enum channel channel;
	const char *category;
	struct instant received_at;
	struct desk_due due;
	struct day today;
	bool may_record;
	const char *problem;
};

/* Surat panggilan. */
struct desk_summons {
	const char *number, *title, *government, *opd, *author;
	const char *text;          /* as it stands in the history */
	struct instant at;
};

#endif
