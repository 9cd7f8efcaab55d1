-- What the officers' pages read. Nothing here writes, nothing here scans: every list is
-- a keyset page over one index, at most :scan rows deep when filters are on.

-- The lists of the inbox, each a walk over one index; what officers filter by is looked at row by row, in
-- web/desk_inbox.c. Reports that wait for the reporter have no deadline of an officer: they come last, by id.
-- name: inbox_walk :many
-- cases: action action_late queue queue_late agency agency_late opd opd_late open open_late oversight oversight_late queue_undated agency_undated opd_undated open_undated oversight_undated done_agency done_opd done_all done_oversight
-- arg: node agency_id
-- arg: due_before instant
-- arg: after_at instant
-- arg: after_id report_id
-- arg: n int
-- col: title text
-- col: excerpt text
-- col: has_public_title bool
-- col: has_public_body bool
SELECT r.id, r.number, r.channel, r.region_code, r.state, r.holder_id, r.agency_id, r.opd_id, r.unit_id, r.class,
       r.category_id, r.visibility, r.is_public, r.is_blocked, r.is_escalated, r.transfers, r.held_since_at, r.due_at,
       r.closed_at, r.is_arbitrated,
       COALESCE(r.public_title, r.title) AS title,
       substr(COALESCE(r.public_body, r.body), 1, 220) AS excerpt,
       CASE WHEN r.public_title IS NULL THEN 0 ELSE 1 END AS has_public_title,
       CASE WHEN r.public_body IS NULL THEN 0 ELSE 1 END AS has_public_body
  FROM report r
 WHERE /*action action_late: r.is_open = 1 AND r.holder_id = :node AND r.needs_action = 1 AND r.due_at < :due_before */
       /*queue queue_late queue_undated: r.is_open = 1 AND r.holder_id = :node AND r.queue = :queue */
       /*agency agency_late agency_undated: r.is_open = 1 AND r.agency_id = :node */
       /*opd opd_late opd_undated: r.is_open = 1 AND r.opd_id = :node */
       /*open open_late open_undated: r.is_open = 1 */
       /*oversight oversight_late oversight_undated: r.is_open = 1 AND r.class = 1 AND r.agency_id = :node */
       /*done_agency: r.is_open = 0 AND r.agency_id = :node */
       /*done_opd: r.is_open = 0 AND r.opd_id = :node */
       /*done_all: r.is_open = 0 */
       /*done_oversight: r.is_open = 0 AND r.class = 1 AND r.agency_id = :node */
       /*action queue agency opd open oversight: AND (r.due_at, r.id) > (:after_at, :after_id) ORDER BY r.due_at, r.id */
       /*action_late queue_late agency_late opd_late open_late oversight_late:
         AND (r.due_at, r.id) < (:after_at, :after_id) ORDER BY r.due_at DESC, r.id DESC */
       /*queue_undated agency_undated opd_undated open_undated oversight_undated:
         AND r.due_at IS NULL AND r.id > :after_id ORDER BY r.due_at, r.id */
       /*done_agency done_opd done_all done_oversight:
         AND (r.closed_at, r.id) < (:after_at, :after_id) ORDER BY r.closed_at DESC, r.id DESC */
 LIMIT :n;

-- What a search of the inbox found; base: 14 words, "[4711,17]" in this order, 15 number, 16 number in LAPOR!
-- The filters are those of the page: a number may be one of elsewhere.
-- name: desk_inbox :many
-- arg: base int
-- arg: words text
-- arg: in_line int
-- arg: in_unit int
-- arg: in_category int
-- arg: in_holder int
-- arg: in_state int
-- arg: region_from text
-- arg: region_to text
-- arg: n int
-- col: id report_id
-- col: number text
-- col: channel enum channel
-- col: state enum state
-- col: class enum class_
-- col: visibility enum visibility
-- col: is_public bool
-- col: is_blocked bool
-- col: is_escalated bool
-- col: transfers int
-- col: is_arbitrated bool
-- col: category_id category_id
-- col: holder_id agency_id
-- col: agency_id agency_id
-- col: opd_id agency_id
-- col: unit_id agency_id
-- col: held_since_at instant
-- col: due_at instant
-- col: closed_at instant
-- col: title text
-- col: excerpt text
-- col: has_public_title bool
-- col: has_public_body bool
SELECT r.id, r.number, r.channel, r.state, r.class, r.category_id, r.visibility, r.is_public, r.is_blocked, r.is_escalated,
       r.transfers, r.is_arbitrated, r.holder_id, r.agency_id, r.opd_id, r.unit_id, r.held_since_at, r.due_at, r.closed_at,
       COALESCE(r.public_title, r.title) AS title,
       substr(COALESCE(r.public_body, r.body), 1, 220) AS excerpt,
       CASE WHEN r.public_title IS NULL THEN 0 ELSE 1 END AS has_public_title,
       CASE WHEN r.public_body IS NULL THEN 0 ELSE 1 END AS has_public_body
  FROM (
  SELECT /*sqlite: value AS id, key AS place FROM json_each(CASE WHEN :base = 14 THEN :words ELSE '[]' END) */
         /*pgsql: value AS id, key AS place
             FROM unnest(CAST(CASE WHEN :base = 14 THEN translate(:words, '[]', '{}') ELSE '{}' END AS BIGINT[]))
               WITH ORDINALITY AS found (value, key) */
  UNION ALL
  SELECT id, 0 AS place FROM report WHERE :base = 15 AND number = :words
  UNION ALL
  SELECT id, 0 AS place FROM report WHERE :base = 16 AND source_ref IS NOT NULL AND source_ref = :words) AS c
  JOIN report r ON r.id = c.id
 WHERE (:in_line = 0 OR r.agency_id = :in_line OR r.opd_id = :in_line OR r.unit_id = :in_line OR r.holder_id = :in_line)
   AND (:in_unit = 0 OR r.unit_id = :in_unit)
   AND (:in_category = 0 OR r.category_id = :in_category)
   AND (:in_holder = 0 OR r.agency_id = :in_holder OR r.opd_id = :in_holder OR r.unit_id = :in_holder)
   AND (:in_state = 0 OR r.state = :in_state)
   AND (:region_from = '' OR (r.region_code >= :region_from AND r.region_code < :region_to))
 ORDER BY c.place
 LIMIT :n;

