-- SPDX-License-Identifier: Apache-2.0
-- What did not come by LAPOR!. Seen by those of its node only: every query names the node, or an id that was
-- found by one that does.

-- name: intake_next_number :one
INSERT INTO intake_counter (year, last_number) VALUES (:year, 1)
ON CONFLICT (year) DO UPDATE SET last_number = intake_counter.last_number + 1
RETURNING last_number;

-- name: intake_by_key :one
SELECT id, number FROM intake WHERE idempotency_key = :idempotency_key;

-- name: intake_insert :one
INSERT INTO intake (number, idempotency_key, agency_id, taken_by, channel, channel_note, received_at, state, version,
                    is_open, sop_id, sop_step, step_since_at, due_at, sort_at, name, email, phone, kind, visibility,
                    title, body, happened_on, region_code, place, category_id, answer)
VALUES (:number, :idempotency_key, :agency_id, :taken_by, :channel, :channel_note, :received_at, :state, :version,
        :is_open, :sop_id, :sop_step, :step_since_at, :due_at, :sort_at, :name, :email, :phone, :kind, :visibility,
        :title, :body, :happened_on, :region_code, :place, :category_id, :answer)
RETURNING id;

-- name: intake_lock :one
-- arg: id intake_id
SELECT i.id, i.number, i.agency_id, a.level, a.parent_id, i.taken_by, i.received_at, i.state, i.version, i.sop_id,
       i.sop_step, i.step_since_at, i.due_at, i.report_id, i.email, i.channel
  FROM intake i JOIN agency a ON a.id = i.agency_id
 WHERE i.id = :id /*pgsql: FOR UPDATE OF i */;

-- name: intake_id_of_number :one
SELECT id FROM intake WHERE number = :number;

-- Which one became this report and is still watched.
-- name: intake_of_report :one
SELECT id FROM intake WHERE report_id = :report_id AND is_open = 1;

-- name: intake_moved :exec
-- arg: id intake_id
-- arg: before int
UPDATE intake
   SET state = :state, version = :version, is_open = :is_open, sop_step = :sop_step, step_since_at = :step_since_at,
       due_at = :due_at, sort_at = :sort_at, closed_at = :closed_at
 WHERE id = :id AND version = :before;

-- Entered: who it was and how to reach them is the report's from now on.
-- name: intake_entered :exec
-- arg: id intake_id
UPDATE intake SET report_id = :report_id, name = NULL, email = NULL, phone = NULL WHERE id = :id;

-- Unless it has gone on since it was read.
-- name: intake_recounted :exec
-- arg: id intake_id
-- arg: was_at instant
UPDATE intake SET due_at = :due_at, sort_at = :due_at WHERE id = :id AND due_at = :was_at AND step_since_at = :step_since_at;

-- name: intake_event_insert :exec
INSERT INTO intake_event (intake_id, seq, at, task, action, role, account_id, to_state, reason, note, sop_step, minutes,
                          was_late)
VALUES (:intake_id, :seq, :at, :task, :action, :role, :account_id, :to_state, :reason, :note, :sop_step, :minutes,
        :was_late);

-- name: intake_attach :exec
-- arg: id attachment_id
UPDATE attachment SET intake_id = :intake_id WHERE id = :id AND report_id IS NULL AND draft_id IS NULL AND intake_id IS NULL;

-- name: intake_files :many
SELECT id, name, mime, size_bytes FROM attachment WHERE intake_id = :intake_id AND report_id IS NULL ORDER BY id;

-- name: intake_file_count :one
-- col: n int
SELECT count(*) AS n FROM attachment WHERE intake_id = :intake_id;

-- name: intake_file :one
-- arg: id attachment_id
SELECT id, intake_id FROM attachment WHERE id = :id AND intake_id IS NOT NULL AND report_id IS NULL;

-- Those of one role at a node who want mail.
-- name: intake_addresses :many
SELECT id, email FROM account
 WHERE agency_id = :agency_id AND role = :role AND is_active = 1 AND email IS NOT NULL
 ORDER BY id
 LIMIT 20;

-- name: intake_outbox_add :exec
INSERT INTO outbox (intake_id, seq, template, recipient, language, idempotency_key, created_at, next_at, tries)
VALUES (:intake_id, :seq, :template, :recipient, :language, :idempotency_key, :created_at, :created_at, 0)
ON CONFLICT (idempotency_key) DO NOTHING;

