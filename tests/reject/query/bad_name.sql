-- name: BigName :one
SELECT id FROM report;
