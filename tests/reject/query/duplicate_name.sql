-- name: twice :one
SELECT id FROM report WHERE id = :id;
-- name: twice :one
SELECT id FROM report WHERE id = :id;
