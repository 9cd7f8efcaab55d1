-- SPDX-License-Identifier: Apache-2.0
-- Run on a demo of some thousand reports: its tables get rows where the demo has few, and statistics as of a nation with
-- a million reports. Nothing here is random, so that the planner says the same each time.

-- Five hundred governments.
INSERT INTO agency (parent_id, level, name, short_name, slug, is_active)
SELECT (SELECT min(id) FROM agency), 2, 'Kabupaten ' || n, 'Kab. ' || n, 'kabupaten-' || n, 1 FROM generate_series(1, 500) n;
INSERT INTO agency (parent_id, level, name, short_name, slug, is_active)
SELECT a.id, 3, 'Dinas ' || n, 'Dinas ' || n, 'dinas-' || a.id || '-' || n, 1
  FROM agency a, generate_series(1, 9) n WHERE a.slug LIKE 'kabupaten-%';
INSERT INTO account (login, name, role, agency_id, password_hash, is_active, created_at)
SELECT 'petugas' || id, 'Petugas', 3, id, '', 1, id FROM agency WHERE slug LIKE 'dinas-%';
INSERT INTO account (login, name, role, agency_id, password_hash, is_active, created_at)
SELECT 'warga' || n, 'Warga', 1, NULL, '', 1, n FROM generate_series(1, 1000) n;
INSERT INTO session (token_hash, account_id, csrf, created_at, seen_at, expires_at)
SELECT decode(md5(id || ':' || n), 'hex'), id, '\x00', id, id, id * 60000 FROM account, generate_series(1, 2) n WHERE role = 1;
INSERT INTO admin_event (at, account_id, what, target)
SELECT CAST(n AS BIGINT) * 3600000, (SELECT min(id) FROM account), CASE n % 4 WHEN 0 THEN 'sop installed' ELSE 'account created' END, 'x' || n
  FROM generate_series(1, 2000) n;

INSERT INTO draft (token_hash, fields, report_id, created_at, saved_at, expires_at)
SELECT decode(md5('d' || n), 'hex'), '{}', NULL, n, n, CAST(n AS BIGINT) * 60000 FROM generate_series(1, 1000) n;
INSERT INTO attachment (draft_id, report_id, seq, audience, name, mime, size_bytes, digest, storage_key, created_at)
SELECT NULL, r.id, 1 + n, 1 + n, 'a.png', 'image/png', 1000, '\x00', 'db', r.received_at FROM report r, generate_series(0, 1) n;
INSERT INTO attachment (draft_id, report_id, seq, audience, name, mime, size_bytes, digest, storage_key, created_at)
SELECT id, NULL, NULL, 1, 'a.png', 'image/png', 1000, '\x00', 'db', id FROM draft WHERE id % 4 = 0;
INSERT INTO attachment (audience, name, mime, size_bytes, digest, storage_key, created_at)
SELECT 1, 'a.png', 'image/png', 1000, '\x00', 'db', n FROM generate_series(1, 20) n;
INSERT INTO attachment_data (attachment_id, bytes) SELECT id, '\x00' FROM attachment;

INSERT INTO outbox (report_id, seq, template, recipient, language, idempotency_key, created_at, next_at, sent_at, tries)
SELECT e.report_id, e.seq, CASE e.seq % 9 WHEN 8 THEN 'group_hook' ELSE 'received' END, 'warga@contoh.test', 0,
       'n:' || e.report_id || ':' || e.seq, e.at, CASE WHEN e.report_id % 50 = 0 THEN e.at END,
       CASE WHEN e.report_id % 50 <> 0 THEN e.at END, 1
  FROM event e WHERE e.seq % 3 <> 0;
INSERT INTO index_todo (report_id) SELECT id FROM report WHERE id % 50 = 0 ON CONFLICT (report_id) DO NOTHING;

-- A fifth of what comes does not come by LAPOR!.
INSERT INTO intake (number, agency_id, taken_by, channel, received_at, state, version, is_open, sop_step, step_since_at, due_at,
                    sort_at, closed_at, report_id, kind, visibility, title, body)
SELECT 'N-' || r.id, r.holder_id, (SELECT min(id) FROM account), r.channel, r.received_at, 1 + r.id % 4, 3, r.is_open, 0,
       r.received_at, r.due_at, coalesce(r.due_at, r.received_at), r.closed_at, CASE WHEN r.id % 10 = 0 THEN r.id END, r.kind, r.visibility,
       r.title, r.body
  FROM report r WHERE r.id % 5 = 0
ON CONFLICT DO NOTHING;
INSERT INTO intake_event (intake_id, seq, at, role, to_state, sop_step, minutes, was_late)
SELECT i.id, n, i.received_at + n, 9, n, 0, 0, 0 FROM intake i, generate_series(1, 4) n WHERE i.number LIKE 'N-%';
INSERT INTO attachment (intake_id, audience, name, mime, size_bytes, digest, storage_key, created_at)
SELECT id, 1, 'a.png', 'image/png', 1000, '\x00', 'db', received_at FROM intake WHERE id % 3 = 0;
INSERT INTO intake_recap (agency_id, month, channel, made_at, received, entered, settled, refused, waiting, disposed, late)
SELECT a.id, m, c, m, 1, 1, 1, 1, 1, 1, 1 FROM agency a, generate_series(24300, 24302) m, generate_series(0, 2) c WHERE a.level = 2;

