-- Yearly archives: databases of their own that hold the reports of a year that are over (docs/decisions/0016). Here stays
-- what is needed to find them, and what they counted for.

CREATE TABLE archive (
  year INTEGER PRIMARY KEY,
  word TEXT NOT NULL,              -- stands in the archive, too (setting "archive"): this one and no other
  reports INTEGER NOT NULL,        -- that left for it
  rows INTEGER NOT NULL,           -- with all that belongs to them
  digest BLOB NOT NULL,            -- over the rows, batch after batch, as they left
  moved_at INTEGER /* instant */   -- the last time; NULL: none left yet
) STRICT;

-- A report that left. Its id, number and code are not given out again.
CREATE TABLE archived (
  report_id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL,
  number TEXT NOT NULL UNIQUE,
  code TEXT NOT NULL UNIQUE,
  source_ref TEXT,
  account_id INTEGER REFERENCES account(id), -- whose it is, of those who have an account
  is_public INTEGER /* bool */ NOT NULL      -- may it be said by number that it is there?
) STRICT;
CREATE UNIQUE INDEX archived_source ON archived(source_ref) WHERE source_ref IS NOT NULL;
CREATE INDEX archived_account ON archived(account_id, report_id) WHERE account_id IS NOT NULL;
CREATE INDEX archived_year ON archived(year);

-- What they counted for in day_figure and sop_figure ("step done", "step late", "step minutes": dimension is the SOP's id
-- times 1000 and the step), and intakes by the year of their number: stored figures = a recount of what is here + these.
CREATE TABLE archive_figure (
  year INTEGER NOT NULL,
  on_day INTEGER /* day */ NOT NULL,
  figure TEXT NOT NULL,
  dimension INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (year, on_day, figure, dimension)
) STRICT, WITHOUT ROWID;

-- What refers to a report, for its leaving.
CREATE INDEX outbox_report ON outbox(report_id) WHERE report_id IS NOT NULL;
CREATE INDEX draft_report ON draft(report_id) WHERE report_id IS NOT NULL;

-- Events go with a report that left, and only then.
/*sqlite:
DROP TRIGGER event_no_delete;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
WHEN NOT EXISTS (SELECT 1 FROM archived WHERE report_id = OLD.report_id)
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
DROP TRIGGER intake_event_no_delete;
CREATE TRIGGER intake_event_no_delete BEFORE DELETE ON intake_event
WHEN NOT EXISTS (SELECT 1 FROM archived a JOIN intake i ON i.report_id = a.report_id WHERE i.id = OLD.intake_id)
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
*/
/*pgsql:
CREATE FUNCTION event_goes_with_report() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM archived WHERE report_id = OLD.report_id) THEN
    RAISE EXCEPTION 'events are append-only';
  END IF;
  RETURN OLD;
END $$;
CREATE FUNCTION intake_event_goes_with_report() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM archived a JOIN intake i ON i.report_id = a.report_id WHERE i.id = OLD.intake_id) THEN
    RAISE EXCEPTION 'events are append-only';
  END IF;
  RETURN OLD;
END $$;
DROP TRIGGER event_no_change ON event;
CREATE TRIGGER event_no_change BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION event_append_only();
CREATE TRIGGER event_no_delete BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_goes_with_report();
DROP TRIGGER intake_event_no_change ON intake_event;
CREATE TRIGGER intake_event_no_change BEFORE UPDATE ON intake_event FOR EACH ROW EXECUTE FUNCTION event_append_only();
CREATE TRIGGER intake_event_no_delete BEFORE DELETE ON intake_event FOR EACH ROW EXECUTE FUNCTION intake_event_goes_with_report();
*/
