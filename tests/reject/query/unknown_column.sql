-- name: x :many
SELECT id, titel FROM report;
