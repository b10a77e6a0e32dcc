SELECT person FROM person_link WHERE sha256 = ?1 AND expires > ?2;