-- The list: what is open, by its deadline (least: the first state that this person sees).
-- name: intake_list_open :many
-- arg: least int
-- arg: after_at instant
-- arg: after_id intake_id
-- arg: max_rows int
-- scan: open ones of one office
SELECT i.id, i.number, i.title, i.channel, i.channel_note, i.visibility, i.state, i.sop_id, i.sop_step, i.step_since_at,
       i.due_at, i.sort_at, i.received_at, r.number AS report_number, r.state AS report_state
  FROM intake i LEFT JOIN report r ON r.id = i.report_id
 WHERE i.agency_id = :agency_id AND i.is_open = 1 AND i.state >= :least AND (i.sort_at, i.id) > (:after_at, :after_id)
 ORDER BY i.sort_at, i.id
 LIMIT :max_rows;

-- The same of what is over, the latest first.
-- name: intake_list_done :many
-- arg: least int
-- arg: before_at instant
-- arg: before_id intake_id
-- arg: max_rows int
-- scan: leaves out those that were refused, the smaller part
SELECT i.id, i.number, i.title, i.channel, i.channel_note, i.visibility, i.state, i.received_at, i.closed_at,
       r.number AS report_number
  FROM intake i LEFT JOIN report r ON r.id = i.report_id
 WHERE i.agency_id = :agency_id AND i.is_open = 0 AND (i.report_id IS NOT NULL OR :least < 2)
   AND (i.closed_at, i.id) < (:before_at, :before_id)
 ORDER BY i.closed_at DESC, i.id DESC
 LIMIT :max_rows;

-- How many wait by state, and how many of them are past their time; open ones are few.
-- name: intake_counts :many
-- arg: now instant
-- col: n int
-- col: late int
SELECT state, count(*) AS n, CAST(sum(CASE WHEN due_at < :now THEN 1 ELSE 0 END) AS BIGINT) AS late
  FROM intake
 WHERE agency_id = :agency_id AND is_open = 1 AND sort_at > 0
 GROUP BY state;

-- name: intake_page :one
SELECT i.id, i.number, i.agency_id, a.level, a.parent_id, a.name AS agency, i.taken_by, i.channel, i.channel_note,
       i.received_at, i.state, i.version, i.sop_id, i.sop_step, i.step_since_at, i.due_at, i.closed_at, i.report_id, i.name,
       i.email, i.phone, i.kind, i.visibility, i.title, i.body, i.happened_on, i.region_code, i.place, i.category_id,
       i.answer, r.number AS report_number, r.state AS report_state, g.name AS region, k.name AS category
  FROM intake i
  JOIN agency a ON a.id = i.agency_id
  LEFT JOIN report r ON r.id = i.report_id
  LEFT JOIN region g ON g.code = i.region_code
  LEFT JOIN category k ON k.id = i.category_id
 WHERE i.number = :number;

-- name: intake_story :many
SELECT e.seq, e.at, e.task, e.action, e.role, e.to_state, e.reason, e.note, e.sop_step, e.was_late, c.name AS actor
  FROM intake_event e LEFT JOIN account c ON c.id = e.account_id
 WHERE e.intake_id = :intake_id
 ORDER BY e.seq;

-- One month of one node, by channel and state.
-- name: intake_month :many
-- arg: from_at instant
-- arg: before_at instant
-- col: n int
-- col: entered int
-- col: settled int
-- col: disposed int
-- col: late int
SELECT i.channel, i.state, count(*) AS n,
       CAST(sum(CASE WHEN i.report_id IS NULL THEN 0 ELSE 1 END) AS BIGINT) AS entered,
       CAST(sum(CASE WHEN EXISTS (SELECT 1 FROM intake_event e WHERE e.intake_id = i.id AND e.action = :settle)
                THEN 1 ELSE 0 END) AS BIGINT) AS settled,
       CAST(sum(CASE WHEN r.disposed_at IS NULL
                      OR EXISTS (SELECT 1 FROM intake_event e WHERE e.intake_id = i.id AND e.action = :settle)
                THEN 0 ELSE 1 END) AS BIGINT) AS disposed,
       CAST(sum(CASE WHEN i.due_at < :now OR EXISTS (SELECT 1 FROM intake_event e WHERE e.intake_id = i.id AND e.was_late = 1)
                THEN 1 ELSE 0 END) AS BIGINT) AS late
  FROM intake i LEFT JOIN report r ON r.id = i.report_id
 WHERE i.agency_id = :agency_id AND i.received_at >= :from_at AND i.received_at < :before_at
 GROUP BY i.channel, i.state
 ORDER BY i.channel, i.state;

