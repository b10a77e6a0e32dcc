-- Events that were erased: their numbers stay taken, and their keyed fingerprints prove later of what set of events an
-- older report was made.
CREATE TABLE erased(
  seq INTEGER PRIMARY KEY,
  erasure INTEGER NOT NULL,
  environment INTEGER NOT NULL,
  fingerprint BLOB NOT NULL CHECK(length(fingerprint) = 16)
) STRICT;

CREATE INDEX erased_by_erasure ON erased(erasure, seq);

PRAGMA user_version = 3;
