-- What did not come by LAPOR!: registered, verified and handed over by the intake team, then entered as a report.
CREATE TABLE intake_counter (
  year INTEGER PRIMARY KEY,
  last_number INTEGER NOT NULL
) STRICT;

CREATE TABLE intake (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,     -- P-2026-00017
  idempotency_key TEXT UNIQUE,
  agency_id INTEGER NOT NULL REFERENCES agency(id),  -- who took it in: the agency, or one of its OPDs
  taken_by INTEGER NOT NULL REFERENCES account(id),
  channel INTEGER /* enum channel */ NOT NULL,
  channel_note TEXT,               -- "E-Pengaduan", the account it was written to, the number of the letter
  received_at INTEGER /* instant */ NOT NULL,        -- when it reached the team, which may be before it was registered

  state INTEGER /* enum intake_state */ NOT NULL,
  version INTEGER NOT NULL,        -- equals the seq of its last event
  is_open INTEGER /* bool */ NOT NULL,
  sop_id INTEGER REFERENCES sop(id),
  sop_step INTEGER NOT NULL,       -- index of the step + 1; 0: at none
  step_since_at INTEGER /* instant */ NOT NULL,      -- without an SOP: since it is in this state
  due_at INTEGER /* instant */,    -- of the step; NULL: it has no time
  sort_at INTEGER /* instant */ NOT NULL,            -- due_at, or what it waits since: the order of the list
  closed_at INTEGER /* instant */,
  report_id INTEGER REFERENCES report(id),

  -- Name and contact are here until it is entered; then they are the report's (reporter).
  name TEXT,
  email TEXT,
  phone TEXT,
  kind INTEGER /* enum kind */ NOT NULL,
  visibility INTEGER /* enum visibility */ NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  happened_on INTEGER /* day */,
  region_code TEXT,
  place TEXT,
  category_id INTEGER REFERENCES category(id),
  answer TEXT                      -- when it was settled before it was entered (E7)
) STRICT;
CREATE INDEX intake_open ON intake(agency_id, sort_at, id) WHERE is_open = 1;
CREATE INDEX intake_done ON intake(agency_id, closed_at, id) WHERE is_open = 0;
CREATE INDEX intake_received ON intake(agency_id, received_at, id);
CREATE UNIQUE INDEX intake_report ON intake(report_id) WHERE report_id IS NOT NULL;

-- What happened to it, append-only. A task of the SOP, or an action on the report that it became (or ARCHIVE: refused).
CREATE TABLE intake_event (
  intake_id INTEGER NOT NULL REFERENCES intake(id),
  seq INTEGER NOT NULL,
  at INTEGER /* instant */ NOT NULL,
  task INTEGER /* enum sop_task */,
  action INTEGER /* enum action */,
  role INTEGER /* enum role */ NOT NULL,
  account_id INTEGER REFERENCES account(id),
  to_state INTEGER /* enum intake_state */ NOT NULL,
  reason TEXT,
  note TEXT,
  sop_step INTEGER NOT NULL,       -- the step that was done with it, index + 1; 0: none
  minutes INTEGER NOT NULL,        -- of office time that step took
  was_late INTEGER /* bool */ NOT NULL,
  PRIMARY KEY (intake_id, seq)
) STRICT, WITHOUT ROWID;
/*sqlite:
CREATE TRIGGER intake_event_no_update BEFORE UPDATE ON intake_event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER intake_event_no_delete BEFORE DELETE ON intake_event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
*/
/*pgsql:
CREATE TRIGGER intake_event_no_change BEFORE UPDATE OR DELETE ON intake_event FOR EACH ROW EXECUTE FUNCTION event_append_only();
*/

-- The monthly recapitulation as it was recorded (SOP tjt-25#6): one row a channel, and one with channel 0 for all.
CREATE TABLE intake_recap (
  agency_id INTEGER NOT NULL REFERENCES agency(id),
  month INTEGER NOT NULL,          -- year * 12 + month - 1
  channel INTEGER NOT NULL,        -- enum channel; 0: all
  made_at INTEGER /* instant */ NOT NULL,
  made_by INTEGER REFERENCES account(id),
  received INTEGER NOT NULL,
  entered INTEGER NOT NULL,        -- as a report
  settled INTEGER NOT NULL,        -- of those: with its answer
  refused INTEGER NOT NULL,
  waiting INTEGER NOT NULL,        -- not entered yet
  disposed INTEGER NOT NULL,       -- came back with a disposition
  late INTEGER NOT NULL,           -- with a step past its time
  PRIMARY KEY (agency_id, month, channel)
) STRICT, WITHOUT ROWID;

ALTER TABLE attachment ADD COLUMN intake_id INTEGER REFERENCES intake(id);
CREATE INDEX attachment_intake ON attachment(intake_id) WHERE intake_id IS NOT NULL;

-- A message about an intake names it instead of a report.
ALTER TABLE outbox ADD COLUMN intake_id INTEGER REFERENCES intake(id);
CREATE INDEX outbox_intake ON outbox(intake_id) WHERE intake_id IS NOT NULL;
