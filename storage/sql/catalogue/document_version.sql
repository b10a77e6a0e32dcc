SELECT entity, key, version, archived, document, seq
FROM change
WHERE environment = ?1 AND entity = ?2 AND key = ?3 AND version = ?4;
