-- Only as it was when it was read.
DELETE FROM segment
WHERE first_seq = ?1 AND last_seq = ?2 AND rows = ?3 AND crc32 = ?4 AND environment = ?5
RETURNING first_seq;
