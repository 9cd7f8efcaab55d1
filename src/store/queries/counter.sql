-- SPDX-License-Identifier: Apache-2.0
-- Counters that change in the transaction of what they count.

-- name: ticket_next :one
INSERT INTO ticket_counter (year, last_number) VALUES (:year, 1)
ON CONFLICT (year) DO UPDATE SET last_number = ticket_counter.last_number + 1
RETURNING last_number;

-- name: ticket_set :exec
UPDATE ticket_counter SET last_number = :last_number WHERE year = :year;

-- name: queue_count_add :exec
-- arg: delta int
-- sum: delta
INSERT INTO queue_count (agency_id, queue, n) VALUES (:agency_id, :queue, :delta)
ON CONFLICT (agency_id, queue) DO UPDATE SET n = queue_count.n + excluded.n;

-- name: sop_figure_add :exec
-- arg: done int
-- arg: late int
-- arg: minutes int
-- sum: done late minutes
INSERT INTO sop_figure (sop_id, step, on_day, done, late, minutes) VALUES (:sop_id, :step, :on_day, :done, :late, :minutes)
ON CONFLICT (sop_id, step, on_day) DO UPDATE
   SET done = sop_figure.done + excluded.done, late = sop_figure.late + excluded.late,
       minutes = sop_figure.minutes + excluded.minutes;

-- name: day_figure_add :exec
-- arg: delta int
-- sum: delta
INSERT INTO day_figure (on_day, figure, dimension, n) VALUES (:on_day, :figure, :dimension, :delta)
ON CONFLICT (on_day, figure, dimension) DO UPDATE SET n = day_figure.n + excluded.n;
