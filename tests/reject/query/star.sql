-- name: x :many
SELECT * FROM report;
