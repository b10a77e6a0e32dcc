INSERT INTO backup(at, path, last_seq) VALUES (?1, ?2, ?3);
