INSERT INTO expired(first_seq, last_seq, environment, change, events) VALUES (?1, ?2, ?3, ?4, ?5);
