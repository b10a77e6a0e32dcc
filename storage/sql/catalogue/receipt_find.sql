SELECT request, at, answer FROM receipt WHERE name = ?1;
