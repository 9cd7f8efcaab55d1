-- SPDX-License-Identifier: Apache-2.0
-- What the pages of citizens read. Public ones cannot select a secret column: no name but of open reports, no
-- original text, no place, no contact.

-- Windows of the public list, newest first, one per index. Filters that combine are applied in web/public_window.c.
-- name: public_window_all :many
-- arg: before_at instant
-- arg: before_id report_id
-- arg: max_rows int
SELECT id, received_at, category_id, opd_id, agency_id, region_code, state
  FROM report
 WHERE is_public = 1 AND (received_at, id) < (:before_at, :before_id)
 ORDER BY received_at DESC, id DESC
 LIMIT :max_rows;

-- name: public_window_category :many
-- arg: before_at instant
-- arg: before_id report_id
-- arg: max_rows int
SELECT id, received_at, category_id, opd_id, agency_id, region_code, state
  FROM report
 WHERE is_public = 1 AND category_id = :category_id AND (received_at, id) < (:before_at, :before_id)
 ORDER BY received_at DESC, id DESC
 LIMIT :max_rows;

-- name: public_window_opd :many
-- arg: before_at instant
-- arg: before_id report_id
-- arg: max_rows int
SELECT id, received_at, category_id, opd_id, agency_id, region_code, state
  FROM report
 WHERE is_public = 1 AND opd_id = :opd_id AND (received_at, id) < (:before_at, :before_id)
 ORDER BY received_at DESC, id DESC
 LIMIT :max_rows;

-- name: public_window_region :many
-- arg: before_at instant
-- arg: before_id report_id
-- arg: max_rows int
SELECT id, received_at, category_id, opd_id, agency_id, region_code, state
  FROM report
 WHERE is_public = 1 AND region_code = :region_code AND (received_at, id) < (:before_at, :before_id)
 ORDER BY received_at DESC, id DESC
 LIMIT :max_rows;

-- name: public_window_state :many
-- arg: before_at instant
-- arg: before_id report_id
-- arg: max_rows int
SELECT id, received_at, category_id, opd_id, agency_id, region_code, state
  FROM report
 WHERE is_public = 1 AND state = :state AND (received_at, id) < (:before_at, :before_id)
 ORDER BY received_at DESC, id DESC
 LIMIT :max_rows;

-- name: public_oldest :opt
SELECT received_at FROM report WHERE is_public = 1 AND received_at > 0 ORDER BY received_at, id LIMIT 1;

-- The lines of a list, in any order: "[4711,17]".
-- name: public_items :many
-- arg: ids text
SELECT r.id, r.number, r.public_title, r.state, r.is_open, r.due_at, r.received_at, c.name AS category,
       o.name AS agency, g.name AS region
  FROM /*sqlite: json_each(:ids) AS given */ /*pgsql: unnest(CAST(translate(:ids, '[]', '{}') AS BIGINT[])) AS given (value) */
  JOIN report r ON r.id = given.value
  LEFT JOIN category c ON c.id = r.category_id
  LEFT JOIN agency o ON o.id = COALESCE(r.opd_id, r.agency_id)
  LEFT JOIN region g ON g.code = r.region_code
 WHERE r.is_public = 1;

-- name: public_report :one
-- arg: open_visibility enum visibility
-- col: name text
SELECT r.id, r.number, r.public_title, r.public_body, r.kind, r.state, r.is_open, r.is_escalated, r.due_at,
       r.received_at, r.rating, r.region_code, r.version, r.changed_at, c.name AS category, o.name AS agency,
       CASE WHEN r.visibility = :open_visibility THEN p.name END AS name
  FROM report r
  JOIN reporter p ON p.id = r.reporter_id
  LEFT JOIN category c ON c.id = r.category_id
  LEFT JOIN agency o ON o.id = COALESCE(r.opd_id, r.agency_id)
 WHERE r.number = :number AND r.is_public = 1;

-- Of a very long story the newest part: what is waited for now stands there.
-- name: public_events :many
-- ahead:
-- arg: widest enum audience
-- arg: after_seq int
SELECT e.seq, e.at, e.action, e.role, e.reason, e.note, a.name AS who, t.name AS to_name
  FROM event e
  LEFT JOIN agency a ON a.id = e.agency_id
  LEFT JOIN agency t ON t.id = e.to_agency_id
 WHERE e.report_id = :report_id AND e.seq > :after_seq AND e.audience <= :widest
 ORDER BY e.seq
 LIMIT 500;

-- The reporter's own page, found by the tracking code.
-- name: track_report :one
SELECT r.id, r.number, r.code, r.version, r.kind, r.channel, r.visibility, r.state, r.is_open, r.is_escalated,
       r.is_public, r.is_blocked, r.holder_id, r.agency_id, r.opd_id, r.unit_id, r.region_code, r.place, r.happened_on,
       r.received_at, r.ruleset, r.held_since_at, r.due_at, r.closer, r.rating, r.closed_at, r.title, r.body,
       r.transfers, r.sop_id, r.sop_step, r.step_since_at, h.name AS holder, o.name AS opd, c.name AS category, p.email
  FROM report r
  JOIN reporter p ON p.id = r.reporter_id
  JOIN agency h ON h.id = r.holder_id
  LEFT JOIN agency o ON o.id = r.opd_id
  LEFT JOIN category c ON c.id = r.category_id
 WHERE r.code = :code;

