-- SPDX-License-Identifier: Apache-2.0
-- Reports stored with their whole history at once: imports and demo data.

-- name: life_report_insert :one
INSERT INTO report (number, code, source_ref, kind, channel, reporter_id, asked_visibility, asked_agency_id, happened_on,
                    region_code, place, received_at, ruleset, state, resume_state, version, queue, is_open,
                    needs_action, holder_id, agency_id, opd_id, unit_id, taken_by, class, category_id, visibility,
                    is_public, is_blocked, is_escalated, transfers, closer, rating, held_since_at, due_at,
                    verified_at, disposed_at, first_follow_up_at, answered_at, closed_at, changed_at, sop_id,
                    sop_step, step_since_at, is_arbitrated, title, public_title, body, public_body)
VALUES (:number, :code, :source_ref, :kind, :channel, :reporter_id, :asked_visibility, :asked_agency_id, :happened_on,
        :region_code, :place, :received_at, :ruleset, :state, :resume_state, :version, :queue, :is_open,
        :needs_action, :holder_id, :agency_id, :opd_id, :unit_id, :taken_by, :class, :category_id, :visibility,
        :is_public, :is_blocked, :is_escalated, :transfers, :closer, nullif(:rating, 0), :held_since_at, :due_at,
        :verified_at, :disposed_at, :first_follow_up_at, :answered_at, :closed_at, :changed_at, :sop_id,
        nullif(:sop_step, 0), :step_since_at, :is_arbitrated, :title, :public_title, :body, :public_body)
RETURNING id;

-- name: life_clock_insert :exec
INSERT INTO clock (report_id, seq, kind, started_at, limit_n, limit_unit, rule, calendar, due_at, paused_at, paused_wd,
                   warned, next_at, ended_at, was_missed)
VALUES (:report_id, :seq, :kind, :started_at, :limit_n, :limit_unit, :rule, :calendar, :due_at, :paused_at, :paused_wd,
        :warned, :next_at, :ended_at, :was_missed);

-- Here, or in an archive.
-- name: life_find_source :opt
SELECT number FROM report WHERE source_ref = :source_ref AND source_ref IS NOT NULL
 UNION ALL
SELECT number FROM archived WHERE source_ref = :source_ref AND source_ref IS NOT NULL;