INSERT INTO periodic (agency_id, first_on, last_on, state, version, seq, step_since_at, due_at, next_at, is_open)
SELECT a.id, 15000 + 90 * q, 15089 + 90 * q, 1 + q % 5, 2, 6, q, q, CASE WHEN q = 3 THEN q END, CASE WHEN q = 3 THEN 1 ELSE 0 END
  FROM agency a, generate_series(0, 3) q WHERE a.level = 2;
INSERT INTO periodic_version (periodic_id, version, at, content, digest)
SELECT p.id, v, v, '{}', decode(md5(p.id || ':' || v), 'hex') FROM periodic p, generate_series(1, 2) v;
INSERT INTO periodic_event (periodic_id, seq, at, what, role, to_state, version, was_late, hash)
SELECT p.id, s, s, 'open', 9, 1, 1, 0, '\x00' FROM periodic p, generate_series(1, 6) s;

INSERT INTO deviation (report_id, sop_id, step, kind, what, noticed_at, agency_id, state)
SELECT r.id, (SELECT min(id) FROM sop), 1 + r.id % 9, 1, '', r.received_at, r.holder_id,
       CASE WHEN r.id % 60 = 0 THEN 1 + r.id / 60 % 2 ELSE 3 END
  FROM report r WHERE r.id % 3 = 0
ON CONFLICT (report_id, sop_id, step, kind, what, noticed_at) DO NOTHING;
INSERT INTO minutes (report_id, opd_id, version, state, place, people, findings, conclusion, proposed_answer, written_at, written_by)
SELECT r.id, r.opd_id, 1, 1 + r.id % 4, '', '', '', '', '', r.received_at, (ARRAY(SELECT id FROM account ORDER BY id))[1 + r.id % 5000]
  FROM report r WHERE r.id % 4 = 0 AND r.opd_id IS NOT NULL
ON CONFLICT (report_id, version) DO NOTHING;
INSERT INTO ombudsman_case (report_id, state, asked_at, agency_id, remind_at)
SELECT r.id, 1 + r.id % 5, r.received_at, r.agency_id, CASE WHEN r.id % 100 = 0 THEN r.received_at END FROM report r WHERE r.id % 20 = 0
ON CONFLICT (report_id) DO NOTHING;
INSERT INTO archive (year, word, reports, rows, digest) SELECT 2010 + n, 'w', 300, 3000, '\x00' FROM generate_series(1, 10) n;
INSERT INTO archived (report_id, year, number, code, source_ref, account_id, is_public)
SELECT 1000000 + n, 2011 + n % 10, 'A-' || n, 'C' || n, CASE WHEN n % 3 = 0 THEN 'lapor:a' || n END,
       CASE WHEN n % 5 = 0 THEN (SELECT min(id) FROM account WHERE role = 1) + n % 500 END, n % 2
  FROM generate_series(1, 3000) n;
INSERT INTO archive_figure (year, on_day, figure, dimension, n)
SELECT 2011 + d % 10, 15000 + d, f, x, 1
  FROM generate_series(1, 100) d, generate_series(0, 9) x, (VALUES ('received'), ('closed')) v (f);
INSERT INTO loose_file (storage_key, due_at, tries) SELECT md5(CAST(n AS TEXT)), CAST(n AS BIGINT) * 60000, n % 3 FROM generate_series(1, 1000) n;
INSERT INTO allowance (who, full_at) SELECT n, CAST(n AS BIGINT) * 60000 FROM generate_series(1, 2000) n;

-- Every row is looked at, not a sample. What has many values has more of them where there are more rows.
SET default_statistics_target = 1000;
ANALYZE;
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT tablename, attname, n_distinct / reltuples AS share
             FROM pg_stats JOIN pg_class ON oid = CAST(tablename AS regclass)
            WHERE schemaname = 'public' AND n_distinct > 1000 AND tablename <> 'region'
  LOOP
    EXECUTE format('ALTER TABLE %I ALTER COLUMN %I SET (n_distinct = -%s)', r.tablename, r.attname, r.share);
    EXECUTE format('ANALYZE %I (%I)', r.tablename, r.attname);
  END LOOP;
END $$;
-- The planner takes a table for as many rows a page as this says. What does not grow keeps its size.
UPDATE pg_class c SET reltuples = c.reltuples * 1000000 / (SELECT count(*) FROM report)
 WHERE c.reltuples > 0
   AND coalesce((SELECT i.indrelid FROM pg_index i WHERE i.indexrelid = c.oid), c.oid) IN (
       SELECT t.oid FROM pg_class t
        WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r'
          AND t.relname NOT IN ('schema_version', 'setting', 'region', 'agency', 'category', 'holiday', 'sop', 'sop_use',
                                'ticket_counter', 'intake_counter', 'queue_count', 'archive'));
