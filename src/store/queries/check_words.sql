-- SPDX-License-Identifier: Apache-2.0
-- What `lapor check` reads of the search index.

-- Reports with what the index has of them; those that wait to be indexed are not there yet, or as they were.
-- name: check_words_rows :many
-- arg: after_id report_id
-- arg: max_rows int
-- col: words text
-- col: waits bool
SELECT r.id, r.number, r.title, r.body, r.public_title, r.public_body, r.is_public, r.is_open, r.class, r.holder_id, r.agency_id,
       r.opd_id, r.unit_id, r.category_id, r.region_code, r.received_at, w.words,
       CASE WHEN EXISTS (SELECT 1 FROM index_todo t WHERE t.report_id = r.id AND t.report_id > :after_id) THEN 1 ELSE 0 END AS waits
  FROM report r
  LEFT JOIN report_words w ON w.rowid = r.id AND w.rowid > :after_id
 WHERE r.id > :after_id
 ORDER BY r.id
 LIMIT :max_rows;

-- name: check_loose_words :one
-- scan: only this command reads the index whole
-- col: n int
SELECT count(*) AS n FROM report_words w WHERE NOT EXISTS (SELECT 1 FROM report r WHERE r.id = w.rowid);
