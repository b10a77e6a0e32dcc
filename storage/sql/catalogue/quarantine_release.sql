DELETE FROM quarantine WHERE environment = ?1 AND id = ?2 RETURNING id;
