SELECT id, environment, body FROM quarantine WHERE environment = ?1 ORDER BY id LIMIT ?2;
