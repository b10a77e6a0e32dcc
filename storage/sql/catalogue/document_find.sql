SELECT entity, key, version, archived, text, seq
FROM document
WHERE environment = ?1 AND entity = ?2 AND key = ?3 AND key = ?3 COLLATE BINARY;
