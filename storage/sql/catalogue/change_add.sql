INSERT INTO change(seq, at, actor, reason, environment, entity, key, version, archived, document, previous)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);
