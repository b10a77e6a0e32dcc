CREATE TABLE environment(
  id INTEGER PRIMARY KEY,
  project TEXT NOT NULL COLLATE NOCASE,
  key TEXT NOT NULL COLLATE NOCASE,
  epoch INTEGER NOT NULL DEFAULT 1,
  UNIQUE(project, key)
) STRICT;

-- The current version of everything that was agreed. Rows are never deleted: a key is never reused.
CREATE TABLE document(
  environment INTEGER NOT NULL REFERENCES environment(id),
  entity TEXT NOT NULL,
  key TEXT NOT NULL COLLATE NOCASE,
  version INTEGER NOT NULL CHECK(version > 0),
  archived INTEGER NOT NULL CHECK(archived IN (0, 1)),
  text TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES change(seq),
  PRIMARY KEY(environment, entity, key)
) STRICT, WITHOUT ROWID;

-- Every version there ever was: configuration history and audit in one.
CREATE TABLE change(
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  environment INTEGER NOT NULL REFERENCES environment(id),
  entity TEXT NOT NULL,
  key TEXT NOT NULL,
  version INTEGER NOT NULL,
  archived INTEGER NOT NULL,
  document TEXT NOT NULL,
  previous BLOB NOT NULL CHECK(length(previous) = 32)
) STRICT;

CREATE INDEX change_by_environment ON change(environment, seq);
CREATE UNIQUE INDEX change_by_document ON change(environment, entity, key, version);

-- The end of the chain, so that changes cut off at the end are missed.
CREATE TABLE chain_head(
  one INTEGER PRIMARY KEY CHECK(one = 1),
  seq INTEGER NOT NULL,
  digest BLOB NOT NULL CHECK(length(digest) = 32)
) STRICT;

INSERT INTO chain_head(one, seq, digest) VALUES (1, 0, zeroblob(32));

CREATE TABLE api_key(
  id INTEGER PRIMARY KEY,
  environment INTEGER NOT NULL REFERENCES environment(id),
  kind INTEGER NOT NULL,
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  sha256 BLOB NOT NULL UNIQUE CHECK(length(sha256) = 32),
  created INTEGER NOT NULL,
  revoked INTEGER
) STRICT;

CREATE INDEX api_key_by_environment ON api_key(environment, id);

CREATE TABLE setup_token(
  sha256 BLOB PRIMARY KEY CHECK(length(sha256) = 32),
  expires INTEGER NOT NULL,
  used INTEGER
) STRICT, WITHOUT ROWID;

-- Events from too far in the future, each as a segment of one row. A retry of one meets its name and adds nothing.
CREATE TABLE quarantine(
  id INTEGER PRIMARY KEY,
  environment INTEGER NOT NULL,
  name BLOB NOT NULL CHECK(length(name) = 16),
  body BLOB NOT NULL,
  UNIQUE(environment, name)
) STRICT;

CREATE TABLE secret(
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO secret(name, value) VALUES ('fingerprint', randomblob(16));

PRAGMA user_version = 1;
