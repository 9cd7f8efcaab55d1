-- pgbench: one durable row of a report's size. insert_init.sql makes its table.
\set at random(1, 1000000000)
INSERT INTO limit_report (number, code, reporter_id, received_at, state, queue, is_open, needs_action, holder_id, agency_id, opd_id, due_at,
  changed_at, title, body)
VALUES (gen_random_uuid(), gen_random_uuid(), :at, :at, 1, 1, 1, 1, 1, NULL, NULL, :at, :at, 'Lampu jalan mati di tiang nomor ' || :at,
  repeat('Lampu di tiang padam sejak kemarin malam, warga takut lewat. ', 9));
