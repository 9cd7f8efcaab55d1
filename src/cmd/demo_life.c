/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd/demo_life.h"

#include <string.h>

#include "app/settings.h"
#include "base/utf8.h"
#include "core/sop_run.h"
#include "core/sop_shelf.h"

#define OFFICE_OPENS_MS (8 * MS_PER_HOUR)
#define OFFICE_MS (8 * MS_PER_HOUR)
#define HANDED_ON_MS (40 * (int64_t)1000)
#define QUICK_MINUTES 20U
/* Examinations that lapor demo leaves under way. */
#define EXAMINED_SINCE_MS (21 * MS_PER_DAY)

struct teller {
	struct life *l;
	const struct ctx *c;
	const struct demo_world *w;
	const struct demo_topic *topic;
	struct rand_seq *random;
	struct demo_voice voice;
	struct instant t, now;
	size_t opd;
	int slowness;       /* 1 quick .. 8 neglected */
};

static bool chance(struct teller *x, uint32_t percent)
{
	return rand_below(x->random, 100) < percent;
}

static const char *word(struct teller *x, const char *list)
{
	return demo_text_word(&x->voice, x->c->a, list);
}

/* The next moment of office time at or after t. */
static struct instant into_office(struct teller *x, struct instant t)
{
	enum zone z = calendar_zone(x->c->calendar);
	struct day d = instant_day(t, z);
	int64_t ms = t.ms - instant_at_day(d, z).ms;

	if (calendar_is_workday(x->c->calendar, d) && ms < OFFICE_OPENS_MS + OFFICE_MS)
		return ms >= OFFICE_OPENS_MS ? t
					     : instant_add_ms(instant_at_day(d, z), OFFICE_OPENS_MS +
							      rand_below(x->random, (uint32_t)(2 * MS_PER_HOUR)));
	d = calendar_add_workdays(x->c->calendar, d, 1);
	return instant_add_ms(instant_at_day(d, z), OFFICE_OPENS_MS + rand_below(x->random, (uint32_t)(3 * MS_PER_HOUR)));
}

static void step(struct teller *x, const struct life_step *s)
{
	life_step(x->l, s);
}

static struct who officer(enum role role, const struct demo_office *o)
{
	return (struct who){ .role = role, .account = o->officer, .agency = o->agency };
}

/* What the job runner would have done between then and t. */
static void escalate_before(struct teller *x, struct instant t)
{
	const struct projection *p = life_now(x->l);
	struct instant due = life_due(x->l, CLOCK_OMBUDSMAN);

	if (!instant_is_set(due) || due.ms >= t.ms || p->is_escalated || p->state == STATE_PENDING ||
	    !transition_find(ACT_ESCALATE, p->state, ROLE_SYSTEM))
		return;
	step(x, &(struct life_step){
		.at = instant_add_ms(due, 1), .who = { .role = ROLE_SYSTEM }, .in = { .action = ACT_ESCALATE } });
}

/* Time goes on by some hours, tripled and more where work is neglected; false when that lies in the future. */
static bool wait(struct teller *x, uint32_t min_hours, uint32_t max_hours, bool by_office)
{
	/* Standards of minutes and hours are kept more often than not. */
	bool is_quick = by_office && x->w->works_by_sop && chance(x, 70);
	uint32_t span = (is_quick ? QUICK_MINUTES : (max_hours - min_hours) * 60) * (by_office ? (uint32_t)x->slowness : 1) + 1;
	int64_t least = is_quick ? 0 : min_hours * 60;
	struct instant t = instant_add_ms(x->t, (least + (int64_t)rand_below(x->random, span)) * MS_PER_MINUTE +
					  rand_below(x->random, 60000));

	if (by_office)
		t = into_office(x, t);
	escalate_before(x, t.ms < x->now.ms ? t : x->now);
	if (t.ms >= x->now.ms)
		return false;
	x->t = t;
	return true;
}

static void citizen(struct teller *x, enum action action, const char *reason, const char *note)
{
	step(x, &(struct life_step){ .at = x->t, .who = { .role = ROLE_CITIZEN },
				     .in = { .action = action, .reason = reason, .note = note } });
}

static void by_office(struct teller *x, enum role role, const struct demo_office *o, enum action action,
		      const char *reason, const char *note)
{
	step(x, &(struct life_step){ .at = x->t, .who = officer(role, o),
				     .in = { .action = action, .reason = reason, .note = note } });
}

