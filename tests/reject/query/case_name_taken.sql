-- name: x_up :many
SELECT id FROM report WHERE id > :id LIMIT 5;
-- name: x :many
-- cases: up down
SELECT id FROM report WHERE id > :id /*up: ORDER BY id */ LIMIT 5;
