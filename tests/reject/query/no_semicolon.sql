-- name: x :one
SELECT id FROM report
-- name: y :one
SELECT id FROM report;