-- The single ones of that month, for the printed list.
-- name: intake_month_rows :many
-- arg: from_at instant
-- arg: before_at instant
-- arg: max_rows int
SELECT i.number, i.channel, i.received_at, i.state, i.title, i.visibility, r.number AS report_number, r.state AS report_state
  FROM intake i LEFT JOIN report r ON r.id = i.report_id
 WHERE i.agency_id = :agency_id AND i.received_at >= :from_at AND i.received_at < :before_at
 ORDER BY i.received_at, i.id
 LIMIT :max_rows;

-- name: intake_recap_insert :exec
INSERT INTO intake_recap (agency_id, month, channel, made_at, made_by, received, entered, settled, refused, waiting,
                          disposed, late)
VALUES (:agency_id, :month, :channel, :made_at, :made_by, :received, :entered, :settled, :refused, :waiting, :disposed,
        :late);

-- name: intake_recap_rows :many
SELECT p.channel, p.made_at, c.name AS maker, p.received, p.entered, p.settled, p.refused, p.waiting, p.disposed, p.late
  FROM intake_recap p LEFT JOIN account c ON c.id = p.made_by
 WHERE p.agency_id = :agency_id AND p.month = :month
 ORDER BY p.channel;

-- What is watched of a node and was received before: a recapitulation may end its watching.
-- name: intake_watched :many
-- arg: before_at instant
-- arg: after_id intake_id
-- arg: max_rows int
-- scan: open ones of one office
SELECT id FROM intake
 WHERE agency_id = :agency_id AND is_open = 1 AND state = :state AND received_at < :before_at AND id > :after_id
 ORDER BY id
 LIMIT :max_rows;

-- Open ones with a deadline, for recounting; in pages by id.
-- name: intake_open_due :many
-- arg: after_id intake_id
-- arg: max_rows int
-- scan: walks over all intakes by id, once, when a holiday is announced
SELECT id, sop_id, sop_step, step_since_at, due_at
  FROM intake
 WHERE is_open = 1 AND due_at IS NOT NULL AND id > :after_id
 ORDER BY id
 LIMIT :max_rows;

-- For lapor check, in pages by id.
-- name: intake_check_rows :many
-- arg: after_id intake_id
-- arg: max_rows int
SELECT i.id, i.number, a.level, i.state, i.version, i.is_open, i.sop_id, i.sop_step, i.step_since_at, i.due_at,
       i.sort_at, i.closed_at, i.report_id, i.name, i.email, i.phone
  FROM intake i JOIN agency a ON a.id = i.agency_id
 WHERE i.id > :after_id
 ORDER BY i.id
 LIMIT :max_rows;

-- name: intake_check_events :many
-- arg: first_id intake_id
-- arg: last_id intake_id
-- scan: the events of one page of intakes
SELECT intake_id, seq, at, task, action, role, to_state, sop_step, minutes, was_late
  FROM intake_event
 WHERE intake_id BETWEEN :first_id AND :last_id
 ORDER BY intake_id, seq;

-- Messages about an intake that belong to none of its events.
-- name: intake_check_messages :one
-- scan: only lapor check reads the outbox whole
-- col: n int
SELECT count(*) AS n
  FROM outbox
 WHERE intake_id IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM intake_event e WHERE e.intake_id = outbox.intake_id AND e.seq = outbox.seq);

-- Numbers are given out once and never taken back.
-- name: intake_check_counters :many
-- scan: one row a year
-- col: n int
SELECT c.year, c.last_number,
       (SELECT count(*) FROM intake i
         WHERE i.number >= 'P-' || CAST(c.year AS TEXT) || '-' AND i.number < 'P-' || CAST(c.year AS TEXT) || '.') AS n
  FROM intake_counter c;

-- Who takes in, for the demo.
-- name: intake_teams :many
-- arg: team enum role
-- arg: opd_team enum role
-- scan: few accounts, once, while the demo is made
SELECT c.id, c.name, c.role, c.agency_id, a.level, a.parent_id
  FROM account c JOIN agency a ON a.id = c.agency_id
 WHERE c.role IN (:team, :opd_team)
 ORDER BY c.id;

-- name: intake_account :one
SELECT id, name FROM account WHERE agency_id = :agency_id AND role = :role AND is_active = 1 ORDER BY id LIMIT 1;
