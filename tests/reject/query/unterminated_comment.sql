-- name: x :one
SELECT id /*pgsql: FOR
 FROM report;
