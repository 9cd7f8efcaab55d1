-- name: x :many
SELECT id FROM report WHERE (id = :id;
