-- SPDX-License-Identifier: Apache-2.0
-- Messages: written with their event, sent afterwards.

-- name: outbox_add :exec
INSERT INTO outbox (report_id, seq, template, recipient, language, idempotency_key, created_at, next_at, tries, about,
                    path)
VALUES (:report_id, :seq, :template, :recipient, :language, :idempotency_key, :created_at, :created_at, 0, :about, :path)
ON CONFLICT (idempotency_key) DO NOTHING;

-- name: outbox_due :many
-- arg: now instant
-- arg: after_at instant
-- arg: after_id outbox_id
-- arg: max_rows int
SELECT id, next_at
  FROM outbox
 WHERE next_at IS NOT NULL AND next_at <= :now AND (next_at, id) > (:after_at, :after_id)
 ORDER BY next_at, id
 LIMIT :max_rows;

-- Those to web hooks alone, for an installation without mail.
-- name: outbox_group_due :many
-- arg: now instant
-- arg: after_at instant
-- arg: after_id outbox_id
-- arg: max_rows int
SELECT id, next_at
  FROM outbox
 WHERE next_at IS NOT NULL AND template = 'group_hook' AND next_at <= :now AND (next_at, id) > (:after_at, :after_id)
 ORDER BY next_at, id
 LIMIT :max_rows;

-- Takes one message for the length of the lease; the repeated condition gives it to one worker only. Another worker
-- that is just taking it is not waited for.
-- name: outbox_claim :exec
-- arg: id outbox_id
-- arg: now instant
-- arg: lease_until_at instant
UPDATE outbox SET next_at = :lease_until_at, tries = tries + 1
 WHERE id = (SELECT id FROM outbox WHERE id = :id AND next_at IS NOT NULL AND next_at <= :now /*pgsql: FOR UPDATE SKIP LOCKED */);

-- What it is about: a report, or what stands in the message itself (path: where that is).
-- name: outbox_read :one
-- arg: id outbox_id
-- col: number text
SELECT o.id, o.report_id, o.seq, o.template, o.recipient, o.language, o.idempotency_key, o.created_at, o.tries,
       COALESCE(o.about, r.number) AS number, r.code, o.path, i.number AS intake_number, e.reason AS intake_reason
  FROM outbox o
  LEFT JOIN report r ON r.id = o.report_id
  LEFT JOIN intake i ON i.id = o.intake_id
  LEFT JOIN intake_event e ON e.intake_id = o.intake_id AND e.seq = o.seq
 WHERE o.id = :id;

-- name: outbox_sent :exec
-- arg: id outbox_id
UPDATE outbox SET sent_at = :sent_at, next_at = NULL, last_error = NULL WHERE id = :id;

-- next_at none: given up.
-- name: outbox_failed :exec
-- arg: id outbox_id
UPDATE outbox SET next_at = :next_at, last_error = :last_error WHERE id = :id;

-- name: outbox_after :many
-- arg: id outbox_id
-- arg: max_rows int
SELECT id, report_id, seq, template, recipient, tries, sent_at FROM outbox WHERE id > :id ORDER BY id LIMIT :max_rows;
