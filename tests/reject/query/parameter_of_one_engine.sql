-- name: x :one
SELECT id FROM report WHERE id = :id /*pgsql: AND version = :version */;
