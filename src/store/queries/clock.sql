-- SPDX-License-Identifier: Apache-2.0
-- Clocks: started, paused, resumed and ended by the events of a report; looked at by the job runner.

-- name: clock_insert :exec
INSERT INTO clock (report_id, seq, kind, started_at, limit_n, limit_unit, rule, calendar, due_at, paused_at, paused_wd,
                   warned, next_at, was_missed)
VALUES (:report_id, :seq, :kind, :started_at, :limit_n, :limit_unit, :rule, :calendar, :due_at, :paused_at, :paused_wd,
        :warned, :next_at, :was_missed);

-- name: clock_running :many
SELECT seq, kind, started_at, limit_n, limit_unit, rule, due_at, paused_at, paused_wd, warned, was_missed
  FROM clock
 WHERE report_id = :report_id AND ended_at IS NULL
 ORDER BY seq, kind, rule;

-- name: clock_update :exec
UPDATE clock
   SET due_at = :due_at, paused_at = :paused_at, paused_wd = :paused_wd, warned = :warned, next_at = :next_at,
       ended_at = :ended_at, was_missed = :was_missed
 WHERE report_id = :report_id AND seq = :seq AND kind = :kind AND rule = :rule;

-- Every clock a report ever had, for verification and explanation.
-- name: clock_all :many
-- ahead:
SELECT seq, kind, started_at, limit_n, limit_unit, rule, calendar, due_at, paused_at, paused_wd, warned, next_at,
       ended_at, was_missed
  FROM clock
 WHERE report_id = :report_id
 ORDER BY seq, kind, rule;

-- What the runner has to look at, in pages.
-- name: clock_due :many
-- arg: now instant
-- arg: after_at instant
-- arg: after_report report_id
-- arg: after_kind enum clock_kind
-- arg: max_rows int
SELECT next_at, report_id, kind, seq, rule
  FROM clock
 WHERE next_at IS NOT NULL AND next_at <= :now
   AND (next_at, report_id, kind) > (:after_at, :after_report, :after_kind)
 ORDER BY next_at, report_id, kind
 LIMIT :max_rows;

-- Is it still due? Asked again inside the transaction that acts on it.
-- name: clock_claim :one
-- arg: now instant
SELECT started_at, limit_n, limit_unit, rule, due_at, paused_at, paused_wd, warned, was_missed
  FROM clock
 WHERE report_id = :report_id AND seq = :seq AND kind = :kind AND rule = :rule
   AND ended_at IS NULL AND next_at IS NOT NULL AND next_at <= :now;
