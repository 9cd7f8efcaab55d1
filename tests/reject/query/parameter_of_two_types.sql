-- name: x :one
SELECT id FROM report WHERE received_at = :x OR happened_on = :x;
