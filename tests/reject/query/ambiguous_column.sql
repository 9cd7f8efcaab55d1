-- name: x :many
SELECT id FROM report r JOIN reporter p ON p.id = r.reporter_id;
