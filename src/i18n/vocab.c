/* SPDX-License-Identifier: Apache-2.0 */
#include "i18n/vocab.h"

#include <string.h>

/* Short, because these tables are long: case X: return MSG_y. */
#define SAY(value, message) \
	case value: return MSG_##message;

enum msg vocab_state(enum state s)
{
	switch (s) {
	SAY(STATE_NONE, state_none)
	SAY(STATE_RECEIVED, state_received)
	SAY(STATE_VERIFIED, state_verified)
	SAY(STATE_AT_AGENCY, state_at_agency)
	SAY(STATE_AGENCY_VERIFIED, state_agency_verified)
	SAY(STATE_AT_OPD, state_at_opd)
	SAY(STATE_AT_UNIT, state_at_unit)
	SAY(STATE_IN_PROGRESS, state_in_progress)
	SAY(STATE_ANSWERED, state_answered)
	SAY(STATE_PENDING, state_pending)
	SAY(STATE_CLOSED, state_closed)
	SAY(STATE_ARCHIVED, state_archived)
	}
	return MSG_NONE;
}

enum msg vocab_state_detail(enum state s)
{
	switch (s) {
	SAY(STATE_NONE, state_none)
	SAY(STATE_RECEIVED, state_detail_received)
	SAY(STATE_VERIFIED, state_detail_verified)
	SAY(STATE_AT_AGENCY, state_detail_at_agency)
	SAY(STATE_AGENCY_VERIFIED, state_detail_agency_verified)
	SAY(STATE_AT_OPD, state_detail_at_opd)
	SAY(STATE_AT_UNIT, state_detail_at_unit)
	SAY(STATE_IN_PROGRESS, state_detail_in_progress)
	SAY(STATE_ANSWERED, state_detail_answered)
	SAY(STATE_PENDING, state_detail_pending)
	SAY(STATE_CLOSED, state_detail_closed)
	SAY(STATE_ARCHIVED, state_detail_archived)
	}
	return MSG_NONE;
}

enum msg vocab_kind(enum kind k)
{
	switch (k) {
	SAY(KIND_NONE, NONE)
	SAY(KIND_COMPLAINT, kind_pengaduan)
	SAY(KIND_ASPIRATION, kind_aspirasi)
	SAY(KIND_INFORMATION, kind_informasi)
	SAY(KIND_UNSURE, kind_belum)
	}
	return MSG_NONE;
}

enum msg vocab_class(enum class_ c)
{
	switch (c) {
	SAY(CLASS_NONE, class_none)
	SAY(CLASS_COMPLAINT_OVERSIGHT, class_pengawasan)
	SAY(CLASS_COMPLAINT, class_pengaduan)
	SAY(CLASS_ASPIRATION, class_aspirasi)
	SAY(CLASS_INFORMATION, class_informasi)
	}
	return MSG_NONE;
}

enum msg vocab_visibility(enum visibility v)
{
	switch (v) {
	SAY(VISIBILITY_NONE, NONE)
	SAY(VISIBILITY_OPEN, visibility_terbuka)
	SAY(VISIBILITY_ANONYMOUS, visibility_anonim)
	SAY(VISIBILITY_SECRET, visibility_rahasia)
	}
	return MSG_NONE;
}

enum msg vocab_visibility_hint(enum visibility v)
{
	switch (v) {
	SAY(VISIBILITY_NONE, NONE)
	SAY(VISIBILITY_OPEN, visibility_hint_terbuka)
	SAY(VISIBILITY_ANONYMOUS, visibility_hint_anonim)
	SAY(VISIBILITY_SECRET, visibility_hint_rahasia)
	}
	return MSG_NONE;
}

enum msg vocab_closer(enum closer c)
{
	switch (c) {
	SAY(CLOSER_NONE, NONE)
	SAY(CLOSED_BY_SYSTEM, closer_sistem)
	SAY(CLOSED_BY_ADMIN, closer_admin)
	SAY(CLOSED_BY_REPORTER, closer_pelapor)
	}
	return MSG_NONE;
}

