SELECT first_seq, last_seq, environment, rows, crc32, body
FROM segment
WHERE environment = ?2 AND last_seq >= ?1
  AND first_seq >= coalesce((SELECT max(first_seq) FROM segment WHERE environment = ?2 AND first_seq <= ?1), ?1)
ORDER BY first_seq
LIMIT 1;
