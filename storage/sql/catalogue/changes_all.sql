SELECT seq, at, actor, reason, environment, entity, key, version, archived, document, previous
FROM change
ORDER BY seq;
