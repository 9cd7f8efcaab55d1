-- What goes to the Ombudsman, and only with the reporter's consent. The identity that UU 37/2008 article 24 wants is asked
-- for only then, lives here only, and goes again when the consent is taken back.
CREATE TABLE ombudsman_case (
  report_id INTEGER PRIMARY KEY REFERENCES report(id),
  state INTEGER /* enum ombudsman_state */ NOT NULL,
  asked_at INTEGER /* instant */ NOT NULL,
  agency_id INTEGER REFERENCES agency(id), -- who had it when the limit passed, level instansi; NULL: nobody yet
  remind_at INTEGER /* instant */,         -- NULL: decided, or reminded already
  decided_at INTEGER /* instant */,
  identity TEXT,                           -- JSON of the fields; NULL without consent
  bundle TEXT,                             -- the dossier as canonical JSON (app/dossier.h), frozen
  digest BLOB,                             -- of the bundle
  sent_at INTEGER /* instant */,
  sent_by INTEGER REFERENCES account(id),
  sent_number TEXT                         -- the number the Ombudsman gave it
) STRICT;
CREATE INDEX ombudsman_state ON ombudsman_case(state, asked_at, report_id);
CREATE INDEX ombudsman_agency ON ombudsman_case(agency_id, state, asked_at, report_id);
CREATE INDEX ombudsman_remind ON ombudsman_case(remind_at, report_id) WHERE remind_at IS NOT NULL;
