INSERT INTO segment(first_seq, last_seq, environment, rows, min_te, max_te, min_received, max_received, format, crc32, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);
