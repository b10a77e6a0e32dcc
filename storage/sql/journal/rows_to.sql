SELECT sum(rows), max(last_seq) FROM segment WHERE environment = ?1 AND last_seq <= ?2;
