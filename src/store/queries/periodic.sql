-- SPDX-License-Identifier: Apache-2.0
-- Periodic reports: their rows, texts and events; and what their figures are counted from.

-- name: periodic_insert :one
INSERT INTO periodic (agency_id, sop_id, sop_step, first_on, last_on, state, version, seq, step_since_at, due_at, next_at,
                      is_open)
VALUES (:agency_id, :sop_id, :sop_step, :first_on, :last_on, :state, 0, 1, :step_since_at, :due_at, :due_at, 1)
ON CONFLICT (agency_id, first_on, last_on) DO NOTHING
RETURNING id;

-- name: periodic_find :one
SELECT id FROM periodic WHERE agency_id = :agency_id AND first_on = :first_on AND last_on = :last_on;

-- name: periodic_read :one
-- arg: id periodic_id
SELECT p.id, p.agency_id, p.sop_id, p.sop_step, p.first_on, p.last_on, p.state, p.version, p.seq, p.step_since_at, p.due_at,
       p.is_open, a.name AS agency
  FROM periodic p JOIN agency a ON a.id = p.agency_id
 WHERE p.id = :id;

-- name: periodic_lock :one
-- arg: id periodic_id
SELECT id, agency_id, sop_id, first_on, last_on, state, version, seq, step_since_at, due_at, next_at
  FROM periodic
 WHERE id = :id /*pgsql: FOR UPDATE */;

-- name: periodic_move :exec
-- arg: id periodic_id
UPDATE periodic
   SET sop_step = :sop_step, state = :state, version = :version, seq = :seq, step_since_at = :step_since_at,
       due_at = :due_at, next_at = :next_at, is_open = :is_open
 WHERE id = :id;

-- Newest period first.
-- name: periodic_list :many
-- arg: before_on day
-- arg: max_rows int
SELECT id, sop_id, first_on, last_on, state, version, step_since_at, due_at, is_open
  FROM periodic
 WHERE agency_id = :agency_id AND first_on < :before_on
 ORDER BY first_on DESC, last_on DESC
 LIMIT :max_rows;

-- Has the agency ever made one? Then the next ones come by themselves.
-- name: periodic_any :opt
SELECT id FROM periodic WHERE agency_id = :agency_id LIMIT 1;

-- Agencies that use an SOP or have made a report before: has_one.
-- name: periodic_agencies :many
-- col: has_one bool
-- scan: one search for each government
SELECT a.id, CASE WHEN EXISTS (SELECT 1 FROM periodic p WHERE p.agency_id = a.id) THEN 1 ELSE 0 END AS has_one
  FROM agency a
 WHERE a.level = 2 AND a.is_active = 1
   AND (EXISTS (SELECT 1 FROM periodic p WHERE p.agency_id = a.id) OR EXISTS (SELECT 1 FROM sop_use u WHERE u.agency_id = a.id))
 ORDER BY a.id;

-- name: periodic_due :many
-- arg: now instant
-- arg: max_rows int
SELECT id, next_at FROM periodic WHERE next_at IS NOT NULL AND next_at <= :now ORDER BY next_at, id LIMIT :max_rows;

-- name: periodic_all_open :many
-- scan: open ones, a few for each government
SELECT id, agency_id, sop_id, state, last_on, step_since_at, due_at, next_at FROM periodic WHERE is_open = 1 ORDER BY id;

-- Unless it has gone on since it was read.
-- name: periodic_set_due :exec
-- arg: id periodic_id
UPDATE periodic SET due_at = :due_at, next_at = :next_at
 WHERE id = :id AND state = :state AND step_since_at = :step_since_at;

-- name: periodic_version_insert :exec
INSERT INTO periodic_version (periodic_id, version, at, account_id, content, digest)
VALUES (:periodic_id, :version, :at, :account_id, :content, :digest);

-- name: periodic_version_read :one
SELECT content, digest, at, account_id FROM periodic_version WHERE periodic_id = :periodic_id AND version = :version;

-- name: periodic_versions :many
SELECT v.version, v.at, v.digest, a.name AS account
  FROM periodic_version v LEFT JOIN account a ON a.id = v.account_id
 WHERE v.periodic_id = :periodic_id
 ORDER BY v.version DESC
 LIMIT 100;

-- name: periodic_event_insert :exec
INSERT INTO periodic_event (periodic_id, seq, at, what, role, account_id, to_state, version, was_late, number, note, hash)
VALUES (:periodic_id, :seq, :at, :what, :role, :account_id, :to_state, :version, :was_late, :number, :note, :hash);

-- name: periodic_event_hash :one
SELECT hash FROM periodic_event WHERE periodic_id = :periodic_id AND seq = :seq;

-- A reminder is no change.
-- name: periodic_changes_since :one
-- col: n int
SELECT count(*) AS n FROM periodic_event WHERE periodic_id = :periodic_id AND seq > :seq AND what <> 'remind';

-- name: periodic_events :many
SELECT e.seq, e.at, e.what, e.role, e.account_id, e.to_state, e.version, e.was_late, e.number, e.note, e.hash, a.name AS account
  FROM periodic_event e LEFT JOIN account a ON a.id = e.account_id
 WHERE e.periodic_id = :periodic_id
 ORDER BY e.seq;

-- The newest version whose digest begins so, of signed reports only: lo and hi are the first and last such digests.
-- name: periodic_by_digest :many
-- arg: lo blob
-- arg: hi blob
SELECT v.periodic_id, v.version, v.content, v.digest
  FROM periodic_version v
 WHERE v.digest >= :lo AND v.digest <= :hi
 ORDER BY v.digest
 LIMIT 4;

