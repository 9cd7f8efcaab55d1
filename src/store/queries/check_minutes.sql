-- SPDX-License-Identifier: Apache-2.0
-- What `lapor check` reads of minutes.

-- name: check_minutes_rows :many
-- arg: after_id minutes_id
-- arg: max_rows int
SELECT m.id, m.version, m.state, m.held_on, m.place, m.people, m.findings, m.conclusion, m.proposed_answer, m.digest,
       r.number
  FROM minutes m
  JOIN report r ON r.id = m.report_id
 WHERE m.id > :after_id
 ORDER BY m.id
 LIMIT :max_rows;
