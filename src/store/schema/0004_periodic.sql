-- Periodic reports: figures of a period, frozen in versions, and their way up to the regent.
CREATE TABLE periodic (
  id INTEGER PRIMARY KEY,
  agency_id INTEGER NOT NULL REFERENCES agency(id),
  sop_id INTEGER REFERENCES sop(id),
  sop_step INTEGER,                -- index of the step + 1; NULL: over
  first_on INTEGER /* day */ NOT NULL,
  last_on INTEGER /* day */ NOT NULL,
  state INTEGER /* enum periodic_state */ NOT NULL,
  version INTEGER NOT NULL,        -- of its text: the newest of periodic_version
  seq INTEGER NOT NULL,            -- of its last event
  step_since_at INTEGER /* instant */ NOT NULL,
  due_at INTEGER /* instant */,
  is_open INTEGER /* bool */ NOT NULL
) STRICT;
CREATE UNIQUE INDEX periodic_of ON periodic(agency_id, first_on, last_on);

-- Append-only. content is the JSON that the page is made from; digest binds it and the figures for good.
CREATE TABLE periodic_version (
  periodic_id INTEGER NOT NULL REFERENCES periodic(id),
  version INTEGER NOT NULL,
  at INTEGER /* instant */ NOT NULL,
  account_id INTEGER REFERENCES account(id),
  content TEXT NOT NULL,
  digest BLOB NOT NULL,
  PRIMARY KEY (periodic_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE periodic_event (
  periodic_id INTEGER NOT NULL REFERENCES periodic(id),
  seq INTEGER NOT NULL,
  at INTEGER /* instant */ NOT NULL,
  task INTEGER /* enum sop_task */ NOT NULL,
  role INTEGER /* enum role */ NOT NULL,
  account_id INTEGER REFERENCES account(id),
  version INTEGER NOT NULL,        -- of the text it was done to
  was_late INTEGER /* bool */ NOT NULL,
  note TEXT,
  hash BLOB NOT NULL,              -- over the one before and this
  PRIMARY KEY (periodic_id, seq)
) STRICT, WITHOUT ROWID;

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
