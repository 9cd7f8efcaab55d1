-- name: x :many
SELECT r.id, r.reporter_id AS id FROM report r;
