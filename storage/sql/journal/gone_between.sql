SELECT (SELECT count(*) FROM erased WHERE seq BETWEEN ?1 AND ?2)
     + (SELECT coalesce(sum(min(last_seq, ?2) - max(first_seq, ?1) + 1), 0) FROM expired
        WHERE first_seq <= ?2 AND last_seq >= ?1);
