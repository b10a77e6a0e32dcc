SELECT id, environment, kind, name, prefix, created, revoked, sha256 FROM api_key WHERE environment = ?1 ORDER BY id;
