-- Events that were let go as they were older than is kept: runs of numbers that stay taken, and the keyed set of what
-- each run held, which proves later of what set of events an older report was made.
CREATE TABLE expired(
  first_seq INTEGER PRIMARY KEY,
  last_seq INTEGER NOT NULL CHECK(last_seq >= first_seq),
  environment INTEGER NOT NULL,
  change INTEGER NOT NULL,
  events BLOB NOT NULL CHECK(length(events) = 24)
) STRICT;

CREATE INDEX expired_by_environment ON expired(environment, first_seq);

PRAGMA user_version = 4;
