-- scan: it is small
-- name: x :many
SELECT id FROM report;
