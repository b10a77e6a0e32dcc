-- Answers that are kept for repetitions of their request, each sealed by a secret that is not in this file.
CREATE TABLE receipt(
  name BLOB PRIMARY KEY CHECK(length(name) = 32),
  request BLOB NOT NULL CHECK(length(request) = 32),
  at INTEGER NOT NULL,
  answer BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX receipt_by_age ON receipt(at);

PRAGMA user_version = 2;
