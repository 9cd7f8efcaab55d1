-- name: x :few
SELECT id FROM report;
