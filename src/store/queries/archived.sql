-- SPDX-License-Identifier: Apache-2.0
-- Where a report went that is not here any more: what pages ask of the stubs that archives leave behind.

-- name: archived_by_code :opt
SELECT year FROM archived WHERE code = :code;

-- name: archived_by_number :opt
SELECT year, is_public FROM archived WHERE number = :number;

-- name: archived_by_source :opt
SELECT number FROM archived WHERE source_ref = :source_ref AND source_ref IS NOT NULL;

-- Those of somebody with an account.
-- name: archived_own :many
-- arg: account_id account_id
-- arg: max_rows int
SELECT number, code, year FROM archived WHERE account_id = :account_id ORDER BY report_id DESC LIMIT :max_rows;

-- By what an archive is known for the right one; none: nothing left for it.
-- name: archived_word :opt
SELECT word FROM archive WHERE year = :year AND reports > 0;

-- name: archived_years :many
-- scan: one row a year
SELECT year FROM archive WHERE reports > 0 ORDER BY year DESC;
