-- What goes to the Ombudsman, and only with the reporter's consent. The identity that the law wants is asked for only then.
CREATE TABLE ombudsman_case (
  report_id INTEGER PRIMARY KEY REFERENCES report(id),
  asked_at INTEGER /* instant */ NOT NULL,
  state INTEGER /* enum ombudsman_state */ NOT NULL,
  decided_at INTEGER /* instant */,
  identity TEXT,                   -- JSON of the fields; NULL without consent
  bundle TEXT,                     -- the dossier as JSON, frozen
  digest BLOB,                     -- of the bundle
  sent_at INTEGER /* instant */,
  sent_by INTEGER REFERENCES account(id),
  sent_note TEXT                   -- the number the Ombudsman gave it
) STRICT;
CREATE INDEX ombudsman_open ON ombudsman_case(asked_at, report_id) WHERE sent_at IS NULL;
