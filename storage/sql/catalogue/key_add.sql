INSERT INTO api_key(environment, kind, name, prefix, sha256, created)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT(sha256) DO NOTHING
RETURNING id;
