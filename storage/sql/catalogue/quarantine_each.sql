SELECT id, environment, body FROM quarantine WHERE id > ?1 ORDER BY id LIMIT 1;
