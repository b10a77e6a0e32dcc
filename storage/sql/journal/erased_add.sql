INSERT INTO erased(seq, erasure, environment, fingerprint) VALUES (?1, ?2, ?3, ?4);
