-- SPDX-License-Identifier: Apache-2.0
-- The append-only history of a report.

-- name: event_insert :exec
INSERT INTO event (report_id, seq, at, action, role, account_id, agency_id, from_state, to_state, to_agency_id,
                   audience, reason, note, data, hash)
VALUES (:report_id, :seq, :at, :action, :role, :account_id, :agency_id, :from_state, :to_state, :to_agency_id,
        :audience, :reason, :note, :data, :hash);

-- name: event_hash :one
SELECT hash FROM event WHERE report_id = :report_id AND seq = :seq;

-- Has anything but reminders, internal notes, openings of the identity, tasks and recounts happened since the version
-- a person saw?
-- name: event_count_since :one
-- arg: seen_version int
-- arg: reminder enum action
-- arg: note enum action
-- arg: reveal enum action
-- arg: task enum action
-- arg: recount enum action
-- col: n int
SELECT count(*) AS n FROM event WHERE report_id = :report_id AND seq > :seen_version
   AND action NOT IN (:reminder, :note, :reveal, :task, :recount);

-- What was done in this report: actions, and the words of tasks.
-- name: event_acts :many
SELECT action, reason FROM event WHERE report_id = :report_id ORDER BY seq;

-- Who brought it in.
-- name: event_first :one
SELECT role, account_id, agency_id FROM event WHERE report_id = :report_id AND seq = 1;

-- The whole chain in order, for verification.
-- name: event_chain :many
SELECT report_id, seq, at, action, role, account_id, agency_id, from_state, to_state, to_agency_id, audience, reason,
       note, data, hash
  FROM event
 WHERE report_id = :report_id
 ORDER BY seq;
