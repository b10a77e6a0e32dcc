SELECT first_seq, last_seq, environment, rows, crc32, min_te, max_te, body
FROM segment
WHERE environment = ?1 AND first_seq > ?2 AND min_te < ?3
ORDER BY first_seq
LIMIT 1;
