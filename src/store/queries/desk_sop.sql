-- SPDX-License-Identifier: Apache-2.0
-- What the steps of an SOP need beside the report itself: the group of an agency, whom a task tells, which were done.

-- The group that the liaison officers of an agency read; NULL: none.
-- name: desk_sop_group :one
SELECT group_channel FROM agency WHERE id = :id;

-- name: desk_sop_set_group :exec
UPDATE agency SET group_channel = :group_channel WHERE id = :id;

-- Officers of one role at a node who want mail.
-- name: desk_sop_addresses :many
SELECT id, email FROM account
 WHERE agency_id = :agency_id AND role = :role AND is_active = 1 AND email IS NOT NULL
 ORDER BY id LIMIT 20;

-- Was a task done at or after that event?
-- name: desk_sop_done_since :one
-- arg: since_seq int
-- col: n int
SELECT count(*) AS n FROM event
 WHERE report_id = :report_id AND seq >= :since_seq AND action = :action AND reason = :reason;

-- The newest event of that kind; 0: none.
-- name: desk_sop_last_seq :one
-- col: seq int
SELECT CAST(COALESCE(max(seq), 0) AS BIGINT) AS seq FROM event
 WHERE report_id = :report_id AND action = :action AND reason = :reason;
