-- SPDX-License-Identifier: Apache-2.0
-- Every report with the names that an export shows, in pages by id.

-- name: export_page :many
-- arg: after_id report_id
-- arg: max_rows int
SELECT r.id, r.number, r.source_ref, r.received_at, w.name AS reporter_name, r.class, c.sp4n_id AS category_sp4n,
       c.name AS category_name, r.title, r.body, r.public_title, r.public_body, r.visibility, r.channel, r.state,
       r.closer, r.is_blocked, r.rating, a.name AS agency_name, a.sp4n_id AS agency_sp4n, o.name AS opd_name,
       o.sp4n_id AS opd_sp4n, p.name AS province, k.name AS regency, d.name AS district, v.name AS village
  FROM report r
  JOIN reporter w ON w.id = r.reporter_id
  LEFT JOIN category c ON c.id = r.category_id
  LEFT JOIN agency a ON a.id = r.agency_id
  LEFT JOIN agency o ON o.id = r.opd_id
  LEFT JOIN region p ON p.code = substr(r.region_code, 1, 2)
  LEFT JOIN region k ON k.code = substr(r.region_code, 1, 5) AND length(r.region_code) >= 5
  LEFT JOIN region d ON d.code = substr(r.region_code, 1, 8) AND length(r.region_code) >= 8
  LEFT JOIN region v ON v.code = r.region_code AND length(r.region_code) > 8
 WHERE r.id > :after_id
 ORDER BY r.id
 LIMIT :max_rows;

-- Why a report waits for its reporter.
-- name: export_pending_note :opt
-- arg: pend enum action
SELECT note FROM event WHERE report_id = :report_id AND action = :pend ORDER BY seq DESC LIMIT 1;

-- name: export_count :one
-- scan: counts the whole table once, for the progress bar
-- col: n int
SELECT count(*) AS n FROM report;
