-- name: x :many
-- scan:
SELECT id FROM report;