static void send_to(struct teller *x, enum role role, const struct demo_office *from, enum action action,
		    struct agency_id to, enum level level)
{
	step(x, &(struct life_step){ .at = x->t, .who = officer(role, from), .to = to, .to_level = level,
				     .in = { .action = action } });
}

/* The parent of a holder, for what goes back up. */
static void return_up(struct teller *x, enum role role, const struct demo_office *from, struct agency_id to,
		      enum level level)
{
	step(x, &(struct life_step){ .at = x->t, .who = officer(role, from), .to = to, .to_level = level,
				     .in = { .action = ACT_RETURN_UP, .reason = "not_competent",
					     .note = word(x, "kembali") } });
}

/* ---- what the SOP in force adds */

/* NULL: it is in none. */
static const struct sop *sop_of(const struct teller *x)
{
	const struct sop_book *book = sop_shelf_find(x->c->sops, life_now(x->l)->sop);

	return book ? book->sop : NULL;
}

static bool names(const struct teller *x, struct sop_act act, enum role role)
{
	const struct sop *s = sop_of(x);

	return s && sop_run_names(s, SOP_END, act, role);
}

/* A few minutes later; not at all when that is still to come. */
static bool a_moment(struct teller *x)
{
	struct instant t = instant_add_ms(x->t, (1 + rand_below(x->random, 4)) * MS_PER_MINUTE);

	if (t.ms >= x->now.ms)
		return false;
	escalate_before(x, t);
	x->t = t;
	return true;
}

/* The dice of an SOP are thrown only where there is one, so that the invented regency stays as it is. */
static bool chance_by_sop(struct teller *x, uint32_t percent)
{
	return sop_of(x) && chance(x, percent);
}

/* Does it where the SOP has it so. */
static void task(struct teller *x, enum role role, const struct demo_office *o, enum sop_task task)
{
	if (names(x, (struct sop_act){ .task = task }, role) &&
	    transition_find(ACT_TASK, life_now(x->l)->state, role) && a_moment(x))
		by_office(x, role, o, ACT_TASK, sop_task_word(task),
			  task == SOP_TASK_ROOT_CAUSE ? word(x, "sebab") : NULL);
}

static void take(struct teller *x, enum role role, const struct demo_office *o)
{
	task(x, role, o, SOP_TASK_RECEIVE);
	if (names(x, (struct sop_act){ .action = ACT_TAKE }, role) &&
	    transition_find(ACT_TAKE, life_now(x->l)->state, role) && a_moment(x))
		by_office(x, role, o, ACT_TAKE, NULL, NULL);
}

/* Asks the reporter for more; false when the report ended or the present came. */
static bool pend(struct teller *x, enum role role, const struct demo_office *o)
{
	static const char *const reasons[] = { "location", "time", "evidence", "chronology" };
	struct instant due;

	by_office(x, role, o, ACT_PEND, reasons[rand_below(x->random, 4)], word(x, "tunda"));
	due = life_due(x->l, CLOCK_PENDING);
	if (chance(x, 70) && wait(x, 2, 150, false) && x->t.ms < due.ms) {
		citizen(x, ACT_COMPLETE, NULL, word(x, "lengkap"));
		return true;
	}
	if (due.ms < x->now.ms)
		step(x, &(struct life_step){ .at = due, .who = { .role = ROLE_SYSTEM },
					     .in = { .action = ACT_EXPIRE, .reason = "not_completed" } });
	return false;
}

static bool may_archive(const struct teller *x)
{
	return x->topic->class != CLASS_ASPIRATION;
}

/* "jalan RUSAK di..." -> the same words as the officer writes them. */
static void verify(struct teller *x, enum role role, const struct demo_office *o)
{
	const struct life_in *in = &x->l->in;
	enum visibility v = life_now(x->l)->visibility;
	bool is_first = !x->l->public_title;

	/* What must not be public is made secret by the verifier. */
	if (x->topic->class == CLASS_COMPLAINT_OVERSIGHT && v == VISIBILITY_OPEN)
		v = VISIBILITY_ANONYMOUS;
	step(x, &(struct life_step){
		.at = x->t, .who = officer(role, o),
		.in = { .action = ACT_VERIFY, .class = x->topic->class, .category = x->topic->category, .visibility = v,
			.public_title = is_first ? in->title : NULL, .public_body = is_first ? in->body : NULL,
			.checked_relevant = true, .checked_complete = true, .checked_clear = true },
	});
}

