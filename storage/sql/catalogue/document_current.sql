SELECT key, version FROM document WHERE environment = ?1 AND entity = ?2 AND key = ?3;
