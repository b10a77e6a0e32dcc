-- Units that were erased on request. Of a unit remains its keyed hash; while an erasure is in force, what comes of the
-- unit is refused. The order is here before anything is removed, so that a start can finish what a crash cut off.
CREATE TABLE erasure(
  id INTEGER PRIMARY KEY,
  environment INTEGER NOT NULL REFERENCES environment(id),
  unit BLOB NOT NULL CHECK(length(unit) = 16),
  ordered INTEGER NOT NULL,
  change INTEGER NOT NULL REFERENCES change(seq),
  linked INTEGER NOT NULL,
  linked_too INTEGER NOT NULL CHECK(linked_too IN (0, 1)),
  quarantined INTEGER NOT NULL DEFAULT 0,
  finished INTEGER,
  lifted INTEGER
) STRICT;

CREATE UNIQUE INDEX erasure_in_force ON erasure(environment, unit) WHERE lifted IS NULL;

-- Where copies were made to, as far as this directory knows: what is erased here may still be there.
CREATE TABLE backup(
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  path TEXT NOT NULL,
  last_seq INTEGER NOT NULL
) STRICT;

PRAGMA user_version = 3;
