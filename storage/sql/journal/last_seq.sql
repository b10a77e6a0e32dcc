SELECT max(coalesce((SELECT max(last_seq) FROM segment WHERE first_seq = (SELECT max(first_seq) FROM segment)), 0),
           coalesce((SELECT max(seq) FROM erased), 0));
