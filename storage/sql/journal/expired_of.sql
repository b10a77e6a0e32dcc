SELECT last_seq, events FROM expired WHERE environment = ?1 AND first_seq <= ?2 AND change > ?3 ORDER BY first_seq;