/* The system tells the one responsible by the category within the minute (SOP jatim#2). */
static void tell_admin(struct teller *x)
{
	struct instant t = instant_add_ms(x->t, 5000);

	if (!names(x, (struct sop_act){ .task = SOP_TASK_INFORM_ADMIN }, ROLE_SYSTEM) || t.ms >= x->now.ms)
		return;
	x->t = t;
	step(x, &(struct life_step){ .at = t, .who = { .role = ROLE_SYSTEM },
				     .in = { .action = ACT_TASK, .reason = sop_task_word(SOP_TASK_INFORM_ADMIN) } });
}

static bool national_stage(struct teller *x)
{
	tell_admin(x);
	if (chance(x, 2) && wait(x, 1, 12, false)) {
		citizen(x, ACT_WITHDRAW, "solved_meanwhile", word(x, "cabut"));
		return false;
	}
	if (!wait(x, 1, 40, true))
		return false;
	take(x, ROLE_NATIONAL_ADMIN, &x->w->national);
	if (chance(x, 4) && may_archive(x)) {
		by_office(x, ROLE_NATIONAL_ADMIN, &x->w->national, ACT_ARCHIVE, "unclear", word(x, "arsip"));
		return false;
	}
	if (chance(x, 6) && !(pend(x, ROLE_NATIONAL_ADMIN, &x->w->national) && wait(x, 1, 20, true)))
		return false;
	verify(x, ROLE_NATIONAL_ADMIN, &x->w->national);
	/* A few wait between verification and disposition. */
	if (chance(x, 15) ? !wait(x, 2, 30, true) : !wait(x, 0, 1, true))
		return false;
	send_to(x, ROLE_NATIONAL_ADMIN, &x->w->national, ACT_DISPOSE, x->w->regency.agency, LEVEL_AGENCY);
	return true;
}

/* What belongs to another agency goes up and is answered there. */
static bool other_agency(struct teller *x)
{
	return_up(x, ROLE_AGENCY_ADMIN, &x->w->regency, x->w->root, LEVEL_NATIONAL);
	if (!wait(x, 1, 20, true))
		return false;
	send_to(x, ROLE_NATIONAL_ADMIN, &x->w->national, ACT_DISPOSE, x->w->land.agency, LEVEL_AGENCY);
	if (!wait(x, 8, 60, true))
		return false;
	by_office(x, ROLE_AGENCY_ADMIN, &x->w->land, ACT_ANSWER, NULL,
		  "Terima kasih atas laporannya. Berkas telah kami telusuri dan pemohon dapat menemui petugas loket pada jam "
		  "kerja dengan membawa bukti pendaftaran.");
	return true;
}

/* False: ended, or the present came. True: at an OPD, or already answered. */
static bool agency_stage(struct teller *x)
{
	const struct demo_office *admin = &x->w->regency;

	if (!wait(x, 1, 24, true))
		return false;
	take(x, ROLE_AGENCY_ADMIN, admin);
	if (chance(x, 2))
		return other_agency(x);
	if (chance(x, 3) && !(pend(x, ROLE_AGENCY_ADMIN, &x->w->regency) && wait(x, 1, 20, true)))
		return false;
	verify(x, ROLE_AGENCY_ADMIN, admin);
	task(x, ROLE_AGENCY_ADMIN, admin, SOP_TASK_CHECKLIST);
	if (chance(x, 12) ? !wait(x, 2, 24, true) : !wait(x, 0, 1, true))
		return false;
	if (chance(x, 5)) {
		/* The wrong one first; it asks for re-disposition. */
		size_t wrong = rand_below(x->random, (uint32_t)x->w->n_opds);
		const struct demo_office *o = &x->w->opd[wrong].office;

		send_to(x, ROLE_AGENCY_ADMIN, &x->w->regency, ACT_DISPOSE, o->agency, LEVEL_OPD);
		if (!wait(x, 4, 40, true))
			return false;
		return_up(x, ROLE_LIAISON, o, x->w->regency.agency, LEVEL_AGENCY);
		if (!wait(x, 1, 16, true))
			return false;
	}
	if (!chance_by_sop(x, 8))
		task(x, ROLE_AGENCY_ADMIN, admin, SOP_TASK_DISPOSITION_SHEET);
	send_to(x, ROLE_AGENCY_ADMIN, admin, ACT_DISPOSE, x->w->opd[x->opd].office.agency, LEVEL_OPD);
	if (!chance_by_sop(x, 6))
		task(x, ROLE_AGENCY_ADMIN, admin, SOP_TASK_INFORM_LIAISON);
	return true;
}

