-- SPDX-License-Identifier: Apache-2.0
-- Whether the server behind this connection shows what was written lately (web/worker.c). SQLite has no replicas.

-- 0: it is the primary by now; or it hears from the primary and has done all it heard, or nearly.
-- name: replica_behind :one
-- col: is_behind int
SELECT /*sqlite: 0 */ /*pgsql:
       CASE WHEN NOT pg_is_in_recovery() THEN 0
            WHEN NOT EXISTS (SELECT 1 FROM pg_stat_wal_receiver) THEN 1
            WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
            WHEN now() - pg_last_xact_replay_timestamp() < INTERVAL '20 seconds' THEN 0
            ELSE 1 END */ AS is_behind;
