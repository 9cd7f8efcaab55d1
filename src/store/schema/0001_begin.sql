-- The first schema. One text for both engines: the query generator turns INTEGER into BIGINT,
-- BLOB into BYTEA, an INTEGER PRIMARY KEY into an identity column and drops STRICT and WITHOUT ROWID
-- for PostgreSQL. What truly differs stands in /*sqlite: ... */ and /*pgsql: ... */.
-- A comment right after a column's type names its C type: /* instant */ (ms since 1970 UTC),
-- /* day */ (days since 1970), /* bool */ (0, 1), /* enum x */. A column that references a table's id has that
-- table's id type. NULL ids, instants and enums are read as 0, NULL text as NULL.
-- Timestamps end in _at, days in _on, durations carry their unit (_ms, _wd).

-- One row per applied migration (store/migrate.c).
CREATE TABLE schema_version (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Administrative regions (Kepmendagri codes: 35, 35.20, 35.20.01, 35.20.01.2001).
CREATE TABLE region (
  code TEXT PRIMARY KEY,
  parent_code TEXT,
  name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX region_parent ON region(parent_code, name);

-- The tree of those who answer: national, agencies (instansi), OPDs, work units.
CREATE TABLE agency (
  id INTEGER PRIMARY KEY,
  parent_id INTEGER REFERENCES agency(id),
  level INTEGER /* enum level */ NOT NULL,
  name TEXT NOT NULL,
  short_name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  region_code TEXT,
  sp4n_id TEXT,
  email TEXT,
  is_active INTEGER /* bool */ NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX agency_parent ON agency(parent_id, name);
CREATE INDEX agency_level ON agency(level, name);
CREATE UNIQUE INDEX agency_sp4n ON agency(sp4n_id);

CREATE TABLE category (
  id INTEGER PRIMARY KEY,
  parent_id INTEGER REFERENCES category(id),
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  sp4n_id TEXT,
  is_active INTEGER /* bool */ NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX category_parent ON category(parent_id, name);
CREATE INDEX category_sp4n ON category(sp4n_id);

-- scope '' is the whole nation, else a region code. kind: 1 libur nasional, 2 cuti bersama, 3 regional.
CREATE TABLE holiday (
  on_day INTEGER /* day */ NOT NULL,
  scope TEXT NOT NULL,
  kind INTEGER NOT NULL,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (on_day, scope)
) STRICT, WITHOUT ROWID;

-- People who sign in: officers, and citizens who want an account (role 1).
CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  email TEXT,
  role INTEGER /* enum role */ NOT NULL,
  agency_id INTEGER REFERENCES agency(id),
  password_hash TEXT NOT NULL,
  is_active INTEGER /* bool */ NOT NULL DEFAULT 1,
  failed_logins INTEGER NOT NULL DEFAULT 0,
  locked_until_at INTEGER /* instant */,
  created_at INTEGER /* instant */ NOT NULL
) STRICT;
CREATE INDEX account_agency ON account(agency_id, role);

-- Sessions are revocable rows; the cookie holds a secret, the row its hash.
CREATE TABLE session (
  token_hash BLOB PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account(id),
  csrf BLOB NOT NULL,
  created_at INTEGER /* instant */ NOT NULL,
  seen_at INTEGER /* instant */ NOT NULL,
  expires_at INTEGER /* instant */ NOT NULL,
  revoked_at INTEGER /* instant */
) STRICT, WITHOUT ROWID;
CREATE INDEX session_account ON session(account_id);
CREATE INDEX session_expiry ON session(expires_at);

-- What admins and operators changed: accounts, agencies, holidays. Append-only like event.
CREATE TABLE admin_event (
  id INTEGER PRIMARY KEY,
  at INTEGER /* instant */ NOT NULL,
  account_id INTEGER REFERENCES account(id),
  what TEXT NOT NULL,    -- "account created", "holiday removed", ...
  target TEXT NOT NULL   -- the login, the agency's slug, the day and scope
) STRICT;
CREATE INDEX admin_event_at ON admin_event(at, id);

-- Who wrote a report. One row a report; contact data lives here only.
CREATE TABLE reporter (
  id INTEGER PRIMARY KEY,
  account_id INTEGER REFERENCES account(id),
  name TEXT,
  email TEXT,
  phone TEXT,
  language INTEGER NOT NULL DEFAULT 0        -- enum lang, for messages
) STRICT;
CREATE INDEX reporter_account ON reporter(account_id) WHERE account_id IS NOT NULL;

-- Numbers for people: 2026-004187, counted by year.
CREATE TABLE ticket_counter (
  year INTEGER PRIMARY KEY,
  last_number INTEGER NOT NULL
) STRICT;

-- The columns from state on are a projection of the events; lapor check proves it.
CREATE TABLE report (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  code TEXT NOT NULL UNIQUE,
  source_ref TEXT,                 -- "lapor:9197446" for imported reports
  idempotency_key TEXT,
  kind INTEGER /* enum kind */ NOT NULL,
  channel INTEGER /* enum channel */ NOT NULL,
  reporter_id INTEGER NOT NULL REFERENCES reporter(id),
  asked_visibility INTEGER /* enum visibility */ NOT NULL,
  asked_agency_id INTEGER REFERENCES agency(id),
  happened_on INTEGER /* day */,
  region_code TEXT,
  place TEXT,
  received_at INTEGER /* instant */ NOT NULL,
  ruleset TEXT NOT NULL,           -- id of the dated rule set in force when it was received

  state INTEGER /* enum state */ NOT NULL,
  resume_state INTEGER /* enum state */,   -- where PENDING goes back to
  version INTEGER NOT NULL,        -- equals the seq of its last event
  queue INTEGER /* enum queue */ NOT NULL,
  is_open INTEGER /* bool */ NOT NULL,
  needs_action INTEGER /* bool */ NOT NULL, -- an officer of the holder has to do something
  holder_id INTEGER NOT NULL REFERENCES agency(id),
  agency_id INTEGER REFERENCES agency(id),  -- level instansi, once dispositioned
  opd_id INTEGER REFERENCES agency(id),
  unit_id INTEGER REFERENCES agency(id),
  taken_by INTEGER REFERENCES account(id),
  class INTEGER /* enum class_ */,
  category_id INTEGER REFERENCES category(id),
  visibility INTEGER /* enum visibility */ NOT NULL,
  is_public INTEGER /* bool */ NOT NULL,   -- verified, not secret, not blocked
  is_blocked INTEGER /* bool */ NOT NULL,
  is_escalated INTEGER /* bool */ NOT NULL,
  transfers INTEGER NOT NULL,      -- how often it changed agency: ping-pong
  closer INTEGER /* enum closer */,
  rating INTEGER,
  held_since_at INTEGER /* instant */ NOT NULL,
  due_at INTEGER /* instant */,    -- the earliest running clock of the holder, for inboxes
  verified_at INTEGER /* instant */,
  disposed_at INTEGER /* instant */,
  first_follow_up_at INTEGER /* instant */,
  answered_at INTEGER /* instant */,
  closed_at INTEGER /* instant */,
  changed_at INTEGER /* instant */ NOT NULL,

  title TEXT NOT NULL,             -- as the citizen wrote it; never changed
  public_title TEXT,               -- as verified; NULL until then
  body TEXT NOT NULL,
  public_body TEXT
) STRICT;
CREATE UNIQUE INDEX report_source ON report(source_ref) WHERE source_ref IS NOT NULL;
CREATE UNIQUE INDEX report_idempotency ON report(idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX report_reporter ON report(reporter_id);
-- Inboxes: partial indexes on the open reports only, so closed ones cost nothing.
CREATE INDEX report_inbox ON report(holder_id, needs_action, due_at, id) WHERE is_open = 1;
CREATE INDEX report_queue ON report(holder_id, queue, due_at, id) WHERE is_open = 1;
CREATE INDEX report_agency_open ON report(agency_id, due_at, id) WHERE is_open = 1;
CREATE INDEX report_opd_open ON report(opd_id, due_at, id) WHERE is_open = 1;
CREATE INDEX report_open ON report(due_at, id) WHERE is_open = 1;
-- Archives of finished reports, newest first.
CREATE INDEX report_agency_done ON report(agency_id, closed_at, id) WHERE is_open = 0;
CREATE INDEX report_opd_done ON report(opd_id, closed_at, id) WHERE is_open = 0;
CREATE INDEX report_done ON report(closed_at, id) WHERE is_open = 0;
-- The public list, newest first, by one filter each.
CREATE INDEX report_public ON report(received_at, id) WHERE is_public = 1;
CREATE INDEX report_public_category ON report(category_id, received_at, id) WHERE is_public = 1;
CREATE INDEX report_public_opd ON report(opd_id, received_at, id) WHERE is_public = 1;
CREATE INDEX report_public_region ON report(region_code, received_at, id) WHERE is_public = 1;
CREATE INDEX report_public_state ON report(state, received_at, id) WHERE is_public = 1;

-- What happened, append-only: the only truth about a report. seq counts from 1 within the report.
CREATE TABLE event (
  report_id INTEGER NOT NULL REFERENCES report(id),
  seq INTEGER NOT NULL,
  at INTEGER /* instant */ NOT NULL,
  action INTEGER /* enum action */ NOT NULL,
  role INTEGER /* enum role */ NOT NULL,       -- as what the actor acted
  account_id INTEGER REFERENCES account(id),   -- NULL: reporter or system
  agency_id INTEGER REFERENCES agency(id),     -- the actor's
  from_state INTEGER /* enum state */,
  to_state INTEGER /* enum state */ NOT NULL,
  to_agency_id INTEGER REFERENCES agency(id),  -- the holder after it, when it moved
  audience INTEGER /* enum audience */ NOT NULL,
  reason TEXT,        -- a word of the reason list of its action, when it has one
  note TEXT,          -- the text
  data TEXT,          -- small JSON: old and new values of edits, rating, clocks started
  hash BLOB NOT NULL, -- over the previous event's hash and this row: the chain
  PRIMARY KEY (report_id, seq)
) STRICT, WITHOUT ROWID;

/*sqlite:
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
*/
/*pgsql:
CREATE FUNCTION event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$;
CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_append_only();
*/

-- One row per clock that an event started. due_at is always explainable from the other columns.
CREATE TABLE clock (
  report_id INTEGER NOT NULL REFERENCES report(id),
  seq INTEGER NOT NULL,                        -- the event that started it
  kind INTEGER /* enum clock_kind */ NOT NULL,
  started_at INTEGER /* instant */ NOT NULL,
  limit_n INTEGER NOT NULL,                    -- in its unit
  limit_unit INTEGER /* enum limit_unit */ NOT NULL,
  rule TEXT NOT NULL,                          -- id of the rule, e.g. "62/2018:complaint"
  calendar TEXT NOT NULL,                      -- scope of the calendar: region code
  due_at INTEGER /* instant */ NOT NULL,
  paused_at INTEGER /* instant */,             -- not NULL while paused
  paused_wd INTEGER NOT NULL DEFAULT 0,        -- working days of pause that due_at already contains
  warned INTEGER NOT NULL DEFAULT 0,           -- how many reminders went out
  next_at INTEGER /* instant */,               -- when the job runner looks at it next (core/remind.h); NULL: never
  ended_at INTEGER /* instant */,
  was_missed INTEGER /* bool */ NOT NULL DEFAULT 0,
  PRIMARY KEY (report_id, seq, kind)
) STRICT, WITHOUT ROWID;
-- What the job runner looks at: a clock that needs nothing any more costs nothing.
CREATE INDEX clock_next ON clock(next_at, report_id, kind) WHERE next_at IS NOT NULL;

-- A report being written, before it is sent; found by the hash of the cookie's secret.
CREATE TABLE draft (
  id INTEGER PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE,
  fields TEXT NOT NULL,            -- JSON object of the form's fields
  report_id INTEGER REFERENCES report(id),  -- set once sent: a second submit finds it
  created_at INTEGER /* instant */ NOT NULL,
  saved_at INTEGER /* instant */ NOT NULL,
  expires_at INTEGER /* instant */ NOT NULL
) STRICT;
CREATE INDEX draft_expiry ON draft(expires_at);

-- Belongs to a draft until the report is sent, then to the report (and the event it came with).
CREATE TABLE attachment (
  id INTEGER PRIMARY KEY,
  draft_id INTEGER REFERENCES draft(id),
  report_id INTEGER REFERENCES report(id),
  seq INTEGER,
  audience INTEGER /* enum audience */ NOT NULL,
  name TEXT NOT NULL,
  mime TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  width INTEGER,
  height INTEGER,
  digest BLOB NOT NULL,            -- of the stored bytes
  storage_key TEXT NOT NULL,       -- file name in the folder, or "db"
  created_at INTEGER /* instant */ NOT NULL
) STRICT;
CREATE INDEX attachment_draft ON attachment(draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX attachment_report ON attachment(report_id) WHERE report_id IS NOT NULL;
CREATE INDEX attachment_loose ON attachment(created_at) WHERE draft_id IS NULL AND report_id IS NULL;
CREATE TABLE attachment_data (
  attachment_id INTEGER PRIMARY KEY REFERENCES attachment(id),
  bytes BLOB NOT NULL
) STRICT;

-- Messages to be sent; written in the transaction of their event, delivered afterwards at least once.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  report_id INTEGER REFERENCES report(id),
  seq INTEGER,
  template TEXT NOT NULL,          -- message kind: "received", "answered", ...
  recipient TEXT NOT NULL,         -- e-mail address
  language INTEGER NOT NULL,       -- enum lang
  idempotency_key TEXT NOT NULL UNIQUE,
  created_at INTEGER /* instant */ NOT NULL,
  next_at INTEGER /* instant */,   -- NULL once sent or given up
  tries INTEGER NOT NULL DEFAULT 0,
  sent_at INTEGER /* instant */,
  last_error TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox(next_at, id) WHERE next_at IS NOT NULL;

-- Counters kept by the same transaction as the change; lapor check recounts them.
CREATE TABLE queue_count (
  agency_id INTEGER NOT NULL REFERENCES agency(id),
  queue INTEGER /* enum queue */ NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (agency_id, queue)
) STRICT, WITHOUT ROWID;
-- figure: "received", "verified", "verified_in_time", "followed_up", "follow_up_wd" (sum), "answered", "closed", "closed_by_system", ...
-- dimension: 0 all, else an agency's id (level OPD) or minus a category's id.
CREATE TABLE day_figure (
  on_day INTEGER /* day */ NOT NULL,
  figure TEXT NOT NULL,
  dimension INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (on_day, figure, dimension)
) STRICT, WITHOUT ROWID;
-- A figure over a span of days; n is not in it, so that counting up does not touch it.
CREATE INDEX day_figure_series ON day_figure(figure, dimension, on_day);

-- Reports whose words wait to be indexed, just after the commit the citizen waits for.
CREATE TABLE index_todo (
  report_id INTEGER PRIMARY KEY REFERENCES report(id)
) STRICT;
/*sqlite:
CREATE VIRTUAL TABLE report_words USING fts5(words, tokenize='unicode61 remove_diacritics 2');
*/
/*pgsql:
CREATE TABLE report_words (rowid BIGINT PRIMARY KEY, words TEXT NOT NULL, tsv TSVECTOR GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED);
CREATE INDEX report_words_tsv ON report_words USING gin(tsv);
*/
