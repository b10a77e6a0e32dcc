DELETE FROM person_link WHERE person = ?1;
