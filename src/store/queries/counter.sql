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
INSERT INTO queue_count (agency_id, queue, n) VALUES (:agency_id, :queue, :delta)
ON CONFLICT (agency_id, queue) DO UPDATE SET n = queue_count.n + excluded.n;

-- name: day_figure_add :exec
-- arg: delta int
INSERT INTO day_figure (on_day, figure, dimension, n) VALUES (:on_day, :figure, :dimension, :delta)
ON CONFLICT (on_day, figure, dimension) DO UPDATE SET n = day_figure.n + excluded.n;
