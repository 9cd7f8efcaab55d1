-- SPDX-License-Identifier: Apache-2.0
-- Files of reports.

-- name: attachment_insert :one
INSERT INTO attachment (draft_id, audience, name, mime, size_bytes, width, height, digest, storage_key, created_at)
VALUES (:draft_id, :audience, :name, :mime, :size_bytes, :width, :height, :digest, :storage_key, :created_at)
RETURNING id;

-- name: attachment_data_insert :exec
INSERT INTO attachment_data (attachment_id, bytes) VALUES (:attachment_id, :bytes);

-- name: attachment_data_read :one
SELECT bytes FROM attachment_data WHERE attachment_id = :attachment_id;

-- name: attachment_data_delete :exec
DELETE FROM attachment_data WHERE attachment_id = :attachment_id;

-- name: attachment_read :one
-- arg: id attachment_id
SELECT name, mime, size_bytes, digest, storage_key FROM attachment WHERE id = :id;

-- name: attachment_of_draft :many
SELECT id, name, mime, size_bytes, width, height, storage_key FROM attachment WHERE draft_id = :draft_id ORDER BY id;

-- name: attachment_of_report :many
-- ahead:
SELECT id, seq, audience, name, mime, size_bytes, width, height FROM attachment WHERE report_id = :report_id ORDER BY id;

-- name: attachment_draft_to_report :exec
UPDATE attachment SET report_id = :report_id, seq = :seq, draft_id = NULL WHERE draft_id = :draft_id;

-- Only a file that belongs to no report yet can be taken.
-- name: attachment_to_report :exec
-- arg: id attachment_id
UPDATE attachment SET report_id = :report_id, seq = :seq, audience = :audience, draft_id = NULL
 WHERE id = :id AND report_id IS NULL;

-- Out of the draft: belongs to nothing any more and is removed, with its file, by the cleaner.
-- name: attachment_drop :exec
-- arg: id attachment_id
UPDATE attachment SET draft_id = NULL WHERE id = :id AND draft_id = :draft_id;

-- name: attachment_drop_all :exec
UPDATE attachment SET draft_id = NULL WHERE draft_id = :draft_id;

-- name: attachment_delete :exec
-- arg: id attachment_id
DELETE FROM attachment WHERE id = :id AND report_id IS NULL AND intake_id IS NULL;

-- Stored for a report that never came.
-- name: attachment_loose :many
-- arg: before_at instant
-- arg: max_rows int
SELECT id, storage_key FROM attachment
 WHERE draft_id IS NULL AND report_id IS NULL AND intake_id IS NULL AND created_at < :before_at
 ORDER BY created_at
 LIMIT :max_rows;

-- Its bytes lie elsewhere from now on.
-- name: attachment_move :exec
-- arg: id attachment_id
-- arg: from_key text
-- arg: to_key text
UPDATE attachment SET storage_key = :to_key WHERE id = :id AND storage_key = :from_key;

-- A file outside the database that is on its way to an attachment, or that has lost its own.
-- name: attachment_loose_file_insert :exec
INSERT INTO loose_file (storage_key, due_at, tries) VALUES (:storage_key, :due_at, 0);

-- Only one that nobody has begun to remove.
-- name: attachment_loose_file_take :exec
DELETE FROM loose_file WHERE storage_key = :storage_key AND tries = 0;

-- name: attachment_loose_file_due :many
-- arg: now instant
-- arg: max_rows int
SELECT storage_key, tries FROM loose_file WHERE due_at <= :now ORDER BY due_at LIMIT :max_rows;

-- From now on it is being removed; by this one only.
-- name: attachment_loose_file_claim :exec
-- arg: now instant
-- arg: next_at instant
UPDATE loose_file SET due_at = :next_at, tries = tries + 1 WHERE storage_key = :storage_key AND due_at <= :now;

-- name: attachment_loose_file_delete :exec
DELETE FROM loose_file WHERE storage_key = :storage_key;
