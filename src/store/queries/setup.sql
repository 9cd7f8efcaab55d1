-- SPDX-License-Identifier: Apache-2.0
-- What a new database is given: regions, holidays, categories, agencies. Used by the command line.

-- name: setup_region_any :opt
-- scan: stops at the first row
SELECT code FROM region ORDER BY code LIMIT 1;

-- name: setup_region_insert :exec
INSERT INTO region (code, parent_code, name) VALUES (:code, :parent_code, :name)
ON CONFLICT (code) DO NOTHING;

-- name: setup_holiday_insert :exec
INSERT INTO holiday (on_day, scope, kind, name, source) VALUES (:on_day, :scope, :kind, :name, :source)
ON CONFLICT (on_day, scope) DO NOTHING;

-- name: setup_holiday_put :exec
INSERT INTO holiday (on_day, scope, kind, name, source) VALUES (:on_day, :scope, :kind, :name, :source)
ON CONFLICT (on_day, scope) DO UPDATE SET kind = excluded.kind, name = excluded.name, source = excluded.source;

-- name: setup_holiday_list :many
-- arg: from_day day
-- arg: to_day day
SELECT on_day, scope, kind, name, source FROM holiday WHERE on_day >= :from_day AND on_day <= :to_day
 ORDER BY on_day, scope;

-- name: setup_category_any :opt
-- scan: stops at the first row
SELECT id FROM category ORDER BY id LIMIT 1;

-- name: setup_category_insert :one
INSERT INTO category (parent_id, name, slug, sp4n_id) VALUES (:parent_id, :name, :slug, :sp4n_id) RETURNING id;

-- Some two hundred rows.
-- name: setup_category_all :many
-- scan: the whole small table is wanted
SELECT id, parent_id, name, slug, sp4n_id FROM category ORDER BY id;

-- name: setup_agency_insert :one
INSERT INTO agency (parent_id, level, name, short_name, slug, region_code, sp4n_id, email)
VALUES (:parent_id, :level, :name, :short_name, :slug, :region_code, :sp4n_id, :email)
RETURNING id;

-- A thousand rows at most in one government, some thousands in the nation.
-- name: setup_agency_all :many
-- scan: the whole small table is wanted
SELECT id, parent_id, level, name, short_name, slug, region_code, sp4n_id FROM agency ORDER BY id;

-- name: setup_account_of_role :opt
-- scan: accounts are few, and this runs at set-up only
SELECT id FROM account WHERE role = :role ORDER BY id LIMIT 1;

-- name: setup_account_list :many
-- arg: citizen enum role
-- scan: accounts are few, and this is a list of all of them
SELECT a.id, a.login, a.name, a.role, a.is_active, a.created_at, g.name AS agency_name
  FROM account a LEFT JOIN agency g ON g.id = a.agency_id
 WHERE a.role <> :citizen
 ORDER BY a.role, a.login;

-- name: setup_report_any :opt
-- scan: stops at the first row
SELECT id FROM report ORDER BY id LIMIT 1;
