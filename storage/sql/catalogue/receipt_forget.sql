DELETE FROM receipt WHERE at <= ?1;