enum msg vocab_channel(enum channel c)
{
	switch (c) {
	SAY(CHANNEL_NONE, NONE)
	SAY(CHANNEL_WEB, channel_web)
	SAY(CHANNEL_SMS, channel_sms)
	SAY(CHANNEL_WHATSAPP, channel_whatsapp)
	SAY(CHANNEL_EMAIL, channel_surel)
	SAY(CHANNEL_LETTER, channel_surat)
	SAY(CHANNEL_COUNTER, channel_loket)
	SAY(CHANNEL_HOTLINE, channel_telepon)
	SAY(CHANNEL_INSTAGRAM, channel_instagram)
	SAY(CHANNEL_FACEBOOK, channel_facebook)
	SAY(CHANNEL_X, channel_x)
	SAY(CHANNEL_ANDROID, channel_android)
	SAY(CHANNEL_IOS, channel_ios)
	SAY(CHANNEL_OTHER_WEB, channel_situs)
	SAY(CHANNEL_API, channel_api)
	}
	return MSG_NONE;
}

enum msg vocab_clock(enum clock_kind k)
{
	switch (k) {
	SAY(CLOCK_NONE, NONE)
	SAY(CLOCK_VERIFY, clock_verifikasi)
	SAY(CLOCK_AGENCY, clock_disposisi)
	SAY(CLOCK_FOLLOW_UP, clock_tindak_lanjut)
	SAY(CLOCK_COMPLETE, clock_penyelesaian)
	SAY(CLOCK_REPLY, clock_tanggapan)
	SAY(CLOCK_PENDING, clock_kelengkapan)
	SAY(CLOCK_OMBUDSMAN, clock_ombudsman)
	SAY(CLOCK_STEP, clock_langkah)
	}
	return MSG_NONE;
}

enum msg vocab_queue(enum queue q)
{
	switch (q) {
	SAY(QUEUE_NONE, queue_tiada)
	SAY(QUEUE_VERIFY, queue_verifikasi)
	SAY(QUEUE_DISPOSE, queue_disposisi)
	SAY(QUEUE_RESPOND, queue_tindak_lanjut)
	SAY(QUEUE_WAITING, queue_menunggu_pelapor)
	SAY(QUEUE_ANSWERED, queue_terjawab)
	}
	return MSG_NONE;
}

enum msg vocab_level(enum level l)
{
	switch (l) {
	SAY(LEVEL_NONE, level_tiada)
	SAY(LEVEL_NATIONAL, level_nasional)
	SAY(LEVEL_AGENCY, level_instansi)
	SAY(LEVEL_OPD, level_opd)
	SAY(LEVEL_UNIT, level_unit)
	}
	return MSG_NONE;
}

enum msg vocab_audience(enum audience a)
{
	switch (a) {
	SAY(AUDIENCE_NONE, NONE)
	SAY(AUDIENCE_PUBLIC, audience_publik)
	SAY(AUDIENCE_REPORTER, audience_pelapor)
	SAY(AUDIENCE_INTERNAL, audience_internal)
	}
	return MSG_NONE;
}

enum msg vocab_role(enum role r)
{
	switch (r) {
	SAY(ROLE_NONE, role_none)
	SAY(ROLE_CITIZEN, role_citizen)
	SAY(ROLE_NATIONAL_ADMIN, role_national_admin)
	SAY(ROLE_AGENCY_ADMIN, role_agency_admin)
	SAY(ROLE_LIAISON, role_liaison)
	SAY(ROLE_UNIT_OFFICER, role_unit_officer)
	SAY(ROLE_OPD_HEAD, role_opd_head)
	SAY(ROLE_SYSTEM, role_system)
	SAY(ROLE_OPERATOR, role_operator)
	SAY(ROLE_INTAKE, role_intake)
	SAY(ROLE_OPD_INTAKE, role_opd_intake)
	SAY(ROLE_SECTION_HEAD, role_section_head)
	SAY(ROLE_DIVISION_HEAD, role_division_head)
	SAY(ROLE_OFFICE_HEAD, role_office_head)
	SAY(ROLE_REGENT, role_regent)
	SAY(ROLE_OVERSIGHT, role_oversight)
	SAY(ROLE_COORDINATOR, role_coordinator)
	}
	return MSG_NONE;
}

