-- Who may sign in. Of a password is kept what Argon2id makes of it, of links and sessions the SHA-256 of their token.
CREATE TABLE person(
  id INTEGER PRIMARY KEY,
  environment INTEGER NOT NULL REFERENCES environment(id),
  email TEXT NOT NULL COLLATE NOCASE UNIQUE,
  name TEXT NOT NULL,
  role INTEGER NOT NULL,
  password TEXT NOT NULL DEFAULT '',
  created INTEGER NOT NULL,
  disabled INTEGER
) STRICT;

CREATE INDEX person_by_environment ON person(environment, id);

-- By which a person chooses a password; the newest alone works.
CREATE TABLE person_link(
  person INTEGER PRIMARY KEY REFERENCES person(id),
  sha256 BLOB NOT NULL UNIQUE CHECK(length(sha256) = 32),
  expires INTEGER NOT NULL
) STRICT;

CREATE TABLE session(
  sha256 BLOB PRIMARY KEY CHECK(length(sha256) = 32),
  person INTEGER NOT NULL REFERENCES person(id),
  opened INTEGER NOT NULL,
  seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_by_person ON session(person, opened);

PRAGMA user_version = 4;
