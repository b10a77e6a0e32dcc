SELECT coalesce(max(last_seq), 0) FROM segment WHERE first_seq = (SELECT max(first_seq) FROM segment);
