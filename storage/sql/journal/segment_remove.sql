DELETE FROM segment WHERE first_seq = ?1;
