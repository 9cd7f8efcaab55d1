-- name: x :one
-- col: y int
SELECT id FROM report WHERE id = :id;
