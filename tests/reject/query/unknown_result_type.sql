-- name: x :one
-- col: n money
SELECT count(*) AS n FROM report;
