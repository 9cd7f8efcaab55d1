-- SPDX-License-Identifier: Apache-2.0
-- Minutes of verifications in the field: every version is kept, the newest counts.

-- The report they are about; held until the transaction ends, so that its versions come one after the other.
-- name: minutes_report :one
SELECT id, number, state, version, class, visibility, is_public, is_blocked, is_open, holder_id, agency_id, opd_id,
       unit_id, sop_id, sop_step
  FROM report WHERE number = :number /*pgsql: FOR UPDATE */;

-- name: minutes_newest :opt
SELECT id, report_id, opd_id, version, state, held_on, place, people, findings, conclusion, proposed_answer, written_at
  FROM minutes WHERE report_id = :report_id ORDER BY version DESC LIMIT 1;

-- name: minutes_insert :one
INSERT INTO minutes (report_id, opd_id, version, state, held_on, place, people, findings, conclusion, proposed_answer,
                     written_at, written_by)
VALUES (:report_id, :opd_id, :version, :state, :held_on, :place, :people, :findings, :conclusion, :proposed_answer,
        :written_at, :written_by)
RETURNING id;

-- name: minutes_rewrite :exec
UPDATE minutes SET held_on = :held_on, place = :place, people = :people, findings = :findings,
       conclusion = :conclusion, proposed_answer = :proposed_answer, written_at = :written_at, written_by = :written_by
 WHERE id = :id;

-- name: minutes_submit :exec
UPDATE minutes SET state = :state, written_at = :written_at WHERE id = :id;

-- name: minutes_decide :exec
UPDATE minutes SET state = :state, decided_at = :decided_at, decided_by = :decided_by, remark = :remark, digest = :digest
 WHERE id = :id;

-- For pages, newest first.
-- name: minutes_of_report :many
-- col: writer text
-- col: decider text
SELECT m.id, m.opd_id, m.version, m.state, m.held_on, m.place, m.people, m.findings, m.conclusion, m.proposed_answer, m.written_at,
       m.decided_at, m.remark, m.digest, w.name AS writer, d.name AS decider
  FROM minutes m
  JOIN account w ON w.id = m.written_by
  LEFT JOIN account d ON d.id = m.decided_by
 WHERE m.report_id = :report_id ORDER BY m.version DESC LIMIT 50;

-- What waits for the head of an OPD, as long as the report is there.
-- name: minutes_waiting :many
SELECT m.id, m.version, m.written_at, r.number, r.public_title
  FROM minutes m JOIN report r ON r.id = m.report_id
 WHERE m.opd_id = :opd_id AND m.state = 2 AND r.opd_id = m.opd_id
 ORDER BY m.written_at, m.id LIMIT 100;

-- name: minutes_count_waiting :one
-- col: n int
SELECT count(*) AS n
  FROM (SELECT 1 AS one FROM minutes m JOIN report r ON r.id = m.report_id
         WHERE m.opd_id = :opd_id AND m.state = 2 AND r.opd_id = m.opd_id LIMIT 100) AS few;
