-- SPDX-License-Identifier: Apache-2.0
-- What `lapor check` reads of periodic reports.

-- name: check_periodic_rows :many
-- arg: after_id periodic_id
-- arg: max_rows int
SELECT id, agency_id, sop_id, first_on, last_on, state, version, seq, step_since_at, due_at, is_open
  FROM periodic
 WHERE id > :after_id
 ORDER BY id
 LIMIT :max_rows;

-- name: check_periodic_texts :many
SELECT version, content, digest FROM periodic_version WHERE periodic_id = :periodic_id ORDER BY version;
