SELECT first_seq, last_seq, environment, rows, crc32, min_te, max_te, body
FROM segment
WHERE environment = ?4 AND last_seq >= ?1
  AND first_seq >= coalesce((SELECT max(first_seq) FROM segment WHERE environment = ?4 AND first_seq <= ?1), ?1)
  AND max_te >= ?2 AND min_te < ?3
ORDER BY first_seq
LIMIT 1;
