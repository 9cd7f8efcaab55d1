-- What is asked for ahead is known again by numbers.
-- name: report_by_code :one
-- ahead:
SELECT id FROM report WHERE code = :code;
