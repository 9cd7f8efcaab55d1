-- Deviations from an accountable SOP, and the minutes of verifications in the field.

-- A missed time, requirement or output: who held it, what they say, what the coordinator says of that.
CREATE TABLE deviation (
  id INTEGER PRIMARY KEY,
  report_id INTEGER NOT NULL REFERENCES report(id),
  sop_id INTEGER NOT NULL REFERENCES sop(id),
  step INTEGER NOT NULL,           -- index of the step + 1
  kind INTEGER /* enum deviation_kind */ NOT NULL,
  what TEXT NOT NULL,              -- the task that is missing; "" for a time
  due_at INTEGER /* instant */,
  noticed_at INTEGER /* instant */ NOT NULL,
  agency_id INTEGER NOT NULL REFERENCES agency(id),    -- the node that held it
  account_id INTEGER REFERENCES account(id),           -- who had taken it; NULL: nobody had
  state INTEGER /* enum deviation_state */ NOT NULL,
  cause TEXT,
  correction TEXT,
  accounted_at INTEGER /* instant */,
  accounted_by INTEGER REFERENCES account(id),
  review TEXT,
  reviewed_at INTEGER /* instant */,
  reviewed_by INTEGER REFERENCES account(id)
) STRICT;
CREATE UNIQUE INDEX deviation_once ON deviation(report_id, sop_id, step, kind, what, noticed_at);
CREATE INDEX deviation_held ON deviation(agency_id, noticed_at, id);
CREATE INDEX deviation_noticed ON deviation(noticed_at, id);

-- Berita acara. people: one line each, "role: name". A text that was approved is never changed.
CREATE TABLE minutes (
  id INTEGER PRIMARY KEY,
  report_id INTEGER NOT NULL REFERENCES report(id),
  opd_id INTEGER NOT NULL REFERENCES agency(id), -- whose head decides
  version INTEGER NOT NULL,
  state INTEGER /* enum minutes_state */ NOT NULL,
  held_on INTEGER /* day */,       -- NULL: not yet said
  place TEXT NOT NULL,
  people TEXT NOT NULL,            -- present, by role
  findings TEXT NOT NULL,
  conclusion TEXT NOT NULL,
  proposed_answer TEXT NOT NULL,
  written_at INTEGER /* instant */ NOT NULL,
  written_by INTEGER NOT NULL REFERENCES account(id),
  decided_at INTEGER /* instant */,
  decided_by INTEGER REFERENCES account(id),
  remark TEXT,                     -- why it was returned
  digest BLOB                      -- over the text, once approved
) STRICT;
CREATE UNIQUE INDEX minutes_report ON minutes(report_id, version);
-- state 2 waits for the head of the OPD.
CREATE INDEX minutes_waiting ON minutes(opd_id, written_at, id) WHERE state = 2;

-- Complaints with oversight (class 1), for those who oversee an agency.
CREATE INDEX report_oversight_open ON report(agency_id, due_at, id) WHERE is_open = 1 AND class = 1;
CREATE INDEX report_oversight_done ON report(agency_id, closed_at, id) WHERE is_open = 0 AND class = 1;

-- Messages to groups go out also where there is no mail.
CREATE INDEX outbox_group ON outbox(next_at, id) WHERE next_at IS NOT NULL AND template = 'group_hook';
