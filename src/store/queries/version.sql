-- SPDX-License-Identifier: Apache-2.0
-- How far the schema is; used by store/migrate.c alone.

-- name: schema_version_newest :one
-- scan: one row per migration
-- col: number int
SELECT coalesce(max(number), 0) AS number FROM schema_version;

-- name: schema_version_add :exec
INSERT INTO schema_version (number, name) VALUES (:number, :name);
