-- name: x :many
-- cases: up down
SELECT id FROM report WHERE id > :id /*up: ORDER BY id */ /*dwon: ORDER BY id DESC */ LIMIT 5;
