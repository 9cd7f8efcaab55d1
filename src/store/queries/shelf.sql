-- SPDX-License-Identifier: Apache-2.0
-- Which SOPs are installed, and which agency works by which from when to when (app/sop_store).

-- name: shelf_texts :many
-- scan: few rows, all of them are wanted, and only when there is a new one
SELECT id, word, version, source FROM sop ORDER BY id;

-- name: shelf_uses :many
-- scan: a few rows an agency, all of them are wanted
SELECT agency_id, sop_id, valid_from, valid_until FROM sop_use ORDER BY agency_id, valid_from, sop_id;

-- name: shelf_newest :one
-- col: n int
SELECT CAST(COALESCE(max(id), 0) AS BIGINT) AS n FROM sop;

-- name: shelf_by_digest :one
SELECT id, version FROM sop WHERE word = :word AND digest = :digest;

-- name: shelf_last_version :one
-- col: n int
SELECT CAST(COALESCE(max(version), 0) AS BIGINT) AS n FROM sop WHERE word = :word;

-- name: shelf_insert :one
INSERT INTO sop (word, version, covers, digest, source, installed_at, installed_by)
VALUES (:word, :version, :covers, :digest, :source, :installed_at, :installed_by)
RETURNING id;

-- name: shelf_source :one
SELECT word, version, source FROM sop WHERE id = :id;

-- What an agency uses, used or will use, the newest first.
-- name: shelf_of_agency :many
SELECT u.sop_id, s.word, s.version, s.covers, u.valid_from, u.valid_until
  FROM sop_use u JOIN sop s ON s.id = u.sop_id
 WHERE u.agency_id = :agency_id ORDER BY u.valid_from DESC, u.sop_id DESC LIMIT 200;

-- name: shelf_use_insert :exec
INSERT INTO sop_use (agency_id, sop_id, valid_from, valid_until) VALUES (:agency_id, :sop_id, :valid_from, NULL);

-- name: shelf_use_close :exec
UPDATE sop_use SET valid_until = :valid_until
 WHERE agency_id = :agency_id AND sop_id = :sop_id AND valid_from = :valid_from;

-- name: shelf_use_delete :exec
DELETE FROM sop_use WHERE agency_id = :agency_id AND sop_id = :sop_id AND valid_from = :valid_from;

-- What was installed and retired there; targets begin with the agency's slug and a blank.
-- name: shelf_history :many
-- arg: low text
-- arg: high text
-- col: actor text
SELECT e.at, e.what, e.target, a.name AS actor
  FROM admin_event e LEFT JOIN account a ON a.id = e.account_id
 WHERE e.what IN ('sop installed', 'sop retired') AND e.target >= :low AND e.target < :high
 ORDER BY e.at DESC, e.id DESC LIMIT 50;

-- How the steps of a version went: all who work by it together.
-- name: shelf_figures :many
-- scan: a row for each step and day
-- arg: from_day day
-- col: done int
-- col: late int
-- col: minutes int
SELECT step, CAST(sum(done) AS BIGINT) AS done, CAST(sum(late) AS BIGINT) AS late, CAST(sum(minutes) AS BIGINT) AS minutes
  FROM sop_figure /*sqlite: INDEXED BY sop_figure_lately */
 WHERE sop_id = :sop_id AND on_day >= :from_day GROUP BY step ORDER BY step;

-- name: shelf_agency :one
SELECT id, name, short_name, slug FROM agency WHERE slug = :slug AND level = 2;

-- Held while its uses are decided on; two admins go one after the other.
-- name: shelf_lock :one
-- arg: id agency_id
SELECT id FROM agency WHERE id = :id /*pgsql: FOR NO KEY UPDATE */;

-- Who works by an SOP today.
-- name: shelf_users :many
-- scan: a few rows an agency
-- arg: today day
SELECT a.name, a.slug, s.id, s.word, s.version, s.covers, u.valid_from
  FROM sop_use u JOIN sop s ON s.id = u.sop_id JOIN agency a ON a.id = u.agency_id
 WHERE u.valid_from <= :today AND (u.valid_until IS NULL OR u.valid_until > :today) AND a.is_active = 1
 ORDER BY a.name, a.id, s.word, s.version DESC LIMIT 500;

-- Those that an SOP can be installed for.
-- name: shelf_agencies :many
SELECT id, name FROM agency WHERE level = 2 AND is_active = 1 ORDER BY name, id LIMIT 1000;

-- Everything that was ever in use, for the command line.
-- name: shelf_all_uses :many
-- scan: a few rows an agency, all of them are wanted
SELECT a.slug, s.word, s.version, s.covers, u.valid_from, u.valid_until
  FROM sop_use u JOIN sop s ON s.id = u.sop_id JOIN agency a ON a.id = u.agency_id
 ORDER BY a.slug, u.valid_from, s.word;

-- For lapor check.
-- name: shelf_proof :many
-- scan: few rows, all of them are proved
SELECT id, word, version, covers, digest, source FROM sop ORDER BY word, version;
