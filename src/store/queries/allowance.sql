-- SPDX-License-Identifier: Apache-2.0
-- Allowances of addresses, shared by the nodes of one installation.

-- name: allowance_read :opt
SELECT full_at FROM allowance WHERE who = :who;

-- Moves the moment at which the allowance is whole again; from now on if that has passed.
-- name: allowance_add :one
-- arg: now instant
-- arg: each_ms int
INSERT INTO allowance (who, full_at) VALUES (:who, :now + :each_ms)
ON CONFLICT (who) DO UPDATE
   SET full_at = CASE WHEN allowance.full_at > :now THEN allowance.full_at ELSE :now END + :each_ms
RETURNING full_at;

-- name: allowance_over :opt
-- arg: now instant
SELECT who FROM allowance WHERE full_at < :now ORDER BY full_at LIMIT 1;

-- name: allowance_delete_over :exec
-- arg: now instant
-- scan: what has run out since the last round
DELETE FROM allowance WHERE full_at < :now;
