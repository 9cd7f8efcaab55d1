-- SPDX-License-Identifier: Apache-2.0
-- Reports whose sixty working days passed, on their way to the Ombudsman or not. The identity is read by nobody but the
-- reporter's own form; the bundle by its two downloads.

-- name: ombudsman_open :exec
INSERT INTO ombudsman_case (report_id, state, asked_at, agency_id, remind_at)
VALUES (:report_id, :state, :asked_at, :agency_id, :remind_at)
ON CONFLICT (report_id) DO NOTHING;

-- What a decision starts from.
-- name: ombudsman_lock :one
SELECT state, asked_at, agency_id, digest FROM ombudsman_case WHERE report_id = :report_id /*pgsql: FOR UPDATE */;

-- name: ombudsman_agree :exec
UPDATE ombudsman_case
   SET state = :state, decided_at = :decided_at, remind_at = NULL, identity = :identity, bundle = :bundle, digest = :digest
 WHERE report_id = :report_id;

-- Without consent nothing of the identity is kept.
-- name: ombudsman_decline :exec
UPDATE ombudsman_case
   SET state = :state, decided_at = :decided_at, remind_at = NULL, identity = NULL, bundle = NULL, digest = NULL
 WHERE report_id = :report_id;

-- name: ombudsman_sent :exec
UPDATE ombudsman_case SET state = :state, sent_at = :sent_at, sent_by = :sent_by, sent_number = :sent_number
 WHERE report_id = :report_id;

-- name: ombudsman_remind_due :many
-- arg: now instant
-- arg: after_at instant
-- arg: after_report report_id
-- arg: max_rows int
SELECT remind_at, report_id
  FROM ombudsman_case
 WHERE remind_at IS NOT NULL AND remind_at <= :now AND (remind_at, report_id) > (:after_at, :after_report)
 ORDER BY remind_at, report_id
 LIMIT :max_rows;

-- Once and never again; asked again inside the transaction that reminds.
-- name: ombudsman_remind_claim :exec
-- arg: now instant
UPDATE ombudsman_case SET remind_at = NULL WHERE report_id = :report_id AND remind_at IS NOT NULL AND remind_at <= :now;

-- What pages say of a case; nothing about the person.
-- name: ombudsman_case :one
SELECT c.state, c.asked_at, c.decided_at, c.digest, c.sent_at, c.sent_number, a.name AS agency
  FROM ombudsman_case c LEFT JOIN agency a ON a.id = c.agency_id
 WHERE c.report_id = :report_id;

-- What the reporter typed before, for his own form.
-- name: ombudsman_identity :one
SELECT identity FROM ombudsman_case WHERE report_id = :report_id;

-- name: ombudsman_bundle :one
SELECT state, bundle, digest FROM ombudsman_case WHERE report_id = :report_id;

-- The desk's list, newest first; the page decides row by row what may be shown.
-- name: ombudsman_list :many
-- arg: state enum ombudsman_state
-- arg: before_at instant
-- arg: before_id report_id
-- arg: max_rows int
-- col: with_agency text
SELECT c.report_id, c.asked_at, c.decided_at, c.sent_at, c.sent_number, r.number, r.state, r.class, r.visibility, r.is_public,
       r.is_blocked, r.holder_id, r.agency_id, r.opd_id, r.unit_id, r.public_title, a.name AS agency, h.name AS with_agency
  FROM ombudsman_case c
  JOIN report r ON r.id = c.report_id
  JOIN agency h ON h.id = r.holder_id
  LEFT JOIN agency a ON a.id = c.agency_id
 WHERE c.state = :state AND (c.asked_at, c.report_id) < (:before_at, :before_id)
 ORDER BY c.asked_at DESC, c.report_id DESC
 LIMIT :max_rows;

-- The same of one agency.
-- name: ombudsman_list_agency :many
-- arg: state enum ombudsman_state
-- arg: agency_id agency_id
-- arg: before_at instant
-- arg: before_id report_id
-- arg: max_rows int
-- col: with_agency text
SELECT c.report_id, c.asked_at, c.decided_at, c.sent_at, c.sent_number, r.number, r.state, r.class, r.visibility, r.is_public,
       r.is_blocked, r.holder_id, r.agency_id, r.opd_id, r.unit_id, r.public_title, a.name AS agency, h.name AS with_agency
  FROM ombudsman_case c
  JOIN report r ON r.id = c.report_id
  JOIN agency h ON h.id = r.holder_id
  LEFT JOIN agency a ON a.id = c.agency_id
 WHERE c.agency_id = :agency_id AND c.state = :state AND (c.asked_at, c.report_id) < (:before_at, :before_id)
 ORDER BY c.asked_at DESC, c.report_id DESC
 LIMIT :max_rows;

-- For the dossier: the report as the citizen wrote it.
-- name: dossier_report :one
-- arg: id report_id
SELECT r.id, r.number, r.kind, r.class, r.channel, r.visibility, r.received_at, r.happened_on, r.verified_at, r.ruleset,
       r.state, r.place, r.title, r.body, g.name AS region, c.name AS category
  FROM report r
  LEFT JOIN region g ON g.code = r.region_code
  LEFT JOIN category c ON c.id = r.category_id
 WHERE r.id = :id;

-- name: dossier_events :many
-- col: office text
-- col: to_office text
SELECT e.seq, e.at, e.action, e.role, e.account_id, e.agency_id, e.from_state, e.to_state, e.to_agency_id, e.audience, e.reason,
       e.note, e.data, e.hash, a.name AS office, t.name AS to_office
  FROM event e
  LEFT JOIN agency a ON a.id = e.agency_id
  LEFT JOIN agency t ON t.id = e.to_agency_id
 WHERE e.report_id = :report_id
 ORDER BY e.seq;

-- name: dossier_files :many
-- arg: widest enum audience
SELECT seq, name, mime, size_bytes, digest
  FROM attachment
 WHERE report_id IS NOT NULL AND report_id = :report_id AND audience <= :widest
 ORDER BY id;

-- For lapor check.
-- name: check_ombudsman :many
-- arg: after_id report_id
-- arg: max_rows int
-- col: has_identity bool
SELECT c.report_id, c.state, c.asked_at, c.decided_at, c.sent_at, c.bundle, c.digest, r.number, r.is_escalated,
       CASE WHEN c.identity IS NULL THEN 0 ELSE 1 END AS has_identity
  FROM ombudsman_case c JOIN report r ON r.id = c.report_id
 WHERE c.report_id > :after_id
 ORDER BY c.report_id
 LIMIT :max_rows;

-- name: check_ombudsman_missing :one
-- scan: only this command looks at all reports
-- col: n int
SELECT count(*) AS n FROM report
 WHERE is_escalated = 1 AND NOT EXISTS (SELECT 1 FROM ombudsman_case WHERE ombudsman_case.report_id = report.id);
