-- name: x :many
SELECT id FROM repport;
