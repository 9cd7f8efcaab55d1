-- SPDX-License-Identifier: Apache-2.0
-- Settings that officers change: accounts, the agency tree, holidays; each change leaves a row in admin_event.

-- name: office_account :one
SELECT id, login, name, role, agency_id, is_active FROM account WHERE id = :id;

-- name: office_agency_insert :one
INSERT INTO agency (parent_id, level, name, short_name, slug, region_code, email)
VALUES (:parent_id, :level, :name, :short_name, :slug, :region_code, :email)
RETURNING id;

-- name: office_agency_set_active :exec
UPDATE agency SET is_active = :is_active WHERE id = :id;

-- name: office_open_reports :one
-- col: n int
SELECT CAST(COALESCE(sum(n), 0) AS BIGINT) AS n FROM queue_count WHERE agency_id = :agency_id;

-- name: office_holiday :one
SELECT on_day, scope, kind, name, source FROM holiday WHERE on_day = :on_day AND scope = :scope;

-- name: office_holiday_insert :exec
INSERT INTO holiday (on_day, scope, kind, name, source) VALUES (:on_day, :scope, :kind, :name, :source);

-- name: office_holiday_delete :exec
DELETE FROM holiday WHERE on_day = :on_day AND scope = :scope;

-- name: office_audit_insert :exec
INSERT INTO admin_event (at, account_id, what, target) VALUES (:at, :account_id, :what, :target);
