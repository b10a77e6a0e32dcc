CREATE TABLE segment(
  first_seq INTEGER PRIMARY KEY,
  last_seq INTEGER NOT NULL CHECK(last_seq >= first_seq),
  environment INTEGER NOT NULL,
  rows INTEGER NOT NULL CHECK(rows > 0),
  min_te INTEGER NOT NULL,
  max_te INTEGER NOT NULL,
  min_received INTEGER NOT NULL,
  max_received INTEGER NOT NULL,
  format INTEGER NOT NULL,
  crc32 INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;

CREATE INDEX segment_by_environment ON segment(environment, first_seq, last_seq);

-- Counts of every group commit of this file, in the group's own transaction.
CREATE TABLE ledger(
  environment INTEGER PRIMARY KEY,
  stored INTEGER NOT NULL,
  duplicate INTEGER NOT NULL,
  conflict INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  refused INTEGER NOT NULL
) STRICT;

PRAGMA user_version = 1;
