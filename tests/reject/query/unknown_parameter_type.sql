-- name: x :exec
-- arg: n float
DELETE FROM clock WHERE seq = :n;