enum msg vocab_action(enum action a)
{
	switch (a) {
	SAY(ACT_NONE, NONE)
	SAY(ACT_SUBMIT, action_submit)
	SAY(ACT_VERIFY, action_verify)
	SAY(ACT_DISPOSE, action_dispose)
	SAY(ACT_FORWARD_UNIT, action_forward_unit)
	SAY(ACT_RETURN_UP, action_return_up)
	SAY(ACT_REDISPOSE, action_redispose)
	SAY(ACT_PEND, action_pend)
	SAY(ACT_COMPLETE, action_complete)
	SAY(ACT_EXPIRE, action_expire)
	SAY(ACT_ARCHIVE, action_archive)
	SAY(ACT_FOLLOW_UP, action_follow_up)
	SAY(ACT_UNIT_ANSWER, action_unit_answer)
	SAY(ACT_ANSWER, action_answer)
	SAY(ACT_REPLY, action_reply)
	SAY(ACT_CLOSE, action_close)
	SAY(ACT_REOPEN, action_reopen)
	SAY(ACT_WITHDRAW, action_withdraw)
	SAY(ACT_RATE, action_rate)
	SAY(ACT_ESCALATE, action_escalate)
	SAY(ACT_NOTE, action_note)
	SAY(ACT_EDIT_TEXT, action_edit_text)
	SAY(ACT_SET_VISIBILITY, action_set_visibility)
	SAY(ACT_RECLASSIFY, action_reclassify)
	SAY(ACT_BLOCK, action_block)
	SAY(ACT_UNBLOCK, action_unblock)
	SAY(ACT_REVEAL, action_reveal)
	SAY(ACT_REMIND, action_remind)
	SAY(ACT_TAKE, action_take)
	SAY(ACT_IMPORT, action_import)
	SAY(ACT_TASK, action_task)
	SAY(ACT_SETTLE, action_settle)
	SAY(ACT_ARBITRATE, action_arbitrate)
	SAY(ACT_RECOUNT, action_recount)
	SAY(ACT_OMBUDSMAN_CONSENT, action_ombudsman_consent)
	SAY(ACT_OMBUDSMAN_SENT, action_ombudsman_sent)
	}
	return MSG_NONE;
}

enum msg vocab_action_verb(enum action a)
{
	switch (a) {
	SAY(ACT_NONE, NONE)
	SAY(ACT_SUBMIT, verb_submit)
	SAY(ACT_VERIFY, verb_verify)
	SAY(ACT_DISPOSE, verb_dispose)
	SAY(ACT_FORWARD_UNIT, verb_forward_unit)
	SAY(ACT_RETURN_UP, verb_return_up)
	SAY(ACT_REDISPOSE, verb_redispose)
	SAY(ACT_PEND, verb_pend)
	SAY(ACT_COMPLETE, verb_complete)
	SAY(ACT_EXPIRE, verb_expire)
	SAY(ACT_ARCHIVE, verb_archive)
	SAY(ACT_FOLLOW_UP, verb_follow_up)
	SAY(ACT_UNIT_ANSWER, verb_unit_answer)
	SAY(ACT_ANSWER, verb_answer)
	SAY(ACT_REPLY, verb_reply)
	SAY(ACT_CLOSE, verb_close)
	SAY(ACT_REOPEN, verb_reopen)
	SAY(ACT_WITHDRAW, verb_withdraw)
	SAY(ACT_RATE, verb_rate)
	SAY(ACT_ESCALATE, verb_escalate)
	SAY(ACT_NOTE, verb_note)
	SAY(ACT_EDIT_TEXT, verb_edit_text)
	SAY(ACT_SET_VISIBILITY, verb_set_visibility)
	SAY(ACT_RECLASSIFY, verb_reclassify)
	SAY(ACT_BLOCK, verb_block)
	SAY(ACT_UNBLOCK, verb_unblock)
	SAY(ACT_REVEAL, verb_reveal)
	SAY(ACT_REMIND, verb_remind)
	SAY(ACT_TAKE, verb_take)
	SAY(ACT_IMPORT, verb_import)
	SAY(ACT_TASK, verb_task)
	SAY(ACT_SETTLE, verb_settle)
	SAY(ACT_ARBITRATE, verb_arbitrate)
	SAY(ACT_RECOUNT, verb_recount)
	SAY(ACT_OMBUDSMAN_CONSENT, verb_ombudsman_consent)
	SAY(ACT_OMBUDSMAN_SENT, verb_ombudsman_sent)
	}
	return MSG_NONE;
}

