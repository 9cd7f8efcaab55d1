-- SOPs: versions as they were signed, which agency uses which from when to when, where each report is in its own.

-- One row per text that was ever installed; never changed, so a running report keeps what it began with.
CREATE TABLE sop (
  id INTEGER PRIMARY KEY,
  word TEXT NOT NULL,              -- "tjt-20"
  version INTEGER NOT NULL,        -- counts from 1 within the word
  covers INTEGER /* enum sop_covers */ NOT NULL,
  digest BLOB NOT NULL,            -- of the text
  source TEXT NOT NULL,            -- the file (docs/sop-format.md)
  installed_at INTEGER /* instant */ NOT NULL,
  installed_by INTEGER REFERENCES account(id),
  UNIQUE (word, version)
) STRICT;
CREATE UNIQUE INDEX sop_text ON sop(word, digest);

-- Which agency (level instansi) works by which version, on days from valid_from until before valid_until.
CREATE TABLE sop_use (
  agency_id INTEGER NOT NULL REFERENCES agency(id),
  sop_id INTEGER NOT NULL REFERENCES sop(id),
  valid_from INTEGER /* day */ NOT NULL,
  valid_until INTEGER /* day */,   -- NULL: until further notice
  PRIMARY KEY (agency_id, sop_id, valid_from)
) STRICT, WITHOUT ROWID;

-- What was installed and retired, agency by agency.
CREATE INDEX admin_event_what ON admin_event(what, target);

-- Projections of the events like the columns before them (core/project.h).
ALTER TABLE report ADD COLUMN sop_id INTEGER REFERENCES sop(id);
ALTER TABLE report ADD COLUMN sop_step INTEGER;              -- index of the step + 1; NULL: at none
ALTER TABLE report ADD COLUMN step_since_at INTEGER /* instant */;
ALTER TABLE report ADD COLUMN is_arbitrated INTEGER /* bool */ NOT NULL DEFAULT 0;

-- The group that an agency's liaison officers read: an address of e-mail or of a web hook; NULL: none.
ALTER TABLE agency ADD COLUMN group_channel TEXT;

-- Several steps' clocks may begin with one event, so the rule belongs to the key.
/*sqlite:
CREATE TABLE clock_keyed (
  report_id INTEGER NOT NULL REFERENCES report(id),
  seq INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  limit_n INTEGER NOT NULL,
  limit_unit INTEGER NOT NULL,
  rule TEXT NOT NULL,
  calendar TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  paused_at INTEGER,
  paused_wd INTEGER NOT NULL DEFAULT 0,
  warned INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER,
  ended_at INTEGER,
  was_missed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (report_id, seq, kind, rule)
) STRICT, WITHOUT ROWID;
INSERT INTO clock_keyed SELECT * FROM clock;
DROP TABLE clock;
ALTER TABLE clock_keyed RENAME TO clock;
CREATE INDEX clock_next ON clock(next_at, report_id, kind) WHERE next_at IS NOT NULL;
*/
/*pgsql:
ALTER TABLE clock DROP CONSTRAINT clock_pkey;
ALTER TABLE clock ADD PRIMARY KEY (report_id, seq, kind, rule);
*/

-- How the steps went, by the day they ended; kept with the event that ended them, recounted by lapor check.
CREATE TABLE sop_figure (
  sop_id INTEGER NOT NULL REFERENCES sop(id),
  step INTEGER NOT NULL,           -- index of the step + 1
  on_day INTEGER /* day */ NOT NULL,
  done INTEGER NOT NULL,
  late INTEGER NOT NULL,
  minutes INTEGER NOT NULL,        -- of office time from start to end, pauses taken out, of all of them together
  PRIMARY KEY (sop_id, step, on_day)
) STRICT, WITHOUT ROWID;
