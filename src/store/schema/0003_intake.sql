-- What did not come by LAPOR!: registered, verified and handed over by the intake team, then entered as a report.
CREATE TABLE intake_counter (
  year INTEGER PRIMARY KEY,
  last_number INTEGER NOT NULL
) STRICT;

CREATE TABLE intake (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,     -- P-2026-00017
  agency_id INTEGER NOT NULL REFERENCES agency(id),  -- who took it in: the agency, or one of its OPDs
  sop_id INTEGER REFERENCES sop(id),
  sop_step INTEGER,                -- index of the step + 1; NULL: over
  state INTEGER /* enum intake_state */ NOT NULL,
  channel INTEGER /* enum channel */ NOT NULL,
  channel_note TEXT,               -- "E-Pengaduan", the name of the account it was written to
  received_at INTEGER /* instant */ NOT NULL,
  step_since_at INTEGER /* instant */ NOT NULL,
  due_at INTEGER /* instant */,    -- of the step
  version INTEGER NOT NULL,        -- equals the seq of its last event
  name TEXT,
  email TEXT,
  phone TEXT,
  visibility INTEGER /* enum visibility */ NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  region_code TEXT,
  place TEXT,
  answer TEXT,                     -- when it was settled already (E7)
  taken_by INTEGER REFERENCES account(id),
  report_id INTEGER REFERENCES report(id),
  is_open INTEGER /* bool */ NOT NULL
) STRICT;
CREATE INDEX intake_open ON intake(agency_id, due_at, id) WHERE is_open = 1;
CREATE INDEX intake_received ON intake(agency_id, received_at, id);
CREATE UNIQUE INDEX intake_report ON intake(report_id) WHERE report_id IS NOT NULL;

CREATE TABLE intake_event (
  intake_id INTEGER NOT NULL REFERENCES intake(id),
  seq INTEGER NOT NULL,
  at INTEGER /* instant */ NOT NULL,
  task INTEGER /* enum sop_task */,
  action INTEGER /* enum action */,            -- SUBMIT, SETTLE, DISPOSE of the report it became, ARCHIVE when refused
  account_id INTEGER REFERENCES account(id),
  note TEXT,
  was_late INTEGER /* bool */ NOT NULL,        -- the step that it ended
  PRIMARY KEY (intake_id, seq)
) STRICT, WITHOUT ROWID;

ALTER TABLE attachment ADD COLUMN intake_id INTEGER REFERENCES intake(id);
CREATE INDEX attachment_intake ON attachment(intake_id) WHERE intake_id IS NOT NULL;
