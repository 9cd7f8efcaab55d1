-- name: x :many
-- cases: up up
SELECT id FROM report WHERE id > :id LIMIT 5;
