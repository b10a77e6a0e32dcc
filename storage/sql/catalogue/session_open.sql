INSERT INTO session(sha256, person, opened, seen) VALUES (?1, ?2, ?3, ?3);