-- What is on the sidebar, in one answer: the counters of a node by their queue, kept by every transition; -1 overdue and
-- -2 due until the end of the day, exact below :most, then "most or more"; -3, where it is wanted, what the nodes below
-- hold, children and grandchildren, out of their counters.
-- name: desk_counts :many
-- ahead:
-- arg: node agency_id
-- arg: now instant
-- arg: end_of_day instant
-- arg: most int
-- arg: wants_below bool
-- col: what int
-- col: n int
SELECT CAST(queue AS BIGINT) AS what, n FROM queue_count WHERE agency_id = :node
UNION ALL
SELECT -1 AS what, count(*) AS n FROM (
  SELECT 1 AS one FROM report
   WHERE is_open = 1 AND holder_id = :node AND needs_action = 1 AND due_at > 0 AND due_at < :now
   LIMIT :most) AS overdue
UNION ALL
SELECT -2 AS what, count(*) AS n FROM (
  SELECT 1 AS one FROM report
   WHERE is_open = 1 AND holder_id = :node AND needs_action = 1 AND due_at >= :now AND due_at < :end_of_day
   LIMIT :most) AS today
UNION ALL
SELECT -3 AS what, CAST(COALESCE(sum(x.n), 0) AS BIGINT) AS n FROM (
  SELECT q.n FROM agency a JOIN queue_count q ON q.agency_id = a.id WHERE :wants_below = 1 AND a.parent_id = :node
  UNION ALL
  SELECT q.n FROM agency a JOIN agency b ON b.parent_id = a.id JOIN queue_count q ON q.agency_id = b.id
   WHERE :wants_below = 1 AND a.parent_id = :node) AS x;

-- The next deadline of a node, for the empty inbox.
-- name: desk_next_due :one
SELECT due_at FROM report
 WHERE is_open = 1 AND holder_id = :holder_id AND queue = :queue AND due_at > 0
 ORDER BY due_at, id LIMIT 1;

-- The one after it in the same queue.
-- name: desk_next_in_queue :opt
-- arg: due_after instant
-- arg: id_after int
SELECT number FROM report
 WHERE is_open = 1 AND holder_id = :holder_id AND queue = :queue AND (due_at, id) > (:due_after, :id_after)
 ORDER BY due_at, id LIMIT 1;

-- One report, whole. What of it may be shown is decided by core/access and core/redact.
-- name: desk_report :one
-- col: category text
-- col: holder text
-- col: agency text
-- col: opd text
-- col: unit text
-- col: asked_agency text
-- col: taker text
-- col: region text
SELECT r.id, r.number, r.kind, r.channel, r.reporter_id, r.asked_visibility, r.asked_agency_id, r.happened_on,
       r.region_code, r.place, r.received_at, r.ruleset, r.state, r.resume_state, r.version, r.queue, r.is_open,
       r.needs_action, r.holder_id, r.agency_id, r.opd_id, r.unit_id, r.taken_by, r.class, r.category_id, r.visibility,
       r.is_public, r.is_blocked, r.is_escalated, r.is_arbitrated, r.transfers, r.closer, r.rating, r.held_since_at,
       r.due_at, r.verified_at, r.answered_at, r.closed_at, r.title, r.public_title, r.body, r.public_body,
       r.sop_id, r.sop_step, r.step_since_at,
       k.name AS category, h.name AS holder, a.name AS agency, o.name AS opd, u.name AS unit,
       q.name AS asked_agency, t.name AS taker, g.name AS region
  FROM report r
  JOIN agency h ON h.id = r.holder_id
  LEFT JOIN agency a ON a.id = r.agency_id
  LEFT JOIN agency o ON o.id = r.opd_id
  LEFT JOIN agency u ON u.id = r.unit_id
  LEFT JOIN agency q ON q.id = r.asked_agency_id
  LEFT JOIN account t ON t.id = r.taken_by
  LEFT JOIN category k ON k.id = r.category_id
  LEFT JOIN region g ON g.code = r.region_code
 WHERE r.number = :number;

