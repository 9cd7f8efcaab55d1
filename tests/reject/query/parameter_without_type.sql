-- name: x :exec
DELETE FROM clock WHERE seq - :n > 1;
