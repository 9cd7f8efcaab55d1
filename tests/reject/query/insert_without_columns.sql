-- name: x :exec
INSERT INTO setting VALUES (:name, :value);
