-- name: x :one
-- col: default int
SELECT max(seq) AS default FROM clock;
