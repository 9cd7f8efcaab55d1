-- What addresses have used up of what they may do in a while (web/limitshare.h), where several nodes share one database.
-- who: a keyed hash of the kind and the address. full_at: when the allowance is whole again; a row is of no use after it.
CREATE TABLE allowance (
  who INTEGER PRIMARY KEY,
  full_at INTEGER /* instant */ NOT NULL
) STRICT;
CREATE INDEX allowance_full_at ON allowance(full_at);
