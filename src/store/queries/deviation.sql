-- SPDX-License-Identifier: Apache-2.0
-- Deviations from accountable SOPs, as the use cases write them. Pages have queries of their own.

-- name: deviation_insert :exec
INSERT INTO deviation (report_id, sop_id, step, kind, what, due_at, noticed_at, agency_id, account_id, state)
VALUES (:report_id, :sop_id, :step, :kind, :what, :due_at, :noticed_at, :agency_id, :account_id, :state)
ON CONFLICT (report_id, sop_id, step, kind, what, noticed_at) DO NOTHING;

-- Locked, because two may write at once.
-- name: deviation_lock :one
-- arg: id deviation_id
SELECT id, report_id, agency_id, account_id, state, noticed_at FROM deviation WHERE id = :id /*pgsql: FOR UPDATE */;

-- name: deviation_account :exec
-- arg: id deviation_id
UPDATE deviation
   SET state = :state, cause = :cause, correction = :correction, accounted_at = :accounted_at, accounted_by = :accounted_by
 WHERE id = :id;

-- name: deviation_review :exec
-- arg: id deviation_id
UPDATE deviation SET state = :state, review = :review, reviewed_at = :reviewed_at, reviewed_by = :reviewed_by WHERE id = :id;

-- Where a message to somebody goes.
-- name: deviation_address :opt
-- arg: id account_id
SELECT email FROM account WHERE id = :id AND is_active = 1 AND email IS NOT NULL;

-- The last event of a report: a message goes with it.
-- name: deviation_event :one
SELECT seq FROM event WHERE report_id = :report_id ORDER BY seq DESC LIMIT 1;
