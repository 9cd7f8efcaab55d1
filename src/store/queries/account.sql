-- SPDX-License-Identifier: Apache-2.0
-- People who sign in, and their sessions.

-- name: account_by_login :one
SELECT id, password_hash, is_active, failed_logins, locked_until_at FROM account WHERE login = :login;

-- Counted one after the other: guesses at the same time are guesses too.
-- name: account_failures :one
-- arg: id account_id
SELECT failed_logins FROM account WHERE id = :id /*pgsql: FOR UPDATE */;

-- name: account_insert :one
INSERT INTO account (login, name, email, role, agency_id, password_hash, is_active, created_at)
VALUES (:login, :name, :email, :role, :agency_id, :password_hash, 1, :created_at)
RETURNING id;

-- name: account_set_failures :exec
-- arg: id account_id
UPDATE account SET failed_logins = :failed_logins, locked_until_at = :locked_until_at WHERE id = :id;

-- name: account_set_password :exec
-- arg: id account_id
UPDATE account SET password_hash = :password_hash, failed_logins = 0, locked_until_at = NULL WHERE id = :id;

-- name: account_set_active :exec
-- arg: id account_id
UPDATE account SET is_active = :is_active WHERE id = :id;

-- Officers of one agency who want mail: those of the line, in the order of the roles.
-- name: account_addresses :many
-- arg: first enum role
-- arg: last enum role
SELECT id, email FROM account
 WHERE agency_id = :agency_id AND role >= :first AND role <= :last AND is_active = 1 AND email IS NOT NULL
 ORDER BY role, id
 LIMIT 20;

-- name: session_insert :exec
INSERT INTO session (token_hash, account_id, csrf, created_at, seen_at, expires_at)
VALUES (:token_hash, :account_id, :csrf, :created_at, :created_at, :expires_at);

-- name: session_find :one
-- arg: now instant
SELECT s.csrf, s.created_at, s.seen_at, a.id, a.name, a.role, a.agency_id
  FROM session s JOIN account a ON a.id = s.account_id
 WHERE s.token_hash = :token_hash AND s.revoked_at IS NULL AND s.expires_at > :now AND a.is_active = 1;

-- name: session_touch :exec
UPDATE session SET seen_at = :seen_at, expires_at = :expires_at WHERE token_hash = :token_hash AND revoked_at IS NULL;

-- name: session_end :exec
UPDATE session SET revoked_at = :revoked_at WHERE token_hash = :token_hash AND revoked_at IS NULL;

-- name: session_end_own :exec
UPDATE session SET revoked_at = :revoked_at
 WHERE token_hash = :token_hash AND account_id = :account_id AND revoked_at IS NULL;

-- name: session_end_all :exec
UPDATE session SET revoked_at = :revoked_at WHERE account_id = :account_id AND revoked_at IS NULL;

-- name: session_delete_expired :exec
-- arg: now instant
-- scan: what has run out since the last round
DELETE FROM session WHERE expires_at <= :now;

-- name: session_expired :many
-- arg: now instant
SELECT expires_at FROM session WHERE expires_at <= :now ORDER BY expires_at LIMIT 1;
