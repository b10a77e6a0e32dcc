INSERT INTO document(environment, entity, key, version, archived, text, seq)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT(environment, entity, key)
DO UPDATE SET version = excluded.version, archived = excluded.archived, text = excluded.text, seq = excluded.seq;
