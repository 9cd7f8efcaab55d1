-- SPDX-License-Identifier: Apache-2.0
-- Reports being written.

-- name: draft_insert :one
INSERT INTO draft (token_hash, fields, created_at, saved_at, expires_at)
VALUES (:token_hash, :fields, :created_at, :created_at, :expires_at)
RETURNING id;

-- name: draft_find :one
-- arg: now instant
SELECT id, fields, report_id, saved_at FROM draft WHERE token_hash = :token_hash AND expires_at > :now;

-- name: draft_report :one
-- arg: id draft_id
SELECT report_id FROM draft WHERE id = :id /*pgsql: FOR UPDATE */;

-- name: draft_update :exec
-- arg: id draft_id
UPDATE draft SET fields = :fields, saved_at = :saved_at, expires_at = :expires_at WHERE id = :id;

-- A sent draft keeps nothing but the way to its report.
-- name: draft_sent :exec
-- arg: id draft_id
UPDATE draft SET report_id = :report_id, fields = '{}', saved_at = :saved_at WHERE id = :id;

-- name: draft_expired :many
-- arg: now instant
-- arg: max_rows int
SELECT id FROM draft WHERE expires_at <= :now ORDER BY expires_at LIMIT :max_rows;

-- name: draft_delete :exec
-- arg: id draft_id
-- arg: now instant
DELETE FROM draft WHERE id = :id AND expires_at <= :now;
