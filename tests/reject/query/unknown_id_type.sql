-- name: x :exec
-- arg: who citizen_id
DELETE FROM clock WHERE seq = :who;
