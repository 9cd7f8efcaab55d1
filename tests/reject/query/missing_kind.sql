-- name: x
SELECT id FROM report;
