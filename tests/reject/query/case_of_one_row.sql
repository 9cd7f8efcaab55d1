-- name: x :one
-- cases: up down
SELECT id FROM report WHERE id > :id /*up: ORDER BY id */;
