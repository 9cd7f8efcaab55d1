-- name: x :one
SELECT count(*) AS n FROM report;
