-- SPDX-License-Identifier: Apache-2.0
-- The search: what the index of words finds, newest by number of row, and what decides whether it may be shown.

-- within and words: expressions of core/words. PostgreSQL finds all that they give and takes the newest; the caller bounds
-- that by blocks of ids (web/find.c). Each of its two conditions is met by itself inside the index: first it goes through
-- what is within, then it looks for the words of these. In one condition it would guess which is rarer, by the first page of
-- each list, and may go through the longest (tried: 80 times as long). OFFSET 0 keeps the ids' own index out of it, which
-- would be read from end to end.
-- name: find_hits :many
-- scan: on PostgreSQL the hits of a block are put in order
-- arg: within text
-- arg: words text
-- arg: before_id report_id
-- arg: max_rows int
SELECT r.id, r.received_at, r.category_id, r.holder_id, r.agency_id, r.opd_id, r.unit_id, r.region_code, r.state, r.class,
       r.visibility, r.is_public, r.is_blocked
  FROM (SELECT rowid AS report_id
          FROM /*sqlite: report_words WHERE report_words MATCH (:within || :words) AND rowid < :before_id */
               /*pgsql: (SELECT rowid FROM report_words
                          WHERE tsv @@ to_tsquery('simple', :within) AND tsv @@ to_tsquery('simple', :words) OFFSET 0) AS hit
                  WHERE rowid < :before_id */
         ORDER BY rowid DESC
         LIMIT :max_rows) w
  JOIN report r ON r.id = w.report_id
 ORDER BY r.id DESC;

-- name: find_newest :opt
SELECT id FROM report WHERE id > 0 ORDER BY id DESC LIMIT 1;

-- The indexed words of a few reports: "[4711,17]".
-- name: find_texts :many
-- arg: ids text
-- col: report_id report_id
-- col: words text
SELECT w.rowid AS report_id, w.words
  FROM /*sqlite: json_each(:ids) AS given */ /*pgsql: unnest(CAST(translate(:ids, '[]', '{}') AS BIGINT[])) AS given (value) */
  JOIN report_words w ON w.rowid = given.value;
