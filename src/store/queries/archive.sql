-- SPDX-License-Identifier: Apache-2.0
-- Reports that are over and leave for the archive of a year, and what stays of them.

-- Those that ended within a span, in the order of their ending.
-- name: archive_ended :many
-- arg: from_at instant
-- arg: before_at instant
-- arg: after_at instant
-- arg: after_id report_id
-- arg: max_rows int
SELECT id, closed_at
  FROM report
 WHERE is_open = 0 AND closed_at >= :from_at AND closed_at < :before_at AND (closed_at, id) > (:after_at, :after_id)
 ORDER BY closed_at, id
 LIMIT :max_rows;

-- What still holds it (core/over.h). is_newest: SQLite would give the largest id of a table out again.
-- name: archive_facts :one
-- arg: id report_id
-- col: bytes int
-- col: runs bool
-- col: has_message bool
-- col: is_unindexed bool
-- col: has_draft bool
-- col: has_deviation bool
-- col: has_minutes bool
-- col: is_newest bool
-- scan: only lapor archive asks, once a report; what belongs to one report is little
SELECT r.id, r.number, r.code, r.source_ref, r.is_public, r.is_open, r.ruleset, r.received_at, r.closed_at, r.agency_id,
       p.account_id, b.state AS ombudsman, b.asked_at, i.id AS intake_id, i.is_open AS intake_is_open,
       i.agency_id AS intake_agency_id, i.received_at AS intake_at, i.number AS intake_number,
       (SELECT CAST(COALESCE(sum(a.size_bytes), 0) AS BIGINT) FROM attachment a
         WHERE a.report_id = r.id AND a.storage_key = 'db') AS bytes,
       CASE WHEN EXISTS (SELECT 1 FROM clock k WHERE k.report_id = r.id AND k.ended_at IS NULL) THEN 1 ELSE 0 END AS runs,
       CASE WHEN EXISTS (SELECT 1 FROM outbox m WHERE m.report_id = r.id AND m.next_at IS NOT NULL)
              OR EXISTS (SELECT 1 FROM outbox m WHERE m.intake_id = i.id AND m.next_at IS NOT NULL)
            THEN 1 ELSE 0 END AS has_message,
       CASE WHEN EXISTS (SELECT 1 FROM index_todo t WHERE t.report_id = r.id) THEN 1 ELSE 0 END AS is_unindexed,
       CASE WHEN EXISTS (SELECT 1 FROM draft d WHERE d.report_id = r.id) THEN 1 ELSE 0 END AS has_draft,
       CASE WHEN EXISTS (SELECT 1 FROM deviation v WHERE v.report_id = r.id AND v.state <> 3) THEN 1 ELSE 0 END
         AS has_deviation,
       CASE WHEN EXISTS (SELECT 1 FROM minutes n WHERE n.report_id = r.id AND n.state = 2) THEN 1 ELSE 0 END
         AS has_minutes,
       CASE WHEN r.id = (SELECT max(x.id) FROM report x)
              OR r.reporter_id = (SELECT max(x.id) FROM reporter x)
              OR i.id = (SELECT max(x.id) FROM intake x)
              OR EXISTS (SELECT 1 FROM attachment a
                          WHERE a.report_id = r.id AND a.id = (SELECT max(x.id) FROM attachment x))
              OR EXISTS (SELECT 1 FROM attachment a
                          WHERE a.intake_id = i.id AND a.id = (SELECT max(x.id) FROM attachment x))
              OR EXISTS (SELECT 1 FROM outbox m WHERE m.report_id = r.id AND m.id = (SELECT max(x.id) FROM outbox x))
              OR EXISTS (SELECT 1 FROM outbox m WHERE m.intake_id = i.id AND m.id = (SELECT max(x.id) FROM outbox x))
              OR EXISTS (SELECT 1 FROM deviation v WHERE v.report_id = r.id AND v.id = (SELECT max(x.id) FROM deviation x))
              OR EXISTS (SELECT 1 FROM minutes n WHERE n.report_id = r.id AND n.id = (SELECT max(x.id) FROM minutes x))
            THEN 1 ELSE 0 END AS is_newest
  FROM report r
  JOIN reporter p ON p.id = r.reporter_id
  LEFT JOIN ombudsman_case b ON b.report_id = r.id
  LEFT JOIN intake i ON i.report_id = r.id
 WHERE r.id = :id;