/* Through a work unit and back. */
static bool unit_stage(struct teller *x)
{
	const struct demo_opd *o = &x->w->opd[x->opd];
	const struct demo_office *u = &o->unit[rand_below(x->random, (uint32_t)o->n_units)];

	send_to(x, ROLE_LIAISON, &o->office, ACT_FORWARD_UNIT, u->agency, LEVEL_UNIT);
	if (!wait(x, 4, 60, true))
		return false;
	take(x, ROLE_UNIT_OFFICER, u);
	if (x->topic->follow_up[0] && chance(x, 60)) {
		by_office(x, ROLE_UNIT_OFFICER, u, ACT_FOLLOW_UP, NULL,
			  demo_text_say(&x->voice, x->c->a, x->topic->follow_up));
		if (!wait(x, 4, 60, true))
			return false;
	}
	if (!chance_by_sop(x, 10))
		task(x, ROLE_UNIT_OFFICER, u, SOP_TASK_ROOT_CAUSE);
	task(x, ROLE_UNIT_OFFICER, u, SOP_TASK_SETTLEMENT_REPORT);
	step(x, &(struct life_step){ .at = x->t, .who = officer(ROLE_UNIT_OFFICER, u), .to = o->office.agency,
				     .to_level = LEVEL_OPD,
				     .in = { .action = ACT_UNIT_ANSWER, .note = word(x, "bahan") } });
	return true;
}

static bool was_done(void *arg, struct sop_act act)
{
	(void)arg;
	(void)act;
	return true;
}

/* Does a gate of the SOP leave it to others? */
static bool is_kept_from(const struct teller *x, enum action action, enum role role)
{
	const struct sop *s = sop_of(x);
	enum sop_refusal why = SOP_FREE;

	if (s)
		sop_run_gate(s, SOP_END, (struct sop_act){ .action = action }, role, was_done, NULL, &why);
	return why == SOP_NOT_BY;
}

/* Where only the admin answers, what the OPD says goes up to him first (SOP jatim#5, #6). */
static bool hand_up(struct teller *x)
{
	const struct demo_office *o = &x->w->opd[x->opd].office;

	if (life_now(x->l)->holder.v != o->agency.v)
		return true;
	step(x, &(struct life_step){ .at = x->t, .who = officer(ROLE_LIAISON, o), .to = x->w->regency.agency,
				     .to_level = LEVEL_AGENCY,
				     .in = { .action = ACT_UNIT_ANSWER, .note = word(x, "bahan") } });
	if (chance(x, 70)) {
		x->t = instant_add_ms(x->t, HANDED_ON_MS);
		return x->t.ms < x->now.ms;
	}
	return wait(x, 0, 6, true);
}

/* False: the present came before it. */
static bool answer(struct teller *x)
{
	const struct demo_office *o = &x->w->opd[x->opd].office;
	bool by_admin = is_kept_from(x, ACT_ANSWER, ROLE_LIAISON);

	task(x, ROLE_LIAISON, o, SOP_TASK_DRAFT_ANSWER);
	if (by_admin && !hand_up(x))
		return false;
	by_office(x, by_admin ? ROLE_AGENCY_ADMIN : ROLE_LIAISON, by_admin ? &x->w->regency : o, ACT_ANSWER, NULL,
		  demo_text_say(&x->voice, x->c->a, x->topic->answer));
	task(x, ROLE_LIAISON, o, SOP_TASK_INFORM_HEAD);
	if (!chance_by_sop(x, 10))
		task(x, ROLE_AGENCY_ADMIN, &x->w->regency, SOP_TASK_RECORD);
	return true;
}

/* The liaison's own tasks when it comes in; false when an examination is under way (SOP kapuas#3). */
static bool receive_at_opd(struct teller *x)
{
	const struct demo_office *o = &x->w->opd[x->opd].office;

	take(x, ROLE_LIAISON, o);
	task(x, ROLE_LIAISON, o, SOP_TASK_INFORM_HEAD);
	task(x, ROLE_LIAISON, o, SOP_TASK_CLARIFY);
	if (!names(x, (struct sop_act){ .task = SOP_TASK_EXAMINE }, ROLE_LIAISON) ||
	    x->now.ms - x->t.ms > EXAMINED_SINCE_MS || !chance(x, 40))
		return true;
	task(x, ROLE_LIAISON, o, SOP_TASK_EXAMINE);
	return false;
}