enum msg vocab_refusal(int refusal)
{
	switch ((enum refusal)refusal) {
#define REFUSAL(name) SAY(REFUSE_##name, refusal_##name)
#include "core/refusal.def"
#undef REFUSAL
	}
	return MSG_NONE;
}

enum msg vocab_field_error(enum field_error e)
{
	switch (e) {
	SAY(FIELD_OK, field_ok)
	SAY(FIELD_KIND_MISSING, field_kind_missing)
	SAY(FIELD_TITLE_MISSING, field_title_missing)
	SAY(FIELD_TITLE_SHORT, field_title_short)
	SAY(FIELD_TITLE_LONG, field_title_long)
	SAY(FIELD_BODY_MISSING, field_body_missing)
	SAY(FIELD_BODY_SHORT, field_body_short)
	SAY(FIELD_BODY_LONG, field_body_long)
	SAY(FIELD_DATE_INVALID, field_date_invalid)
	SAY(FIELD_DATE_FUTURE, field_date_future)
	SAY(FIELD_DATE_OLD, field_date_old)
	SAY(FIELD_VISIBILITY_MISSING, field_visibility_missing)
	SAY(FIELD_NAME_MISSING, field_name_missing)
	SAY(FIELD_NAME_LONG, field_name_long)
	SAY(FIELD_EMAIL_INVALID, field_email_invalid)
	SAY(FIELD_PHONE_INVALID, field_phone_invalid)
	SAY(FIELD_PLACE_LONG, field_place_long)
	SAY(FIELD_REGION_UNKNOWN, field_region_unknown)
	SAY(FIELD_AGENCY_UNKNOWN, field_agency_unknown)
	SAY(FIELD_CATEGORY_UNKNOWN, field_category_unknown)
	SAY(FIELD_NOT_TEXT, field_not_text)
	SAY(FIELD_REQUIRED, field_required)
	SAY(FIELD_TOO_LONG, field_too_long)
	SAY(FIELD_TOO_SHORT, field_too_short)
	SAY(FIELD_NOT_A_NUMBER, field_not_a_number)
	SAY(FIELD_NOT_A_CHOICE, field_not_a_choice)
	SAY(FIELD_CONFIRM_MISSING, field_confirm_missing)
	SAY(FIELD_ERROR_COUNT, NONE)
	}
	return MSG_NONE;
}

enum msg vocab_intake(enum intake_state s)
{
	switch (s) {
	SAY(INTAKE_NONE, NONE)
	SAY(INTAKE_RECEIVED, intake_state_received)
	SAY(INTAKE_VERIFIED, intake_state_verified)
	SAY(INTAKE_HANDED_OVER, intake_state_handed_over)
	SAY(INTAKE_WATCHED, intake_state_watched)
	SAY(INTAKE_DONE, intake_state_done)
	SAY(INTAKE_REFUSED, intake_state_refused)
	}
	return MSG_NONE;
}

enum msg vocab_task(enum sop_task task)
{
	switch (task) {
	SAY(SOP_TASK_NONE, NONE)
#define TASK(name, word) SAY(SOP_TASK_##name, task_##word)
#include "core/sop.def"
#undef TASK
	}
	return MSG_NONE;
}

enum msg vocab_reason(const char *word)
{
	static const struct {
		const char *word;
		enum msg message;
	} reasons[] = {
#define REASON(action, word) { #word, MSG_reason_##word },
#include "core/reason.def"
#undef REASON
	};

	for (size_t i = 0; word && i < ARRAY_LEN(reasons); i++)
		if (strcmp(reasons[i].word, word) == 0)
			return reasons[i].message;
	return MSG_NONE;
}
