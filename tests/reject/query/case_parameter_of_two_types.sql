-- name: x :many
-- cases: up down
SELECT id FROM report WHERE /*up: id = :v */ /*down: category_id = :v */ LIMIT 5;