/* In some SOPs the unit is a step of its own, in the others it is asked now and then. */
static bool goes_to_unit(struct teller *x)
{
	if (x->w->opd[x->opd].n_units == 0)
		return false;
	return names(x, (struct sop_act){ .action = ACT_FOLLOW_UP }, ROLE_UNIT_OFFICER) ||
	       names(x, (struct sop_act){ .action = ACT_UNIT_ANSWER }, ROLE_UNIT_OFFICER) || chance(x, 40);
}

static bool opd_stage(struct teller *x)
{
	const struct demo_opd *o = &x->w->opd[x->opd];

	if (chance(x, 8) && wait(x, 0, 8, true))
		by_office(x, ROLE_LIAISON, &o->office, ACT_NOTE, NULL, word(x, "catatan"));
	if (!wait(x, 2, 40, true) || !receive_at_opd(x))
		return false;
	if (goes_to_unit(x)) {
		if (!unit_stage(x))
			return false;
	} else if (x->topic->follow_up[0] && chance(x, 70)) {
		by_office(x, ROLE_LIAISON, &o->office, ACT_FOLLOW_UP, NULL,
			  demo_text_say(&x->voice, x->c->a, x->topic->follow_up));
	}
	return wait(x, 4, 90, true) && answer(x);
}

static void rate(struct teller *x)
{
	static const int stars[10] = { 5, 4, 5, 3, 4, 5, 2, 4, 1, 5 };

	if (wait(x, 1, 60, false))
		step(x, &(struct life_step){ .at = x->t, .who = { .role = ROLE_CITIZEN },
					     .in = { .action = ACT_RATE, .rating = stars[rand_below(x->random, 10)] } });
}

/* Closed by the reporter, the admin or the silence of ten working days; false when still open. */
static bool close_it(struct teller *x)
{
	struct instant due = life_due(x->l, CLOCK_REPLY);
	uint32_t who = rand_below(x->random, 100);

	if (who < 14 && wait(x, 2, 120, false) && x->t.ms < due.ms) {
		citizen(x, ACT_CLOSE, "solved", word(x, "tutupsendiri"));
		rate(x);
		return true;
	}
	if (who >= 14 && who < 26 && wait(x, 4, 80, true) && x->t.ms < due.ms &&
	    life_now(x->l)->agency.v == x->w->regency.agency.v) {
		by_office(x, ROLE_AGENCY_ADMIN, &x->w->regency, ACT_CLOSE, "answered_sufficiently",
			  word(x, "tutupadmin"));
		return true;
	}
	if (due.ms >= x->now.ms)
		return false;
	x->t = due;
	step(x, &(struct life_step){ .at = due, .who = { .role = ROLE_SYSTEM },
				     .in = { .action = ACT_CLOSE, .reason = "no_reply" } });
	if (chance(x, 8))
		rate(x);
	return true;
}

/* The reporter is not content: once more. */
static bool reply_stage(struct teller *x)
{
	struct instant due = life_due(x->l, CLOCK_REPLY);

	if (!chance(x, 14) || life_now(x->l)->opd.v == 0)
		return true;
	if (!wait(x, 2, 100, false) || x->t.ms >= due.ms)
		return true;
	citizen(x, ACT_REPLY, NULL, word(x, "balas"));
	return wait(x, 6, 60, true) && answer(x);
}

static void reopen_stage(struct teller *x)
{
	if (!chance(x, 2) || life_now(x->l)->opd.v == 0 || !wait(x, 10, 200, false))
		return;
	citizen(x, ACT_REOPEN, "not_solved", word(x, "dibuka"));
	if (wait(x, 8, 60, true) && answer(x))
		close_it(x);
}

static enum kind kind_of(enum class_ class)
{
	switch (class) {
	case CLASS_ASPIRATION: return KIND_ASPIRATION;
	case CLASS_INFORMATION: return KIND_INFORMATION;
	case CLASS_NONE:
	case CLASS_COMPLAINT_OVERSIGHT:
	case CLASS_COMPLAINT: break;
	}
	return KIND_COMPLAINT;
}

