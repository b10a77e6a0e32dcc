SELECT seq, at, actor, reason, environment, entity, key, version, archived, document, previous
FROM change
WHERE environment = ?1 AND entity = ?2 AND key = ?3
ORDER BY version;