-- Files: only what the asker may have is found.
-- name: track_file :one
-- arg: id attachment_id
-- arg: widest enum audience
SELECT a.id FROM attachment a JOIN report r ON r.id = a.report_id
 WHERE a.id = :id AND r.code = :code AND a.audience <= :widest;

-- name: public_file :one
-- arg: id attachment_id
SELECT a.id FROM attachment a JOIN report r ON r.id = a.report_id
 WHERE a.id = :id AND r.number = :number AND r.is_public = 1 AND a.audience = :audience;

-- name: draft_file :one
-- arg: id attachment_id
SELECT id FROM attachment WHERE id = :id AND draft_id = :draft_id;

-- The confirmation of a sent draft.
-- name: sent_report :one
-- arg: id report_id
-- arg: verify enum clock_kind
-- col: due_at instant
SELECT r.number, r.code, r.received_at, r.ruleset, a.name AS agency, p.email,
       (SELECT k.due_at FROM clock k WHERE k.report_id = r.id AND k.seq = 1 AND k.kind = :verify) AS due_at
  FROM report r
  JOIN reporter p ON p.id = r.reporter_id
  LEFT JOIN agency a ON a.id = r.asked_agency_id
 WHERE r.id = :id;

-- Figures: sums over a span of days, by the index day_figure_series.
-- name: figure_sum :one
-- arg: from_on day
-- arg: to_on day
-- col: n int
SELECT CAST(COALESCE(sum(n), 0) AS BIGINT) AS n
  FROM day_figure
 WHERE figure = :figure AND dimension = :dimension AND on_day >= :from_on AND on_day <= :to_on;

-- What the almanac keeps of the days of the month that are over (web/figures_past.c), and what a page adds to it.
-- name: figure_categories :many
-- arg: from_on day
-- arg: until_on day
-- arg: figure text
-- col: n int
-- scan: all categories, some hundred rows, every half minute
SELECT c.id,
       (SELECT CAST(COALESCE(sum(f.n), 0) AS BIGINT) FROM day_figure f
         WHERE f.figure = :figure AND f.dimension = -c.id AND f.on_day >= :from_on AND f.on_day < :until_on) AS n
  FROM category c
 ORDER BY c.id;

-- name: figure_categories_on :many
SELECT dimension, n FROM day_figure
 WHERE on_day = :on_day AND figure = :figure AND dimension < 0
 ORDER BY dimension DESC;

-- name: figure_agencies :many
-- arg: from_on day
-- arg: to_on day
-- arg: max_rows int
-- col: received int
-- col: answered int
-- col: closed int
-- col: followed_up int
-- col: follow_up_wd int
SELECT a.name,
       (SELECT CAST(COALESCE(sum(f.n), 0) AS BIGINT) FROM day_figure f
         WHERE f.figure = 'disposed' AND f.dimension = a.id AND f.on_day >= :from_on AND f.on_day <= :to_on)
         AS received,
       (SELECT CAST(COALESCE(sum(f.n), 0) AS BIGINT) FROM day_figure f
         WHERE f.figure = 'answered' AND f.dimension = a.id AND f.on_day >= :from_on AND f.on_day <= :to_on)
         AS answered,
       (SELECT CAST(COALESCE(sum(f.n), 0) AS BIGINT) FROM day_figure f
         WHERE f.figure = 'closed' AND f.dimension = a.id AND f.on_day >= :from_on AND f.on_day <= :to_on)
         AS closed,
       (SELECT CAST(COALESCE(sum(f.n), 0) AS BIGINT) FROM day_figure f
         WHERE f.figure = 'followed_up' AND f.dimension = a.id AND f.on_day >= :from_on AND f.on_day <= :to_on)
         AS followed_up,
       (SELECT CAST(COALESCE(sum(f.n), 0) AS BIGINT) FROM day_figure f
         WHERE f.figure = 'follow_up_wd' AND f.dimension = a.id AND f.on_day >= :from_on AND f.on_day <= :to_on)
         AS follow_up_wd
  FROM agency a
 WHERE a.level = :level AND a.is_active = 1
 ORDER BY a.name
 LIMIT :max_rows;

-- What forms and filters offer.
-- name: region_roots :many
SELECT code, name FROM region WHERE parent_code IS NULL ORDER BY name LIMIT 100;

-- The reports of somebody who signed in before writing them.
-- name: own_reports :many
-- arg: account_id account_id
-- arg: max_rows int
SELECT r.number, r.code, r.title, r.state, r.is_open, r.due_at, r.received_at
  FROM reporter p
  JOIN report r ON r.reporter_id = p.id
 WHERE p.account_id = :account_id
 ORDER BY r.id DESC
 LIMIT :max_rows;
