-- SPDX-License-Identifier: Apache-2.0
-- Agencies, categories, regions, holidays: what forms offer and use cases check.

-- name: agency_by_id :one
-- arg: id agency_id
SELECT id, parent_id, level, name, short_name, slug, region_code, is_active FROM agency WHERE id = :id;

-- Where a report is sent: nobody disables it before that is done.
-- name: agency_target :one
-- arg: id agency_id
SELECT id, parent_id, level, is_active FROM agency WHERE id = :id /*pgsql: FOR SHARE */;

-- name: agency_by_slug :one
SELECT id, parent_id, level, name, short_name, slug, is_active FROM agency WHERE slug = :slug;

-- name: agency_first_of_level :one
SELECT id, name, short_name, slug FROM agency WHERE level = :level ORDER BY name, id LIMIT 1;

-- name: agency_children :many
SELECT id, level, name, short_name, slug, is_active FROM agency WHERE parent_id = :parent_id ORDER BY name, id LIMIT 1000;

-- name: agency_of_level :many
SELECT id, parent_id, name, short_name, slug, is_active FROM agency WHERE level = :level ORDER BY name, id LIMIT 2000;

-- name: category_by_id :one
-- arg: id category_id
SELECT id, parent_id, name, slug, is_active FROM category WHERE id = :id;

-- name: category_by_slug :one
SELECT id, parent_id, name, slug, is_active FROM category WHERE slug = :slug;

-- What the directory in memory is made from (web/directory.c).
-- name: directory_categories :many
-- scan: all categories, some hundred rows, every half minute
SELECT id, parent_id, name, slug, is_active FROM category ORDER BY parent_id NULLS FIRST, name, id;

-- name: directory_agencies :many
-- scan: all agencies, some hundred rows, every half minute
SELECT id, parent_id, level, name, short_name, slug, is_active FROM agency ORDER BY parent_id NULLS FIRST, name, id;

-- name: region_by_code :one
SELECT code, parent_code, name FROM region WHERE code = :code;

-- A place and the two levels above it; a province has nothing above it.
-- name: region_line :opt
-- arg: code text
SELECT r.name, a.name AS above, a.parent_code AS above_parent, b.name AS top, b.parent_code AS top_parent
  FROM region r
  LEFT JOIN region a ON a.code = r.parent_code
  LEFT JOIN region b ON b.code = a.parent_code
 WHERE r.code = :code;

-- name: region_children :many
SELECT code, name FROM region WHERE parent_code = :parent_code ORDER BY name LIMIT 1000;

-- Some fifteen to twenty-five rows a year.
-- name: holiday_all :many
SELECT on_day, scope, kind, name, source FROM holiday ORDER BY on_day, scope;

-- name: holiday_version :opt
-- col: version int
SELECT CAST(value AS BIGINT) AS version FROM setting WHERE name = 'calendar';

-- Waits for a change that is under way, and holds off the next one until this transaction is over.
-- name: holiday_version_share :opt
-- col: version int
SELECT CAST(value AS BIGINT) AS version FROM setting WHERE name = 'calendar' /*pgsql: FOR SHARE */;

-- name: holiday_version_raise :exec
UPDATE setting SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE name = 'calendar';
