SELECT id, environment, kind, name, prefix, created, revoked, sha256
FROM api_key
WHERE sha256 = ?1 AND revoked IS NULL;
