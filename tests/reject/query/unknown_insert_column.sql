-- name: x :exec
INSERT INTO setting (name, worth) VALUES (:name, :worth);
