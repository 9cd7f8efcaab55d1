-- SPDX-License-Identifier: Apache-2.0
-- What `lapor check` reads: everything, in pages by id, so that its memory does not grow with the database.

-- name: check_reports :many
-- arg: after_id report_id
-- arg: max_rows int
SELECT id, number, received_at, ruleset, state, resume_state, version, queue, is_open, needs_action, holder_id,
       agency_id, opd_id, unit_id, taken_by, class, category_id, visibility, is_public, is_blocked, is_escalated,
       transfers, closer, rating, held_since_at, due_at, verified_at, disposed_at, first_follow_up_at, answered_at,
       closed_at, changed_at, sop_id, sop_step, step_since_at, is_arbitrated
  FROM report
 WHERE id > :after_id
 ORDER BY id
 LIMIT :max_rows;

-- name: check_events :many
-- arg: first_id report_id
-- arg: last_id report_id
-- scan: the events of one page of reports
SELECT report_id, seq, at, action, role, account_id, agency_id, from_state, to_state, to_agency_id, audience, reason,
       note, data, hash
  FROM event
 WHERE report_id BETWEEN :first_id AND :last_id
 ORDER BY report_id, seq;

-- name: check_clocks :many
-- arg: first_id report_id
-- arg: last_id report_id
-- scan: the clocks of one page of reports
SELECT report_id, seq, kind, started_at, limit_n, limit_unit, rule, due_at, paused_at, paused_wd, ended_at, was_missed
  FROM clock
 WHERE report_id BETWEEN :first_id AND :last_id
 ORDER BY report_id, seq, kind;

-- name: check_agencies :many
-- scan: the whole tree is small
SELECT id, level FROM agency ORDER BY id;

-- name: check_queue_counts :many
-- scan: a counter for each agency and queue
SELECT agency_id, queue, n FROM queue_count;

-- name: check_figures :many
-- arg: after_day day
-- arg: max_days int
-- scan: the figures of some days
SELECT on_day, figure, dimension, n
  FROM day_figure
 WHERE on_day > :after_day AND on_day <= :after_day + :max_days
 ORDER BY on_day;

-- name: check_last_figure_day :one
-- scan: stops at the first row
SELECT on_day FROM day_figure ORDER BY on_day DESC LIMIT 1;

-- name: check_first_figure_day :one
-- scan: stops at the first row
SELECT on_day FROM day_figure ORDER BY on_day LIMIT 1;

-- name: check_sop_figures :many
-- scan: a row for each step and day
SELECT sop_id, step, on_day, done, late, minutes FROM sop_figure;

-- name: check_attachments :many
-- arg: after_id attachment_id
-- arg: max_rows int
SELECT id, draft_id, report_id, seq, size_bytes, digest, storage_key
  FROM attachment
 WHERE id > :after_id
 ORDER BY id
 LIMIT :max_rows;

-- Messages that belong to no event.
-- name: check_loose_messages :one
-- scan: only this command reads the outbox whole
-- col: n int
SELECT count(*) AS n
  FROM outbox
 WHERE report_id IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM event WHERE event.report_id = outbox.report_id AND event.seq = outbox.seq);

-- Reporters without a report.
-- name: check_loose_reporters :one
-- scan: only this command reads the reporters whole
-- col: n int
SELECT count(*) AS n FROM reporter WHERE NOT EXISTS (SELECT 1 FROM report WHERE report.reporter_id = reporter.id);
