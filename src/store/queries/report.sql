-- SPDX-License-Identifier: Apache-2.0
-- Reports as the use cases write them: lock, projection, texts. Pages have queries of their own.

-- name: report_find_by_number :one
SELECT id FROM report WHERE number = :number;

-- name: report_find_by_code :one
SELECT id FROM report WHERE code = :code;

-- name: report_find_by_key :one
SELECT id, number, code FROM report WHERE idempotency_key = :idempotency_key;

-- name: report_names :one
-- arg: id report_id
SELECT id, number, code FROM report WHERE id = :id;

-- The row a transition starts from. The version is compared again when it is written.
-- name: report_lock :one
-- arg: id report_id
SELECT id, number, kind, reporter_id, received_at, ruleset, state, resume_state, version, queue, is_open, needs_action,
       holder_id, agency_id, opd_id, unit_id, taken_by, class, category_id, visibility, is_public, is_blocked,
       is_escalated, transfers, closer, rating, held_since_at, verified_at, disposed_at, first_follow_up_at,
       answered_at, closed_at, changed_at, asked_agency_id, sop_id, sop_step, step_since_at, is_arbitrated
  FROM report
 WHERE id = :id
 /*pgsql: FOR UPDATE */;

-- name: report_texts :one
-- arg: id report_id
SELECT title, body, public_title, public_body FROM report WHERE id = :id;

-- name: report_insert :one
INSERT INTO report (number, code, source_ref, idempotency_key, kind, channel, reporter_id, asked_visibility,
                    asked_agency_id, happened_on, region_code, place, received_at, ruleset, state, version, queue,
                    is_open, needs_action, holder_id, category_id, visibility, is_public, is_blocked, is_escalated,
                    transfers, held_since_at, due_at, changed_at, sop_id, sop_step, step_since_at, title, body)
VALUES (:number, :code, :source_ref, :idempotency_key, :kind, :channel, :reporter_id, :asked_visibility,
        :asked_agency_id, :happened_on, :region_code, :place, :received_at, :ruleset, :state, :version, :queue,
        1, 1, :holder_id, :category_id, :visibility, 0, 0, 0, 0, :received_at, :due_at, :received_at, :sop_id, nullif(:sop_step, 0), :step_since_at, :title,
        :body)
RETURNING id;

-- The projection after an event, and the public texts where it has new ones; 0 rows changed: someone else was faster.
-- name: report_project :exec
-- arg: id report_id
-- arg: seen_version int
UPDATE report
   SET state = :state, resume_state = :resume_state, version = :version, queue = :queue, is_open = :is_open,
       needs_action = :needs_action, holder_id = :holder_id, agency_id = :agency_id, opd_id = :opd_id,
       unit_id = :unit_id, taken_by = :taken_by, class = :class, category_id = :category_id,
       visibility = :visibility, is_public = :is_public, is_blocked = :is_blocked, is_escalated = :is_escalated,
       transfers = :transfers, closer = :closer, rating = nullif(:rating, 0),
       held_since_at = :held_since_at, due_at = :due_at, verified_at = :verified_at, disposed_at = :disposed_at,
       first_follow_up_at = :first_follow_up_at, answered_at = :answered_at, closed_at = :closed_at,
       changed_at = :changed_at, sop_id = :sop_id, sop_step = nullif(:sop_step, 0), step_since_at = :step_since_at,
       is_arbitrated = :is_arbitrated, public_title = COALESCE(:public_title, public_title),
       public_body = COALESCE(:public_body, public_body)
 WHERE id = :id AND version = :seen_version;

-- What the reporter asks for is the least protection that officers may give.
-- name: report_set_asked :exec
-- arg: id report_id
UPDATE report SET asked_visibility = :asked_visibility WHERE id = :id;

-- name: reporter_insert :one
INSERT INTO reporter (account_id, name, email, phone, language)
VALUES (:account_id, :name, :email, :phone, :language)
RETURNING id;

-- Where messages to the reporter go.
-- name: reporter_address :one
-- arg: id reporter_id
SELECT email, language FROM reporter WHERE id = :id;

-- name: index_todo_add :exec
INSERT INTO index_todo (report_id) VALUES (:report_id) ON CONFLICT (report_id) DO NOTHING;

-- name: index_todo_next :many
-- arg: max_rows int
-- scan: stops after so many; those indexed are no longer in it
SELECT report_id FROM index_todo ORDER BY report_id DESC LIMIT :max_rows;

-- The same, for the transaction that indexes them: what another worker is at is left to it, and a report that somebody
-- is changing to the next round, so that many are locked without waiting for one.
-- The newest first: after a new version of the index they are what people look for.
-- name: index_todo_take :many
-- arg: max_rows int
-- scan: stops after so many; those indexed are no longer in it
SELECT t.report_id FROM index_todo t JOIN report r ON r.id = t.report_id
 ORDER BY t.report_id DESC LIMIT :max_rows /*pgsql: FOR UPDATE SKIP LOCKED */;

-- name: index_todo_done :exec
DELETE FROM index_todo WHERE report_id = :report_id;

-- What the search finds a report by: the public text once there is one. Locked, so that words written meanwhile
-- are not taken for indexed.
-- name: report_index_source :one
-- arg: id report_id
SELECT number, title, body, public_title, public_body, is_public, is_open, class, holder_id, agency_id, opd_id, unit_id,
       category_id, region_code, received_at
  FROM report WHERE id = :id
 /*pgsql: FOR UPDATE */;

-- name: report_words_delete :exec
-- arg: report_id report_id
DELETE FROM report_words WHERE rowid = :report_id;

-- name: report_words_insert :exec
-- arg: report_id report_id
-- arg: words text
INSERT INTO report_words (rowid, words) VALUES (:report_id, :words);

-- Many insertions leave the text index of SQLite in segments, and every search opens all of them: after a bulk they are made
-- one. A million reports take two or three seconds. PostgreSQL has nothing to do.
-- name: report_words_tidy :exec
INSERT INTO report_words (/*sqlite: report_words */ /*pgsql: words */)
SELECT /*sqlite: 'optimize' */ /*pgsql: '' WHERE FALSE */;
