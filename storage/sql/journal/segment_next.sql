SELECT first_seq, last_seq, environment, rows, crc32, body
FROM segment
WHERE first_seq >= coalesce((SELECT max(first_seq) FROM segment WHERE first_seq <= ?1), ?1) AND last_seq >= ?1
ORDER BY first_seq
LIMIT 1;
