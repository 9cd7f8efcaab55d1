-- Files in a folder or an object store that no attachment names: on their way to one, or to be removed (app/file_store.h).
CREATE TABLE loose_file (
  storage_key TEXT PRIMARY KEY,
  due_at INTEGER /* instant */ NOT NULL,  -- removed from then on
  tries INTEGER NOT NULL                  -- of removing it; 0: an attachment may still take it
) STRICT, WITHOUT ROWID;
CREATE INDEX loose_file_due ON loose_file(due_at);