-- Held until the transaction ends: nothing happens to it meanwhile.
-- name: archive_lock :opt
-- arg: id report_id
SELECT id FROM report WHERE id = :id AND is_open = 0 /*pgsql: FOR UPDATE */;

-- Periodic reports that count it: unfinished ones of a government that had it in hand or sent it back, and whether one of
-- the government that has it reaches to its end.
-- name: archive_periodic :one
-- arg: report_id report_id
-- arg: received_on day
-- arg: closed_on day
-- col: unfinished bool
-- col: missing bool
-- scan: unfinished periodic reports are few
SELECT CASE WHEN EXISTS (SELECT 1 FROM periodic p
                          WHERE p.is_open = 1 AND p.last_on >= :received_on AND p.first_on <= :closed_on
                            AND (p.agency_id = :agency_id
                                 OR p.agency_id IN (SELECT e.agency_id FROM event e WHERE e.report_id = :report_id
                                                     UNION ALL
                                                    SELECT a.parent_id FROM event e JOIN agency a ON a.id = e.agency_id
                                                     WHERE e.report_id = :report_id)))
            THEN 1 ELSE 0 END AS unfinished,
       CASE WHEN EXISTS (SELECT 1 FROM periodic p WHERE p.agency_id = :agency_id)
             AND NOT EXISTS (SELECT 1 FROM periodic p WHERE p.agency_id = :agency_id AND p.last_on >= :closed_on)
            THEN 1 ELSE 0 END AS missing;

-- name: archive_recap :opt
SELECT made_at FROM intake_recap WHERE agency_id = :agency_id AND month = :month AND channel = 0;

-- name: archive_find :opt
SELECT year, word, reports, rows, digest, moved_at FROM archive WHERE year = :year;

-- name: archive_all :many
-- scan: one row a year
SELECT year, word, reports, rows, digest, moved_at FROM archive ORDER BY year DESC;

-- name: archive_begin :exec
INSERT INTO archive (year, word, reports, rows, digest) VALUES (:year, :word, 0, 0, :digest) ON CONFLICT (year) DO NOTHING;

-- name: archive_moved :exec
-- arg: more_reports int
-- arg: more_rows int
UPDATE archive
   SET reports = reports + :more_reports, rows = rows + :more_rows, digest = :digest, moved_at = :moved_at
 WHERE year = :year;

-- name: archive_stub_insert :exec
INSERT INTO archived (report_id, year, number, code, source_ref, account_id, is_public)
VALUES (:report_id, :year, :number, :code, :source_ref, :account_id, :is_public);

-- name: archive_stub_find :opt
SELECT year, number FROM archived WHERE report_id = :report_id;

-- In an archive itself: rows that are there by mistake go again.
-- name: archive_stub_delete :exec
DELETE FROM archived WHERE report_id = :report_id;

-- name: archive_figure_add :exec
-- arg: delta int
INSERT INTO archive_figure (year, on_day, figure, dimension, n) VALUES (:year, :on_day, :figure, :dimension, :delta)
ON CONFLICT (year, on_day, figure, dimension) DO UPDATE SET n = archive_figure.n + excluded.n;

-- What an archive holds, in pages.
-- name: archive_held :many
-- arg: after_id report_id
-- arg: max_rows int
SELECT id FROM report WHERE id > :after_id ORDER BY id LIMIT :max_rows;

-- Figures of an archive, made anew from what it holds.
-- name: archive_clear_days :exec
-- scan: all rows go
DELETE FROM day_figure;

-- name: archive_clear_steps :exec
-- scan: all rows go
DELETE FROM sop_figure;

-- For lapor check.
-- name: archive_check_figures :many
-- scan: what all archives counted for; one row a day, figure and dimension
-- col: n int
SELECT on_day, figure, dimension, CAST(sum(n) AS BIGINT) AS n FROM archive_figure GROUP BY on_day, figure, dimension;

-- name: archive_check_counts :many
-- scan: one row a year
-- col: stubs int
SELECT a.year, a.reports, (SELECT count(*) FROM archived d WHERE d.year = a.year) AS stubs FROM archive a ORDER BY a.year;

-- name: archive_check_both :one
-- scan: only this command reads the archived reports whole
-- col: n int
SELECT count(*) AS n FROM archived d
 WHERE EXISTS (SELECT 1 FROM report r WHERE r.id = d.report_id)
    OR EXISTS (SELECT 1 FROM report r WHERE r.number = d.number)
    OR EXISTS (SELECT 1 FROM report r WHERE r.code = d.code);
