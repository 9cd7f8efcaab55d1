-- name: x :exec
SELECT id FROM report;
