SELECT first_seq, last_seq, rows, crc32
FROM segment
WHERE environment = ?1 AND first_seq > ?2
ORDER BY first_seq;
