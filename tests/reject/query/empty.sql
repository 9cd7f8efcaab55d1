-- name: x :one
;
