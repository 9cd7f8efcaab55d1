-- name: x :one
DELETE FROM clock;
