-- The installation's own small values: one row each.

-- name: setting_read :one
SELECT value FROM setting WHERE name = :name;

-- name: setting_insert :exec
INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING;
