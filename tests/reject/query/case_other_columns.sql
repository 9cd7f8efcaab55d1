-- name: x :many
-- cases: up down
SELECT id /*down: , number */ FROM report WHERE id > :id LIMIT 5;
