SELECT count(*) FROM erased WHERE seq BETWEEN ?1 AND ?2;
