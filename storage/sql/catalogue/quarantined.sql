SELECT id, environment, body FROM quarantine WHERE environment = ?1 AND id > ?2 ORDER BY id LIMIT ?3;
