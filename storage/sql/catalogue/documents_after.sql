SELECT entity, key, version, archived, document, seq
FROM change
WHERE seq IN (SELECT max(seq) FROM change WHERE environment = ?1 AND entity = ?2 AND seq <= ?3 GROUP BY key)
ORDER BY key COLLATE NOCASE;