-- name: desk_reporter :one
SELECT name, email, phone FROM reporter WHERE id = :id;

-- The newest 500: more than a life has, but for imported or quarrelsome ones.
-- name: desk_events :many
-- col: actor text
-- col: actor_agency text
-- col: to_agency text
SELECT e.seq, e.at, e.action, e.role, e.account_id, e.agency_id, e.from_state, e.to_state, e.to_agency_id, e.audience,
       e.reason, e.note, a.name AS actor, g.name AS actor_agency, t.name AS to_agency
  FROM event e
  LEFT JOIN account a ON a.id = e.account_id
  LEFT JOIN agency g ON g.id = e.agency_id
  LEFT JOIN agency t ON t.id = e.to_agency_id
 WHERE e.report_id = :report_id
   AND e.seq > (SELECT max(l.seq) FROM event l WHERE l.report_id = :report_id) - 500
 ORDER BY e.seq;

-- The clocks that run, or wait.
-- name: desk_clocks :many
-- ahead:
SELECT seq, kind, started_at, limit_n, limit_unit, rule, due_at, paused_at, paused_wd
  FROM clock WHERE report_id = :report_id AND ended_at IS NULL ORDER BY kind, seq LIMIT 50;

-- name: desk_files :many
-- ahead:
SELECT id, seq, audience, name, mime, size_bytes FROM attachment
 WHERE report_id IS NOT NULL AND report_id = :report_id ORDER BY id LIMIT 200;

-- name: desk_file :one
SELECT a.id, a.report_id, a.seq, a.audience, a.name, a.mime, a.size_bytes FROM attachment a WHERE a.id = :id;

-- Public reports that may tell of the same thing: same category and region, or the region alone
-- while the category is not chosen. Bounded; the words are compared afterwards.
-- name: desk_twins :many
-- arg: category int
-- arg: region text
-- arg: from_at instant
-- arg: to_at instant
-- arg: self int
-- col: number text
-- col: received_at instant
-- col: state enum state
-- col: title text
-- scan: reports of one region within some weeks
SELECT x.number, x.received_at, x.state, x.title FROM (
  SELECT * FROM (SELECT id, number, received_at, state, COALESCE(public_title, title) AS title FROM report
    WHERE :category <> 0 AND is_public = 1 AND category_id = :category AND region_code = :region
      AND received_at >= :from_at AND received_at < :to_at
    ORDER BY received_at DESC, id DESC LIMIT 200) AS by_category
  UNION ALL
  SELECT * FROM (SELECT id, number, received_at, state, COALESCE(public_title, title) AS title FROM report
    WHERE :category = 0 AND is_public = 1 AND region_code = :region
      AND received_at >= :from_at AND received_at < :to_at
    ORDER BY received_at DESC, id DESC LIMIT 200) AS by_region) AS x
 WHERE x.id <> :self
 ORDER BY x.received_at DESC, x.number DESC;

-- name: desk_agency :one
SELECT id, parent_id, level, name, short_name, region_code, email, is_active FROM agency WHERE id = :id;

-- name: desk_agencies_below :many
SELECT id, parent_id, level, name, short_name, email, is_active FROM agency
 WHERE parent_id = :parent_id ORDER BY name LIMIT 1000;

-- name: desk_roots :many
SELECT id, parent_id, level, name, short_name, email, is_active FROM agency
 WHERE level = 1 ORDER BY name LIMIT 20;

-- name: desk_account :one
-- col: agency text
SELECT a.id, a.login, a.name, a.email, a.role, a.agency_id, a.is_active, g.name AS agency
  FROM account a LEFT JOIN agency g ON g.id = a.agency_id WHERE a.id = :id;

-- name: desk_accounts_of :many
SELECT id, login, name, email, role, is_active, locked_until_at FROM account
 WHERE agency_id = :agency_id ORDER BY role, id LIMIT 500;

-- name: desk_sessions :many
-- arg: now instant
SELECT token_hash, created_at, seen_at, expires_at FROM session
 WHERE account_id = :account_id AND revoked_at IS NULL AND expires_at > :now
 ORDER BY seen_at DESC LIMIT 50;

-- What admins and operators changed, newest first.
-- name: desk_admin_events :many
-- col: actor text
SELECT e.at, e.what, e.target, a.name AS actor
  FROM admin_event e LEFT JOIN account a ON a.id = e.account_id
 WHERE e.at > 0 ORDER BY e.at DESC, e.id DESC LIMIT 100;

-- name: desk_holidays :many
-- arg: from_day day
-- arg: to_day day
SELECT on_day, scope, kind, name, source FROM holiday
 WHERE on_day >= :from_day AND on_day <= :to_day ORDER BY on_day, scope LIMIT 400;
