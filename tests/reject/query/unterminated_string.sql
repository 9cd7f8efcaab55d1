-- name: x :one
SELECT id FROM report WHERE code = 'abc;
