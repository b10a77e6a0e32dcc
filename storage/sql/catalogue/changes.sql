SELECT seq, at, actor, reason, environment, entity, key, version, archived, document, previous
FROM change
WHERE environment = ?1 AND seq > ?2
ORDER BY seq
LIMIT ?3;
