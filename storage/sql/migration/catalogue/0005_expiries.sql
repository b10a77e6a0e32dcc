-- Until when the events of an environment were let go, as they are older than is kept. The order is here before anything
-- is removed, so that a start can finish what a crash cut off.
CREATE TABLE expiry(
  environment INTEGER PRIMARY KEY REFERENCES environment(id),
  kept_from INTEGER NOT NULL,
  ordered INTEGER NOT NULL,
  change INTEGER NOT NULL,
  finished INTEGER
) STRICT;

PRAGMA user_version = 5;