-- Those of one office who want mail.
-- name: periodic_addresses :many
SELECT id, email FROM account
 WHERE agency_id = :agency_id AND role = :role AND is_active = 1 AND email IS NOT NULL
 ORDER BY id
 LIMIT 20;

-- name: periodic_people :many
SELECT role, name FROM account WHERE agency_id = :agency_id AND role IN (3, 11, 12, 13, 14) AND is_active = 1 ORDER BY role, id LIMIT 40;

-- The cohort, in pages. missed: bits of the clocks of officers that were due before the end and not kept then.
-- name: periodic_cohort :many
-- arg: after_at instant
-- arg: after_id report_id
-- arg: end_at instant
-- arg: max_rows int
-- col: missed int
-- col: is_late bool
SELECT r.id, r.received_at, r.channel, r.class, r.category_id, r.opd_id, r.rating, r.verified_at, r.disposed_at,
       r.first_follow_up_at, r.answered_at, r.closed_at,
       (SELECT CAST(COALESCE(sum(DISTINCT CASE k.kind WHEN 1 THEN 2 WHEN 2 THEN 4 WHEN 3 THEN 8 ELSE 16 END), 0) AS BIGINT)
          FROM clock k
         WHERE k.report_id = r.id AND k.kind <= 4 AND k.due_at < :end_at
           AND (k.was_missed = 1 OR (k.paused_at IS NULL AND (k.ended_at IS NULL OR k.ended_at >= :end_at)))) AS missed,
       CASE WHEN EXISTS (SELECT 1 FROM clock k
                          WHERE k.report_id = r.id AND k.kind <= 4 AND k.due_at < :end_at AND k.paused_at IS NULL
                            AND (k.ended_at IS NULL OR k.ended_at >= :end_at)) THEN 1 ELSE 0 END AS is_late
  FROM report r
 WHERE r.agency_id = :agency_id AND r.received_at < :end_at AND (r.received_at, r.id) > (:after_at, :after_id)
 ORDER BY r.received_at, r.id
 LIMIT :max_rows;

-- Received before the period and open at its end: still open, or ended since. The index keeps it from walking all that
-- was received before.
-- name: periodic_carried :one
-- arg: begin_at instant
-- arg: end_at instant
-- col: n int
-- col: late int
-- scan: what is open at the agency, and what was closed since the end of the period
WITH c AS (SELECT r.id FROM report r /*sqlite: INDEXED BY report_agency_open */ WHERE r.agency_id = :agency_id AND r.is_open = 1 AND r.received_at < :begin_at
            UNION ALL
           SELECT r.id FROM report r
            WHERE r.agency_id = :agency_id AND r.is_open = 0 AND r.closed_at >= :end_at AND r.received_at < :begin_at)
SELECT count(*) AS n,
       CAST(COALESCE(sum(CASE WHEN EXISTS (SELECT 1 FROM clock k
                               WHERE k.report_id = c.id AND k.kind <= 4 AND k.due_at < :end_at AND k.paused_at IS NULL
                                 AND (k.ended_at IS NULL OR k.ended_at >= :end_at)) THEN 1 ELSE 0 END), 0) AS BIGINT) AS late
  FROM c;

-- Sent back: by the agency to the centre, by its OPDs to the agency.
-- name: periodic_returned :many
-- arg: begin_at instant
-- arg: end_at instant
-- col: id agency_id
-- col: n int
SELECT e.agency_id AS id, count(*) AS n
  FROM event e
 WHERE e.action = 5 AND e.at >= :begin_at AND e.at < :end_at
   AND e.agency_id IN (SELECT :agency_id UNION ALL SELECT a.id FROM agency a WHERE a.parent_id = :agency_id)
 GROUP BY e.agency_id
 ORDER BY e.agency_id;

-- name: periodic_flagged :one
-- arg: begin_at instant
-- arg: end_at instant
-- col: n int
SELECT count(*) AS n
  FROM event e CROSS JOIN report r
 WHERE r.id = e.report_id AND e.action = 19 AND e.at >= :begin_at AND e.at < :end_at AND r.agency_id = :agency_id;

-- Deviations noticed in the period, by where their account stands: 1 and 4 it is awaited, 2 it is in review.
-- name: periodic_deviations :one
-- arg: begin_at instant
-- arg: end_at instant
-- col: n int
-- col: awaited int
-- col: in_review int
SELECT count(*) AS n,
       CAST(COALESCE(sum(CASE WHEN d.state IN (1, 4) THEN 1 ELSE 0 END), 0) AS BIGINT) AS awaited,
       CAST(COALESCE(sum(CASE d.state WHEN 2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS in_review
  FROM deviation d CROSS JOIN report r
 WHERE r.id = d.report_id AND d.noticed_at >= :begin_at AND d.noticed_at < :end_at AND r.agency_id = :agency_id;

-- Accounts still open, whenever they were noticed before the end, by who owes them.
-- name: periodic_accounts :many
-- scan: open ones of one government
-- arg: end_at instant
-- col: n int
SELECT a.id, a.name, count(*) AS n
  FROM deviation d JOIN agency a ON a.id = d.agency_id
 WHERE d.state <> 3 AND d.noticed_at < :end_at
   AND d.agency_id IN (SELECT :agency_id UNION ALL SELECT c.id FROM agency c WHERE c.parent_id = :agency_id
                       UNION ALL SELECT u.id FROM agency c JOIN agency u ON u.parent_id = c.id WHERE c.parent_id = :agency_id)
 GROUP BY a.id, a.name
 ORDER BY a.id;
