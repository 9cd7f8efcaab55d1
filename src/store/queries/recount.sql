-- SPDX-License-Identifier: Apache-2.0
-- Deadlines that still run, counted anew after the calendar changed.

-- Locked, so that no clock moves or ends between the look at it and its new deadline.
-- name: recount_open :many
-- scan: walks over all open reports by id, once, when a holiday is announced
-- arg: after_id report_id
-- arg: max_rows int
SELECT id, ruleset, due_at FROM report WHERE is_open = 1 AND id > :after_id ORDER BY id LIMIT :max_rows
 /*pgsql: FOR UPDATE */;

-- name: recount_due :exec
-- arg: id report_id
UPDATE report SET due_at = :due_at WHERE id = :id;