static enum channel draw_channel(struct teller *x)
{
	static const struct {
		enum channel channel;
		uint32_t below;
	} share[] = {
		{ CHANNEL_WEB, 52 }, { CHANNEL_ANDROID, 76 }, { CHANNEL_IOS, 80 }, { CHANNEL_WHATSAPP, 88 },
		{ CHANNEL_SMS, 90 }, { CHANNEL_COUNTER, 93 }, { CHANNEL_HOTLINE, 95 }, { CHANNEL_INSTAGRAM, 97 },
		{ CHANNEL_EMAIL, 98 }, { CHANNEL_LETTER, 99 }, { CHANNEL_FACEBOOK, 100 },
	};
	uint32_t n = rand_below(x->random, 100);
	size_t i = 0;

	while (n >= share[i].below)
		i++;
	return share[i].channel;
}

static enum visibility draw_visibility(struct teller *x)
{
	uint32_t n = rand_below(x->random, 100);

	if (x->topic->class == CLASS_COMPLAINT_OVERSIGHT)
		return n < 70 ? VISIBILITY_SECRET : VISIBILITY_ANONYMOUS;
	return n < 45 ? VISIBILITY_OPEN : n < 90 ? VISIBILITY_ANONYMOUS : VISIBILITY_SECRET;
}

static const struct demo_topic *draw_topic(struct teller *x)
{
	uint32_t n = rand_below(x->random, x->w->weights);
	size_t i = 0;

	while (n >= x->w->topic[i].weight)
		n -= x->w->topic[i++].weight;
	return &x->w->topic[i];
}

static void begin(struct teller *x, struct life_tally *tally, struct instant received_at, const char *number,
		  const char *code)
{
	const struct demo_district *d = &x->w->district[rand_below(x->random, (uint32_t)x->w->n_districts)];
	size_t village = rand_below(x->random, (uint32_t)d->n_villages);
	struct arena *a = x->c->a;
	const char *first;
	struct life_in in = { 0 };

	x->topic = draw_topic(x);
	x->opd = x->topic->opd == DEMO_OPD_DISTRICT ? d->opd : x->topic->opd;
	demo_text_begin(&x->voice, &x->w->texts, x->random, d->village[village], d->name);
	first = word(x, "depan");
	in = (struct life_in){
		.kind = kind_of(x->topic->class), .channel = draw_channel(x), .visibility = draw_visibility(x),
		.name = arena_printf(a, "%s %s", first, word(x, "belakang")), .root = x->w->root,
		.happened_on = { DAY_NONE }, .region_code = d->code[village], .received_at = received_at,
		.title = demo_text_say(&x->voice, a, x->topic->title),
		.body = demo_text_say(&x->voice, a, x->topic->body), .number = number, .code = code,
	};
	if (x->w->works_by_sop && chance(x, 60))
		in.asked_agency = x->w->regency.agency;
	in.place = demo_text_say(&x->voice, a, "{jalan}, {patok}");
	if (in.kind == KIND_COMPLAINT)
		in.happened_on = day_add(instant_day(received_at, calendar_zone(x->c->calendar)),
					 -(int32_t)rand_below(x->random, 21));
	if (chance(x, 30))
		in.email = arena_printf(a, "%s.%u@contoh.example", utf8_lower_ascii(a, first),
					rand_below(x->random, 9000) + 1000);
	else if (chance(x, 40))
		in.phone = arena_printf(a, "+62812%08u", rand_below(x->random, 100000000));
	life_begin(x->l, x->c, tally, &in);
}

void demo_life_make(struct life *l, const struct ctx *c, struct life_tally *tally, const struct demo_world *w,
		    struct rand_seq *random, struct instant received_at, struct instant now, const char *number,
		    const char *code)
{
	struct teller x = { .l = l, .c = c, .w = w, .random = random, .t = received_at, .now = now, .slowness = 1 };
	uint32_t luck = rand_below(random, 100);

	if (luck < 6)
		x.slowness = 4 + (int)luck;
	begin(&x, tally, received_at, number, code);
	if (!national_stage(&x) || !agency_stage(&x))
		return;
	if (life_now(l)->state != STATE_ANSWERED && !opd_stage(&x))
		return;
	if (reply_stage(&x) && close_it(&x))
		reopen_stage(&x);
}
