-- Periodic reports: figures of a period, frozen in versions, and their way up to the regent.
CREATE TABLE periodic (
  id INTEGER PRIMARY KEY,
  agency_id INTEGER NOT NULL REFERENCES agency(id),
  sop_id INTEGER REFERENCES sop(id),       -- NULL: the way of tjt-24 as it is built in
  sop_step INTEGER,                -- index of the step + 1; NULL: over, or no SOP
  first_on INTEGER /* day */ NOT NULL,
  last_on INTEGER /* day */ NOT NULL,
  -- The columns from state on are a projection of the events; lapor check proves it.
  state INTEGER /* enum periodic_state */ NOT NULL,
  version INTEGER NOT NULL,        -- of its text: the newest of periodic_version; 0: none yet
  seq INTEGER NOT NULL,            -- of its last event
  step_since_at INTEGER /* instant */ NOT NULL,
  due_at INTEGER /* instant */,
  next_at INTEGER /* instant */,   -- when the job runner looks at it; NULL: it was reminded, or has no time
  is_open INTEGER /* bool */ NOT NULL
) STRICT;
CREATE UNIQUE INDEX periodic_of ON periodic(agency_id, first_on, last_on);
CREATE INDEX periodic_next ON periodic(next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX periodic_open ON periodic(id) WHERE is_open = 1;

-- Append-only. content is the canonical JSON that the page is made from; digest binds the figures and words for good.
CREATE TABLE periodic_version (
  periodic_id INTEGER NOT NULL REFERENCES periodic(id),
  version INTEGER NOT NULL,
  at INTEGER /* instant */ NOT NULL,
  account_id INTEGER REFERENCES account(id),
  content TEXT NOT NULL,
  digest BLOB NOT NULL,
  PRIMARY KEY (periodic_id, version)
) STRICT, WITHOUT ROWID;
-- For those who hold the paper.
CREATE INDEX periodic_digest ON periodic_version(digest);

CREATE TABLE periodic_event (
  periodic_id INTEGER NOT NULL REFERENCES periodic(id),
  seq INTEGER NOT NULL,
  at INTEGER /* instant */ NOT NULL,
  what TEXT NOT NULL,              -- a task of core/sop.def, "open" or "remind"
  role INTEGER /* enum role */ NOT NULL,
  account_id INTEGER REFERENCES account(id),
  to_state INTEGER /* enum periodic_state */ NOT NULL,
  version INTEGER NOT NULL,        -- of the text it was done to, or made
  was_late INTEGER /* bool */ NOT NULL,
  number TEXT,                     -- of the covering letter
  note TEXT,
  hash BLOB NOT NULL,              -- over the one before, the digest of the text and this
  PRIMARY KEY (periodic_id, seq)
) STRICT, WITHOUT ROWID;

-- What the figures are counted from: who got what in a span of time, who sent what back, what was flagged.
CREATE INDEX report_agency_received ON report(agency_id, received_at, id);
CREATE INDEX event_returned ON event(agency_id, at) WHERE action = 5;
CREATE INDEX event_escalated ON event(at) WHERE action = 19;

-- Messages about something that is no report: what is named instead of its number, and where the link leads.
ALTER TABLE outbox ADD COLUMN about TEXT;
ALTER TABLE outbox ADD COLUMN path TEXT;

/*sqlite:
CREATE TRIGGER periodic_event_no_update BEFORE UPDATE ON periodic_event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER periodic_event_no_delete BEFORE DELETE ON periodic_event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER periodic_version_no_update BEFORE UPDATE ON periodic_version BEGIN SELECT RAISE(ABORT, 'versions are append-only'); END;
CREATE TRIGGER periodic_version_no_delete BEFORE DELETE ON periodic_version BEGIN SELECT RAISE(ABORT, 'versions are append-only'); END;
*/
/*pgsql:
CREATE TRIGGER periodic_event_no_change BEFORE UPDATE OR DELETE ON periodic_event FOR EACH ROW EXECUTE FUNCTION event_append_only();
CREATE TRIGGER periodic_version_no_change BEFORE UPDATE OR DELETE ON periodic_version FOR EACH ROW EXECUTE FUNCTION event_append_only();
*/
