-- name: x :one
SELECT count(*) FROM report;
