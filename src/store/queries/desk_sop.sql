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

-- Deviations at a node, and below it when wide, newest first from a place on. open: without those accepted (3).
-- only: of nobody or of this person, when given.
-- name: desk_sop_deviations :many
-- arg: node agency_id
-- arg: wide int
-- arg: open int
-- arg: only account_id
-- arg: before_at instant
-- arg: before_id deviation_id
-- arg: n int
-- col: number text
-- col: holder text
-- col: person text
-- col: accounter text
-- col: reviewer text
-- scan: of each node as many as a page has; for one person those of the others at the node are passed over
WITH nodes AS (
  SELECT id FROM agency WHERE id = :node
  UNION ALL
  SELECT id FROM agency WHERE :wide = 1 AND parent_id = :node
  UNION ALL
  SELECT b.id FROM agency a JOIN agency b ON b.parent_id = a.id WHERE :wide = 1 AND a.parent_id = :node)
SELECT d.id, d.sop_id, d.step, d.kind, d.what, d.due_at, d.noticed_at, d.agency_id, d.account_id, d.state, d.cause,
       d.correction, d.accounted_at, d.review, d.reviewed_at, r.number, g.name AS holder, p.name AS person,
       a.name AS accounter, v.name AS reviewer
  FROM nodes x
  JOIN deviation d ON d.id /*sqlite: IN (SELECT id FROM */ /*pgsql: = ANY (ARRAY(SELECT id FROM */ (
    SELECT * FROM (SELECT id FROM deviation
      WHERE :open = 1 AND state <> 3 AND agency_id = x.id AND (noticed_at, id) < (:before_at, :before_id)
        AND (:only = 0 OR account_id IS NULL OR account_id = :only)
      ORDER BY noticed_at DESC, id DESC LIMIT :n) AS open_ones
    UNION ALL
    SELECT * FROM (SELECT id FROM deviation
      WHERE :open = 0 AND agency_id = x.id AND (noticed_at, id) < (:before_at, :before_id)
        AND (:only = 0 OR account_id IS NULL OR account_id = :only)
      ORDER BY noticed_at DESC, id DESC LIMIT :n) AS all_ones) AS newest /*sqlite: ) */ /*pgsql: )) */
  JOIN report r ON r.id = d.report_id
  JOIN agency g ON g.id = d.agency_id
  LEFT JOIN account p ON p.id = d.account_id
  LEFT JOIN account a ON a.id = d.accounted_by
  LEFT JOIN account v ON v.id = d.reviewed_by
 ORDER BY d.noticed_at DESC, d.id DESC LIMIT :n;

-- How many wait for this person, at most 100: to be accounted for (1, 4), or to be reviewed (2).
-- name: desk_sop_deviations_waiting :one
-- arg: node agency_id
-- arg: wide int
-- arg: reviews int
-- arg: only account_id
-- col: n int
-- scan: open ones of the nodes
WITH nodes AS (
  SELECT id FROM agency WHERE id = :node
  UNION ALL
  SELECT id FROM agency WHERE :wide = 1 AND parent_id = :node
  UNION ALL
  SELECT b.id FROM agency a JOIN agency b ON b.parent_id = a.id WHERE :wide = 1 AND a.parent_id = :node)
SELECT count(*) AS n FROM (
  SELECT 1 AS one FROM nodes x JOIN deviation d ON d.agency_id = x.id
   WHERE d.state <> 3 AND ((:reviews = 1 AND d.state = 2) OR (:reviews = 0 AND d.state IN (1, 4)))
     AND (:only = 0 OR d.account_id IS NULL OR d.account_id = :only)
   LIMIT 100) AS few;
