-- name: x :one
-- arg: y int
SELECT id FROM report WHERE id = :id;
